/** Decodes QR codes apart from the page: WebAssembly needs a security policy of its own, which only this file has. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// From here and nowhere else.
prepareZXingModule({ overrides: { locateFile: () => '/assets/web/zxing_reader.wasm' } });

onmessage = ({ data }: MessageEvent<ImageData>): void => {
  void readBarcodes(data, { formats: ['QRCode'], maxNumberOfSymbols: 1 }).then(
    ([found]) => {
      postMessage(found?.text ?? '');
    },
    () => {
      postMessage('');
    },
  );
};

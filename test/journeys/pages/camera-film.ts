/** What a camera sees, as a file that Chromium shows in the place of one: YUV4MPEG2 of a QR code. */
import { writeFile } from 'node:fs/promises';

import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
const WHITE = 235;
const BLACK = 16;
/** No colour. */
const GREY = 128;

/** Writes a film of one picture with the code in its middle. */
export async function filmCode(file: string, text: string): Promise<void> {
  const { data, size } = encode(text, { border: 4 });
  const scale = Math.floor(HEIGHT / size);
  const left = Math.floor((WIDTH - size * scale) / 2);
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries()) {
      if (!dark) continue;
      for (let line = 0; line < scale; line += 1) {
        const start = (y * scale + line) * WIDTH + left + x * scale;
        luma.fill(BLACK, start, start + scale);
      }
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, GREY);
  await writeFile(
    file,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${String(WIDTH)} H${String(HEIGHT)} F5:1 Ip A1:1 C420\nFRAME\n`),
      luma,
      chroma,
    ]),
  );
}

/** Reads a code with the camera and sends it as if it had been typed. What decodes is loaded when the camera is asked for. */
import { policy } from './wallet/trusted.ts';

/** Between two looks, in milliseconds. */
const LOOK_MS = 150;

const place = document.querySelector<HTMLElement>('#scan');
const start = document.querySelector<HTMLButtonElement>('#scan-start');
const video = document.querySelector<HTMLVideoElement>('#scan-video');
const status = document.querySelector<HTMLElement>('#scan-status');
const form = document.querySelector<HTMLFormElement>('#check');
const typed = document.querySelector<HTMLInputElement>('#typed');

if (place && start && video && status && form && typed && 'mediaDevices' in navigator) {
  place.hidden = false;
  start.addEventListener('click', () => {
    start.disabled = true;
    scan(video, status).then(
      (text) => {
        typed.value = text;
        form.requestSubmit();
      },
      () => {
        start.disabled = false;
        video.hidden = true;
        status.textContent = status.dataset['refused'] ?? '';
      },
    );
  });
}

/** The text of the first code that comes before the camera. */
async function scan(screen: HTMLVideoElement, told: HTMLElement): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment' },
  });
  const worker = new Worker(policy.createScriptURL('/assets/web/scanner.js') as string, {
    type: 'module',
  });
  try {
    screen.srcObject = stream;
    screen.hidden = false;
    await screen.play();
    told.textContent = told.dataset['point'] ?? '';
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    for (;;) {
      const { videoWidth, videoHeight } = screen;
      if (videoWidth > 0) {
        canvas.width = videoWidth;
        canvas.height = videoHeight;
        context.drawImage(screen, 0, 0);
        const text = await read(worker, context.getImageData(0, 0, videoWidth, videoHeight));
        if (text !== '') return text;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    worker.terminate();
    for (const track of stream.getTracks()) track.stop();
  }
}

/** What one picture says; nothing when there is no code in it. */
const read = (worker: Worker, picture: ImageData): Promise<string> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      resolve(data);
    };
    worker.onerror = () => {
      reject(new Error('the decoder failed'));
    };
    worker.postMessage(picture);
  });

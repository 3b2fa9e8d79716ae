/**
 * Asks for one document over and over on connections that stay open, compressed as every client asks for it. It reads no more of an answer than its head and its
 * length, so that the server is what is measured on a machine of two cores, and not whoever asks.
 */
import { connect, type Socket } from 'node:net';

/** Where, and for how long. */
export interface Asking {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** An answer with a shorter body is a failure, in bytes. */
  readonly shortest: number;
}

/**
 * Asks.
 *
 * @returns how many whole answers came
 * @throws {Error} at the first answer that is no 200 or too short
 */
export async function askAgain({ url, connections, seconds, shortest }: Asking): Promise<number> {
  const { hostname, port, pathname } = new URL(url);
  const request = `GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\naccept-encoding: gzip\r\n\r\n`;
  const end = Date.now() + seconds * 1000;
  let answers = 0;
  const work = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      /** Bytes of the present answer that are still to come; 0 before its head. */
      let missing = 0;
      socket.setNoDelay();
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        if (missing === 0) {
          const headEnd = chunk.indexOf('\r\n\r\n') + 4;
          const head = chunk.toString('latin1', 0, headEnd);
          const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
          if (!head.startsWith('HTTP/1.1 200') || !(length >= shortest)) {
            socket.destroy();
            reject(new Error('an answer was not the document'));
            return;
          }
          missing = headEnd + length;
        }
        missing -= chunk.length;
        if (missing > 0) return;
        answers += 1;
        if (Date.now() < end) socket.write(request);
        else socket.end(resolve);
      });
      socket.write(request);
    });
  await Promise.all(
    Array.from({ length: connections }, () => work(connect(Number(port), hostname))),
  );
  return answers;
}

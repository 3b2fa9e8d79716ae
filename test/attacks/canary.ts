/** A server on loopback that nobody has a reason to call. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A running canary. */
export interface Canary {
  /** Its address with a path, as a token would name it. */
  readonly url: (path: string) => string;
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts a canary. It counts connections, and closes each. */
export async function startCanary(): Promise<Canary> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${String(port)}/${path}`,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

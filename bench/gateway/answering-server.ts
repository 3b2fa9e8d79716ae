/**
 * An HTTP server that costs next to nothing: it answers what it is told from bytes that are ready, straight on the
 * socket. It understands what HTTP clients send to a GraphQL server, and no more. Three of them share a processor core
 * with the load, so a server that is itself slow would be what is measured.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A request. */
export interface AskedRequest {
  readonly path: string;
  /** The head, with the request line. */
  readonly head: string;
  readonly body: string;
}

/** Starts a server on a free loopback port; `answer` gives whole HTTP answers, at once when it has them. */
export async function startAnsweringServer(
  answer: (request: AskedRequest) => Buffer | Promise<Buffer>,
) {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that has gone away ends its own measurement.
    socket.on('error', () => socket.destroy());
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      const request = takeRequest(waiting);
      if (request === undefined) return;
      // Nobody sends the next request before the answer.
      waiting = waiting.subarray(request.length);
      const send = (bytes: Buffer): void => {
        socket.write(bytes);
        if (/\r\nconnection: close/i.test(request.head)) socket.end();
      };
      const bytes = answer(request);
      // A failed answer ends the process, and with it the measurement.
      if (bytes instanceof Promise) void bytes.then(send);
      else send(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A whole HTTP answer. */
export function httpAnswer(status: string, body = ''): Buffer {
  return Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );
}

/** The first whole request, or `undefined` when there is none yet. */
function takeRequest(bytes: Buffer): (AskedRequest & { readonly length: number }) | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/'));
  const start = end + 4;
  if (/\r\ntransfer-encoding: chunked/i.test(head)) {
    const chunked = takeChunks(bytes, start);
    return chunked && { path, head, ...chunked };
  }
  const size = Number(/\r\ncontent-length: *(?<size>\d+)/i.exec(head)?.groups?.['size'] ?? 0);
  const length = start + size;
  if (bytes.length < length) return undefined;
  return { path, head, body: bytes.toString('utf8', start, length), length };
}

/** A body in chunks (RFC 9112, section 7.1), or `undefined` when it is not all there yet. */
export function takeChunks(
  bytes: Buffer,
  start: number,
): { readonly body: string; readonly length: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(parts).toString('utf8'), length: next };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}

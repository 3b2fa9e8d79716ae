/**
 * The load: a few connections, each with one question under way at a time, straight on the socket, so that asking costs
 * little beside answering. Every answer is compared with the right one.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { takeChunks } from './answering-server.ts';
import type { Asking } from './questions.ts';

/** What is loaded, and how. */
export interface Load {
  readonly url: string;
  readonly askings: readonly Asking[];
  /** One for each connection; as many connections without a token when there are none. */
  readonly tokens: readonly string[];
  /** Whether to ask no more. */
  readonly isOver: () => boolean;
}

/** What came of it. */
export interface Loaded {
  readonly answered: number;
  /** How long each answer took, in milliseconds. */
  readonly latencies: readonly number[];
  /** How long it took altogether, in milliseconds. */
  readonly milliseconds: number;
}

/** Connections at a time. */
export const CONNECTIONS = 20;

/** Asks until it is over. Rejects when an answer is not the right one. */
export async function load({ url, askings, tokens, isOver }: Load): Promise<Loaded> {
  const latencies: number[] = [];
  const start = performance.now();
  let next = 0;
  const askOn = async (connection: number): Promise<void> => {
    const client = await openClient(url, tokens[connection]);
    try {
      while (!isOver()) {
        const asking = askings[next++ % askings.length];
        if (asking === undefined) throw new Error('there is nothing to ask');
        const sent = performance.now();
        const received = await client.ask(asking);
        latencies.push(performance.now() - sent);
        if (!isRight(received, asking)) throw wrongAnswer(url, received, asking);
      }
    } finally {
      client.close();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => askOn(connection)));
  return { answered: latencies.length, latencies, milliseconds: performance.now() - start };
}

/** A connection with one question under way at a time. */
export interface Client {
  readonly ask: (asking: Asking) => Promise<Received>;
  readonly close: () => void;
}

/** Connects. */
export async function openClient(url: string, token: string | undefined): Promise<Client> {
  const { hostname, port, pathname, host } = new URL(url);
  const head =
    `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
    (token === undefined
      ? ''
      : `authorization: Bearer ${token}\r\nlanyard-purpose: HR_ADMINISTRATION\r\n`);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  const receive = receiver(socket);
  return {
    ask: ({ body }) => {
      socket.write(`${head}content-length: ${String(body.length)}\r\n\r\n${body}`);
      return receive();
    },
    close: () => {
      socket.destroy();
    },
  };
}

/** Whether an answer is the right one. */
export const isRight = ({ status, body }: Received, { answer }: Asking): boolean =>
  status === 200 && isAnswer(body, answer);

/** What is wrong with an answer. */
export const wrongAnswer = (
  url: string,
  { status, body }: Received,
  { body: asked, answer }: Asking,
): Error =>
  new Error(
    `${url} answered ${String(status)} ${body.slice(0, 1000)} to ${asked}, not ${answer.slice(0, 1000)}`,
  );

/** The end of an answer: what the operation was estimated to cost may be told besides its data. */
const END = /^(?:,"extensions":\{"cost":\{[^{}]*\}\})?\}\s*$/;

/** Whether a body is the right answer, given as JSON with its data alone. */
const isAnswer = (body: string, right: string): boolean =>
  body.startsWith(right.slice(0, -1)) && END.test(body.slice(right.length - 1));

/** An answer as it came. */
export interface Received {
  readonly status: number;
  /** Its head, as text. */
  readonly head: string;
  readonly body: string;
}

/** Reads the answers of a connection, one after another. */
function receiver(socket: Socket): () => Promise<Received> {
  let waiting: Buffer = Buffer.alloc(0);
  let resolve: ((answer: Received) => void) | undefined;
  let reject: ((error: Error) => void) | undefined;
  socket.on('data', (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    const answer = takeAnswer(waiting);
    if (answer === undefined) return;
    waiting = waiting.subarray(answer.length);
    resolve?.(answer);
  });
  socket.on('error', (error) => reject?.(error));
  socket.on('close', () => reject?.(new Error('the connection was closed')));
  return () =>
    new Promise((onAnswer, onError) => {
      resolve = onAnswer;
      reject = onError;
    });
}

/** The first whole answer, or `undefined` when there is none yet. */
function takeAnswer(bytes: Buffer): (Received & { readonly length: number }) | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + 4;
  if (/\r\ntransfer-encoding: chunked/i.test(head)) {
    const chunked = takeChunks(bytes, start);
    return chunked && { status, head, ...chunked };
  }
  const size = Number(/\r\ncontent-length: *(?<size>\d+)/i.exec(head)?.groups?.['size'] ?? 0);
  const length = start + size;
  return bytes.length < length
    ? undefined
    : { status, head, body: bytes.toString('utf8', start, length), length };
}

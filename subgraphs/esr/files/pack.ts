/** Text as a gzip file (RFC 1952). */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Packs text as a gzip file, off the event loop. */
export const pack = (text: string): Promise<Uint8Array> => compress(Buffer.from(text, 'utf8'));

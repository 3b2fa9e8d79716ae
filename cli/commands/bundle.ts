import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

import { systemClock } from '../../runtime/clock.ts';
import { readVerificationBundle } from '../../standards/verification-bundle/read-verification-bundle.ts';
import {
  MAX_BUNDLE_LENGTH,
  VERIFICATION_BUNDLE_MEDIA_TYPE,
} from '../../standards/verification-bundle/verification-bundle.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';
import { readAnchor, readBundle } from '../trust-files.ts';

/** How long the bundle may take to arrive, in milliseconds. */
const DEADLINE_MS = 60_000;

/** Fetches the bundle for checking away from the network. */
export const fetchBundle: Command = {
  usage: 'bundle fetch --url URL --anchor FILE --out FILE',
  summary: 'Stores what it takes to check credentials away from the network, once it is checked.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      { url: { type: 'string' }, anchor: { type: 'string' }, out: { type: 'string' } },
      ['url', 'anchor', 'out'],
    );
    const anchor = await readAnchor(text(values.anchor, 'anchor'));
    const out = text(values.out, 'out');
    const now = systemClock();
    const fetched = await download(bundleAddress(text(values.url, 'url')));
    // What is stored may have run out, or be nothing at all: then there is nothing to fall behind.
    const held = await readBundle(out, anchor, now).catch(() => undefined);
    const heldVersion = held?.kind === 'bundle' ? held.bundle.version : 0;
    const reading = readVerificationBundle(fetched, { anchor, now, heldVersion });
    if (reading.kind === 'refused') {
      if (reading.fault !== 'bundle_older') {
        throw new Error(`the bundle is not to be relied on: ${reading.fault}`);
      }
      io.out(`${out} is newer than what is published here, and stays.\n`);
      return 0;
    }
    await replace(out, fetched);
    const { issuedAt, expiresAt, registry, statusListCount, statusMaxAgeSeconds } = reading.bundle;
    io.out(
      `Stored in ${out}: ${String(registry.issuers.length)} issuers, ${String(statusListCount)} status lists, as of ` +
        `${issuedAt.toISOString()}.\nIt counts until ${expiresAt.toISOString()}, and a status, without a policy of one's own, for at most ` +
        `${String(statusMaxAgeSeconds())} seconds.\n`,
    );
    return 0;
  },
};

function bundleAddress(url: string): URL {
  const base = URL.parse(url);
  const local = base !== null && ['localhost', '127.0.0.1', '[::1]'].includes(base.hostname);
  if (base?.protocol !== 'https:' && !(local && base.protocol === 'http:')) {
    throw new UsageError('--url takes an https address, the public address of the passport');
  }
  return new URL(`${base.href.replace(/[?#].*$/, '').replace(/\/$/, '')}/verification-bundle`);
}

async function download(address: URL): Promise<string> {
  const response = await fetch(address, {
    headers: { accept: VERIFICATION_BUNDLE_MEDIA_TYPE },
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch((cause: unknown) => {
    throw new Error(`${address.origin} does not answer`, { cause });
  });
  if (!response.ok) throw new Error(`${address.href} answered ${String(response.status)}`);
  let content = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    content += decoder.decode(chunk as Uint8Array, { stream: true });
    if (content.length > MAX_BUNDLE_LENGTH) throw new Error('the bundle is too long');
  }
  return content;
}

/** Writes beside the file and then puts it in its place: whoever reads meanwhile reads one of the two. */
async function replace(file: string, content: string): Promise<void> {
  const beside = `${file}.${randomUUID()}`;
  try {
    await writeFile(beside, content, { flag: 'wx' });
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new UsageError(`${file} cannot be written`, { cause });
  }
}

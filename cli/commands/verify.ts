import { createReadStream } from 'node:fs';

import { systemClock } from '../../runtime/clock.ts';
import {
  type OfflineVerdict,
  verifyOffline,
} from '../../standards/verification-bundle/verify-offline.ts';
import { LONGEST_STATUS_AGE_SECONDS } from '../../standards/verification-bundle/verification-bundle.ts';
import { type Command, readArguments, text, UsageError, wholeNumber } from '../command.ts';
import { offlineWords } from '../offline-words.ts';
import { readAnchor, readBundle } from '../trust-files.ts';

/** Exit codes of sysexits.h: what was shown does not hold; it cannot be told now; bundle or anchor are wrong. */
const EXIT = { valid: 0, refused: 65, later: 75, config: 78 } as const;
/** Longest presentation read, in bytes. */
const MAX_BYTES = 2 ** 20;
const KEY_BINDING =
  'give --audience and --nonce, or say --without-key-binding: then nothing shows who presents it';

/** Checks a presentation away from the network. */
export const verifyPresentationOffline: Command = {
  usage:
    'verify FILE|- --bundle FILE --anchor FILE (--audience URI --nonce TEXT | --without-key-binding) [--type VCT] [--status-max-age SECONDS] [--json]',
  summary:
    'Checks a presentation (SD-JWT VC or vc+jwt) without network. Exit code 0: valid; 65: it does not hold; 75: cannot be told with this bundle.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      {
        bundle: { type: 'string' },
        anchor: { type: 'string' },
        audience: { type: 'string' },
        nonce: { type: 'string' },
        'without-key-binding': { type: 'boolean', default: false },
        type: { type: 'string', multiple: true },
        'status-max-age': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      ['bundle', 'anchor'],
    );
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one file, or -');
    const { audience, nonce, 'status-max-age': maxAge } = values;
    const without = values['without-key-binding'];
    if (without !== (audience === undefined && nonce === undefined)) {
      throw new UsageError(KEY_BINDING);
    }
    const keyBinding = without
      ? ('not-required' as const)
      : { audience: text(audience, 'audience'), nonce: text(nonce, 'nonce') };
    const statusMaxAgeSeconds =
      maxAge === undefined
        ? undefined
        : wholeNumber(maxAge, 'status-max-age', { min: 1, max: LONGEST_STATUS_AGE_SECONDS });
    const now = systemClock();
    const anchor = await readAnchor(text(values.anchor, 'anchor'));
    const presentation = await readPresentation(file);
    const reading = await readBundle(text(values.bundle, 'bundle'), anchor, now);
    if (reading.kind === 'refused') {
      const { fault } = reading;
      io.out(
        values.json
          ? `${JSON.stringify({ offline: true, outcome: 'cannot-check', reason: fault })}\n`
          : `CANNOT CHECK: the bundle does not count (${fault})\n`,
      );
      return fault === 'bundle_expired' ? EXIT.later : EXIT.config;
    }
    const verdict = await verifyOffline(presentation, reading.bundle, {
      now,
      keyBinding,
      ...(values.type === undefined ? {} : { acceptedTypes: new Set(values.type) }),
      ...(statusMaxAgeSeconds === undefined ? {} : { statusMaxAgeSeconds }),
    });
    io.out(values.json ? `${JSON.stringify(verdict)}\n` : offlineWords(verdict, audience));
    return exitCode(verdict);
  },
};

function exitCode({ outcome }: OfflineVerdict): number {
  if (outcome === 'valid') return EXIT.valid;
  return outcome === 'cannot-check' ? EXIT.later : EXIT.refused;
}

async function readPresentation(file: string): Promise<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array);
      length += bytes.length;
      if (length > MAX_BYTES) break;
      chunks.push(bytes);
    }
  } catch (cause) {
    throw new UsageError(`${file} cannot be read`, { cause });
  }
  if (length > MAX_BYTES) throw new UsageError(`${file} is too long for a presentation`);
  return Buffer.concat(chunks).toString('utf8').trim();
}

/** What one revocation costs in a large status list, from the change to the signed token. */
import {
  createStatusListCompressor,
  type StatusListCompressor,
} from '../../standards/status-list/status-list-compressor.ts';
import { signStatusListToken } from '../../standards/status-list/status-list-token.ts';
import { STATUS } from '../../standards/status-list/status-list.ts';
import { median } from '../percentile.ts';
import { LIST_URI, newParty } from './credentials-at-hand.ts';

const BITS = 2;
const ENTRIES = 10_000_000;
/** One credential in a hundred does not count. */
const NOT_VALID = ENTRIES / 100;
const WARM_UP = 10;
const REVOCATIONS = 100;

/** Measures processor time, in milliseconds. */
export async function measurePublishing() {
  const { signer } = newParty('status-1');
  const compressor = createStatusListCompressor({ bits: BITS, size: ENTRIES });
  for (let credential = 0; credential < NOT_VALID; credential += 1) revokeAny(compressor);
  compressor.lst();
  const spent: number[] = [];
  for (let run = 0; run < WARM_UP + REVOCATIONS; run += 1) {
    const before = process.cpuUsage();
    revokeAny(compressor);
    const issuedAt = new Date();
    await signStatusListToken(
      {
        uri: LIST_URI,
        issuedAt,
        expiresAt: new Date(issuedAt.getTime() + 3_600_000),
        ttlSeconds: 15,
        bits: BITS,
        lst: compressor.lst(),
      },
      signer,
    );
    const { user, system } = process.cpuUsage(before);
    if (run >= WARM_UP) spent.push((user + system) / 1000);
  }
  return { publish_cpu_ms_10m: Math.round(median(spent) * 100) / 100 };
}

function revokeAny(compressor: StatusListCompressor): void {
  compressor.set(Math.floor(Math.random() * ENTRIES), STATUS.invalid);
}

/**
 * Sealing the audit trail. A seal is keyed and covers the seal before it, so whoever can write to the database and has not the
 * key can take away or change nothing sealed without its being seen. What was never sealed yet they can.
 */
import { createHmac } from 'node:crypto';

import type { AuditSeal, AuditTrail } from './ports/audit-trail.ts';
import type { Clock } from './ports/clock.ts';

/** How old an event is before it is sealed, in milliseconds: no transaction takes so long to show its own. */
const SETTLED_MS = 120_000;
/** Most events under one seal. */
const MOST_EVENTS = 1_000;
/** Most seals made in one round. */
const MOST_PIECES = 100;
/** Seals that are looked at again whenever somebody asks. */
const LOOKED_AT = 10;

/** What it takes. */
export interface AuditChainParts {
  readonly auditTrail: AuditTrail;
  readonly auditKey: Uint8Array;
  readonly now: Clock;
}

/** How the latest part of the chain stands. */
export interface AuditChainState {
  /** Everything looked at is as it was sealed. */
  readonly unbroken: boolean;
  /** Until when events are sealed, or the first moment that is not as it was sealed; missing when nothing is sealed. */
  readonly at?: Date;
  /** Events that were looked at. */
  readonly events: number;
}

/** Seals what is settled, piece by piece. Returns how many events. */
export async function sealAudit(parts: AuditChainParts): Promise<number> {
  let sealed = 0;
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const events = await sealPiece(parts);
    sealed += events;
    if (events < MOST_EVENTS) break;
  }
  return sealed;
}

async function sealPiece({ auditTrail, auditKey, now }: AuditChainParts): Promise<number> {
  const [last] = await auditTrail.latestSeals(1);
  const before = new Date(now().getTime() - SETTLED_MS);
  const lines = await auditTrail.linesAfter(last?.through ?? 0, { before }, MOST_EVENTS);
  const end = lines.at(-1);
  if (end === undefined) return 0;
  const position = (last?.position ?? 0) + 1;
  await auditTrail.addSeal({
    position,
    through: end.position,
    events: lines.length,
    hash: hashOf(position, last, lines, auditKey),
    sealedAt: now(),
  });
  return lines.length;
}

/** Looks at the latest seals again. */
export async function checkAuditChain({
  auditTrail,
  auditKey,
}: Pick<AuditChainParts, 'auditTrail' | 'auditKey'>): Promise<AuditChainState> {
  const latest = await auditTrail.latestSeals(LOOKED_AT + 1);
  const seals = latest.toReversed();
  let events = 0;
  for (const [index, seal] of seals.entries()) {
    const previous = seals[index - 1];
    // The oldest one read is what the next begins with; the very first begins with nothing.
    if (previous === undefined && seal.position !== 1) continue;
    const lines = await auditTrail.linesAfter(
      previous?.through ?? 0,
      { through: seal.through },
      MOST_EVENTS + 1,
    );
    events += lines.length;
    if (hashOf(seal.position, previous, lines, auditKey) !== seal.hash) {
      return { unbroken: false, at: seal.sealedAt, events };
    }
  }
  const last = seals.at(-1);
  return { unbroken: true, events, ...(last === undefined ? {} : { at: last.sealedAt }) };
}

function hashOf(
  position: number,
  previous: Pick<AuditSeal, 'hash' | 'through'> | undefined,
  lines: readonly { readonly line: string }[],
  key: Uint8Array,
): string {
  const mac = createHmac('sha256', key).update(
    JSON.stringify([position, previous?.hash ?? '', previous?.through ?? 0]),
  );
  for (const { line } of lines) mac.update(`\n${line}`);
  return mac.digest('base64url');
}

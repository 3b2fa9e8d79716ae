/** How a passport stands as a whole: what counts of each kind, and the worst of it first. */

/** A credential as its holder's page knows it. */
export interface OwnCredential {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly reason: string | null;
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
  readonly lastStatusChangeAt: string | null;
  readonly issuer: { readonly odsCode: string; readonly name: string | null };
}

/** The whole. */
export type Standing = 'VALID' | 'ENDING' | 'PAUSED' | 'STOPPED' | 'OUT_OF_DATE';

/** Something that ends within this many days is worth a word. */
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * The credentials that count: of each kind and issuer the newest, unless it was only replaced. A copy for each wallet says the
 * same.
 */
export function countedOf(credentials: readonly OwnCredential[]): readonly OwnCredential[] {
  const newest = new Map<string, OwnCredential>();
  for (const one of credentials) {
    const kind = `${one.issuer.odsCode} ${one.type}`;
    const other = newest.get(kind);
    if (one.state === 'ISSUING' || one.reason === 'SUPERSEDED') continue;
    if (other === undefined || (one.issuedAt ?? '') > (other.issuedAt ?? '')) newest.set(kind, one);
  }
  return [...newest.values()].sort((one, other) => (one.type < other.type ? -1 : 1));
}

/** Whether one ends soon, and has not ended. */
export const endsSoon = ({ state, expiresAt }: OwnCredential, now: Date): boolean =>
  state === 'ACTIVE' &&
  expiresAt !== null &&
  Date.parse(expiresAt) - now.getTime() < SOON_DAYS * DAY_MS;

/** How the passport stands. Paused counts before stopped: it can still be ended. */
export function standingOf(
  counted: readonly OwnCredential[],
  now: Date,
): { readonly standing: Standing; readonly because?: OwnCredential } {
  const paused = counted.find(({ state }) => state === 'SUSPENDED');
  if (paused !== undefined) return { standing: 'PAUSED', because: paused };
  if (counted.some(({ state }) => state === 'ACTIVE')) {
    const ending = counted.find((one) => endsSoon(one, now));
    return ending === undefined ? { standing: 'VALID' } : { standing: 'ENDING', because: ending };
  }
  const stopped = counted.find(({ state }) => state === 'REVOKED');
  return stopped === undefined
    ? { standing: 'OUT_OF_DATE' }
    : { standing: 'STOPPED', because: stopped };
}

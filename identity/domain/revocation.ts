/** Taking access back before its time. Access tokens cannot be called in: whoever takes them has to be told. */

/** Who or what loses access. */
export type Revoked =
  /** One access token, by its `jti`. */
  | { readonly kind: 'token'; readonly tokenId: string }
  /** All tokens of one session, by its `sid`. */
  | { readonly kind: 'session'; readonly sessionId: string }
  /** All tokens that a client has now. */
  | { readonly kind: 'client'; readonly clientId: string }
  /** All tokens that a person has now. */
  | { readonly kind: 'subject'; readonly staffId: string }
  /** All tokens that a person has now and that name one organisation. */
  | { readonly kind: 'membership'; readonly staffId: string; readonly odsCode: string };

/** One entry as it is kept and told. */
export interface RevocationEntry {
  readonly kind: Revoked['kind'];
  readonly value: string;
  /** Tokens made up to this moment are taken back. For a token and a session, all are. */
  readonly notBefore: Date;
}

/** Who or what an entry is about. */
type RevokedName = Pick<RevocationEntry, 'kind' | 'value'>;

/** Keeps what has been taken back. */
export interface RevocationStore {
  /** Keeps entries until `expiresAt`; a later one takes the place of an earlier one. */
  put(entries: readonly RevocationEntry[], expiresAt: Date): Promise<void>;
  /** Entries that have not expired, at most `limit`, always in the same order. */
  list(limit: number): Promise<readonly RevocationEntry[]>;
  /** Whether one of the entries is kept and takes back what was made at that moment. */
  covers(one: readonly RevokedName[], madeAt: Date): Promise<boolean>;
  /** Forgets what has expired. */
  removeExpired(): Promise<void>;
}

/** What a token says of itself, as far as access can be taken back by it. */
export interface IssuedToken {
  readonly tokenId: string;
  readonly sessionId?: string;
  readonly clientId: string;
  readonly subject: string;
  readonly odsCode?: string;
  readonly issuedAt: Date;
}

/** Whether access has been taken back from a token. For the endpoints of this process itself. */
export type IsRevoked = (token: IssuedToken) => Promise<boolean>;

/** Creates the question. */
export const revocationCheck =
  (store: Pick<RevocationStore, 'covers'>): IsRevoked =>
  ({ tokenId, sessionId, clientId, subject, odsCode, issuedAt }) => {
    const names: readonly Revoked[] = [
      { kind: 'token', tokenId },
      ...(sessionId === undefined ? [] : [{ kind: 'session', sessionId } as const]),
      { kind: 'client', clientId },
      { kind: 'subject', staffId: subject },
      ...(odsCode === undefined
        ? []
        : [{ kind: 'membership', staffId: subject, odsCode } as const]),
    ];
    return store.covers(
      names.map((one) => ({ kind: one.kind, value: valueOf(one) })),
      issuedAt,
    );
  };

/** Takes access back. Durable when it returns. */
export type Revoke = (revoked: readonly Revoked[]) => Promise<void>;

/** How long an entry is told, in seconds: longer than any access token lives, and clocks differ. */
export const REVOCATION_SECONDS = 360;
/** A token that is being made while access is taken back may be this much younger, in milliseconds. */
const IN_FLIGHT_MS = 2_000;

/** Creates the function. */
export function revoker(store: Pick<RevocationStore, 'put'>, now: () => Date): Revoke {
  return async (revoked) => {
    if (revoked.length === 0) return;
    const notBefore = new Date(now().getTime() + IN_FLIGHT_MS);
    await store.put(
      revoked.map((one) => ({ kind: one.kind, value: valueOf(one), notBefore })),
      new Date(now().getTime() + REVOCATION_SECONDS * 1000),
    );
  };
}

function valueOf(revoked: Revoked): string {
  switch (revoked.kind) {
    case 'token':
      return revoked.tokenId;
    case 'session':
      return revoked.sessionId;
    case 'client':
      return revoked.clientId;
    case 'subject':
      return revoked.staffId;
    case 'membership':
      return `${revoked.staffId} ${revoked.odsCode}`;
  }
}

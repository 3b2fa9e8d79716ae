/**
 * What has been taken back before its time, as identity tells it: tokens, sessions, clients and people, and operations. With
 * it comes which clients may ask nothing but what they have registered.
 */
import { z } from 'zod';

import type { Logger } from '../../runtime/log.ts';
import { requestIdFrom } from '../../runtime/request-id.ts';
import type { AccessTokenClaims } from '../../standards/access-token.ts';
import type { DocumentRules } from '../trusted-documents/choose-document.ts';
import { type AskIdentity, REVOCATIONS_PATH } from './ask-identity.ts';

/** What is known of a token: `unknown` when identity has been away for too long. */
export type RevocationAnswer = 'in-force' | 'revoked' | 'unknown';

/** The gateway's copy of the set. */
export interface Revocations {
  readonly check: (token: AccessTokenClaims) => RevocationAnswer;
  /** What to go by about registered operations, as last told: whoever `check` lets in has been told lately. */
  readonly documents: () => DocumentRules;
  /** Rejects while the copy cannot be relied on. */
  readonly ready: () => Promise<void>;
  readonly stop: () => void;
}

/** How often identity is asked, in milliseconds. */
const POLL_MS = 1_500;
/** Past this age, in milliseconds, the copy says nothing any more. */
const STALE_MS = 60_000;

const answer = z.union([
  z.object({ unchanged: z.literal(true) }),
  z.object({
    version: z.string().min(1).max(128),
    entries: z.array(
      z.object({
        kind: z.enum(['token', 'session', 'client', 'subject', 'membership', 'all']),
        value: z.string(),
        /** Tokens made up to this moment, in milliseconds since 1970, are taken back. */
        notBefore: z.number(),
      }),
    ),
    documents: z
      .object({
        withdrawals: z.string().max(128),
        policies: z.record(z.string(), z.enum(['allow', 'require'])),
      })
      .default({ withdrawals: '', policies: {} }),
  }),
]);

type Entry = Extract<z.infer<typeof answer>, { entries: unknown }>['entries'][number];

/** Starts to follow the set. The first question is asked at once. */
export function followRevocations(ask: AskIdentity, log: Logger): Revocations {
  let version: string | undefined;
  let set = revocationSet([]);
  let documents: DocumentRules = { withdrawals: '', policies: new Map() };
  let heardAt: number | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const poll = async (): Promise<void> => {
    const asked = performance.now();
    const body = JSON.stringify(version === undefined ? {} : { version });
    const heard = answer.parse(
      JSON.parse(await ask(REVOCATIONS_PATH, body, requestIdFrom(undefined))),
    );
    if ('entries' in heard) {
      version = heard.version;
      set = revocationSet(heard.entries);
      const { withdrawals, policies } = heard.documents;
      documents = { withdrawals, policies: new Map(Object.entries(policies)) };
    }
    heardAt = asked;
  };
  const follow = async (): Promise<void> => {
    await poll().catch((error: unknown) => {
      log.warn({ err: error }, 'identity does not tell what has been taken back');
    });
    if (stopped) return;
    timer = setTimeout(() => void follow(), POLL_MS);
    timer.unref();
  };
  void follow();
  const fresh = (): boolean => heardAt !== undefined && performance.now() - heardAt <= STALE_MS;

  return {
    check: (token) => (fresh() ? (set(token) ? 'revoked' : 'in-force') : 'unknown'),
    documents: () => documents,
    ready: async () => {
      if (!fresh()) await poll();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Tells whether a token is in the set. Empty kinds cost nothing. */
function revocationSet(entries: readonly Entry[]): (token: AccessTokenClaims) => boolean {
  const byKind = new Map<Entry['kind'], Map<string, number>>();
  for (const { kind, value, notBefore } of entries) {
    const values = byKind.get(kind) ?? new Map<string, number>();
    byKind.set(kind, values.set(value, Math.max(notBefore, values.get(value) ?? 0)));
  }
  if (byKind.size === 0) return () => false;
  const holds = (kind: Entry['kind'], value: string | undefined, madeAt: number): boolean => {
    if (value === undefined) return false;
    const notBefore = byKind.get(kind)?.get(value);
    return notBefore !== undefined && madeAt <= notBefore;
  };
  return ({ tokenId, sessionId, clientId, subject, odsCode, issuedAt }) => {
    const madeAt = issuedAt.getTime();
    return (
      holds('token', tokenId, 0) ||
      holds('session', sessionId, 0) ||
      holds('client', clientId, madeAt) ||
      holds('subject', subject, madeAt) ||
      holds('membership', odsCode && `${subject} ${odsCode}`, madeAt) ||
      holds('all', '', madeAt)
    );
  };
}

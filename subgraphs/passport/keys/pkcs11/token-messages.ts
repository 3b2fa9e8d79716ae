/** What this process and the one that holds the PKCS #11 module say to each other. */
import { z } from 'zod';

/** Names a key inside the token (CKA_ID): 16 random bytes, hex. */
export const keyId = z.string().regex(/^[0-9a-f]{32}$/);

const base64 = z.base64().max(256);

/** What the token's process is asked to do. */
export const tokenRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), module: z.string(), token: z.string(), pin: z.string() }),
  z.object({ kind: z.literal('create'), keyId, label: z.string().max(64) }),
  z.object({ kind: z.literal('find'), keyId }),
  /** `digest` is SHA-256 of what is signed. */
  z.object({ kind: z.literal('sign'), keyId, digest: base64 }),
  z.object({ kind: z.literal('destroy'), keyId }),
]);
/** What the token's process is asked to do. */
export type TokenRequest = z.infer<typeof tokenRequest>;

/** A request with the number its answer carries. */
export const numberedRequest = z.object({ id: z.number().int(), request: tokenRequest });

/** Why a request was not carried out. */
export const tokenFault = z.enum([
  'module_unusable',
  'token_missing',
  'pin_refused',
  'key_unknown',
  'key_not_protected',
  'failed',
]);
/** Why a request was not carried out. */
export type TokenFault = z.infer<typeof tokenFault>;

/** An answer: a signature (r then s), a public key (an uncompressed point), or nothing; or what went wrong. */
export const numberedAnswer = z.object({
  id: z.number().int(),
  answer: z.union([
    z.object({ ok: z.literal(true), bytes: base64.optional() }),
    z.object({ ok: z.literal(false), fault: tokenFault }),
  ]),
});
/** An answer. */
export type TokenAnswer = z.infer<typeof numberedAnswer>['answer'];

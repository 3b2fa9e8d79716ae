/**
 * Transactions in authorization requests: `authorization_details` of the type `lanyard_transaction`. A code is bound to the
 * transaction that was approved for it, and gives a token that says so, once.
 *
 * Source: RFC 9396 (Rich Authorization Requests), sections 2, 5 and 7; RFC 9470, section 4.
 */
import {
  type AuthorizationDetail,
  errors,
  interactionPolicy as policies,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { z } from 'zod';

import { transactionWords } from '../domain/transaction-words.ts';
import {
  type Transaction,
  TRANSACTION_ACR,
  transactionHash,
  transactionOf,
  transactionShape,
} from '../../standards/transaction.ts';
import { parseStrictJson } from '../../standards/strict-json.ts';

/** The type of `authorization_details` that asks for an approval. */
export const TRANSACTION_DETAILS = 'lanyard_transaction';
/** Prompt in which a person approves a transaction. */
export const TRANSACTION_PROMPT = 'transaction';

/** Longest `authorization_details`, in characters. */
const MAX_LENGTH = 16_384;

const askedDetail = z.strictObject({
  type: z.literal(TRANSACTION_DETAILS),
  transaction: transactionShape,
});

/** What is kept of an approval: with the answer to the prompt, then with the code. */
const approval = z.object({
  type: z.literal(TRANSACTION_DETAILS),
  hash: z.string(),
  /** Seconds since 1970. */
  approved_at: z.number().int(),
});
const submitted = z.object({ approval });

/** The transaction that a request asks to be approved. */
export function askedTransaction(details: unknown): Transaction | undefined {
  if (typeof details !== 'string') return undefined;
  const [first] = z.array(z.unknown()).parse(JSON.parse(details));
  const parsed = askedDetail.safeParse(first);
  return parsed.success ? parsed.data.transaction : undefined;
}

/** What the prompt is answered with once the passkey has signed. */
export const approvalResult = (transaction: Transaction, now: Date) => ({
  approval: {
    type: TRANSACTION_DETAILS,
    hash: transactionHash(transaction),
    approved_at: Math.floor(now.getTime() / 1000),
  },
});

/** Adds the prompt, last: by then it is known who the person is and as what they act. */
export function addTransactionPrompt(policy: policies.DefaultPolicy): policies.DefaultPolicy {
  // A transaction is no access of its own: an application that has been let in is not asked about again.
  policy.get('consent')?.checks.remove('rar_prompt');
  policy.add(
    new policies.Prompt(
      { name: TRANSACTION_PROMPT, requestable: false },
      new policies.Check(
        'transaction_waits',
        'the transaction has to be approved',
        'interaction_required',
        ({ oidc }) => {
          const asked = askedTransaction(oidc.params?.['authorization_details']);
          return asked !== undefined && approvedNow(oidc.result)?.hash !== transactionHash(asked);
        },
      ),
    ),
  );
  return policy;
}

/** The library's feature. Credentials are asked for by scope alone (OpenID4VCI 1.0, section 5.1.2). */
export const transactionRequests = {
  enabled: true,
  types: {
    [TRANSACTION_DETAILS]: { validate: checkDetail },
    // The library would let this pass and give nothing for it.
    openid_credential: {
      validate: () => {
        throw refused('credentials are asked for by scope');
      },
    },
  },
  authorizationDetailsForGrantSource: ({ oidc }: KoaContextWithOIDC) => {
    const approved = approvedNow(oidc.result);
    return approved === undefined ? undefined : [approved];
  },
  authorizationDetailsForAccessToken: ({ oidc }: KoaContextWithOIDC) => {
    const approved = approvalOfCode(oidc);
    return approved === undefined ? undefined : [{ type: approved.type, hash: approved.hash }];
  },
};

/** The claims of a token whose code is bound to an approval: they tell of the approval rather than of the sign-in. */
export function approvalClaims({ oidc }: KoaContextWithOIDC): Record<string, string | number> {
  const approved = approvalOfCode(oidc);
  return approved === undefined
    ? {}
    : { acr: TRANSACTION_ACR, auth_time: approved.approved_at, txn: approved.hash };
}

const approvedNow = (result: unknown): z.infer<typeof approval> | undefined =>
  submitted.safeParse(result).data?.approval;

/** Of the code that is being exchanged; a token that is refreshed has none. */
const approvalOfCode = (oidc: KoaContextWithOIDC['oidc']): z.infer<typeof approval> | undefined =>
  approval.safeParse((oidc.entities.AuthorizationCode?.rar as unknown[] | undefined)?.[0]).data;

/** The details are one transaction, read in one way only, that can be put into words. */
function checkDetail(ctx: KoaContextWithOIDC, detail: AuthorizationDetail): void {
  const text = ctx.oidc.params?.['authorization_details'];
  if (typeof text !== 'string' || text.length > MAX_LENGTH) throw refused('too long');
  try {
    if (z.array(z.unknown()).length(1).safeParse(parseStrictJson(text)).success) {
      const { transaction } = askedDetail.parse(detail);
      const hash = transactionHash(transaction);
      const same = transactionOf(transaction.operation, transaction.arguments);
      const consistent = transactionHash(same) === hash && (transaction.hash ?? hash) === hash;
      if (consistent && transactionWords(transaction) !== undefined) return;
    }
  } catch {
    // The reason is the caller's own text.
  }
  throw refused('not one transaction that can be approved here');
}

const refused = (reason: string): Error => new errors.InvalidAuthorizationDetails(reason);

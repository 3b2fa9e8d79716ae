/** DPoP proofs that have been used: each counts once, whichever replica it comes to (RFC 9449, section 11.1). */
import { hash } from 'node:crypto';

import { z } from 'zod';

import type { DpopProof } from '../../standards/dpop.ts';
import { createRecent } from '../../standards/recent.ts';
import { type Deadline, questionDeadline } from '../deadline.ts';
import { type AskIdentity, PROOFS_PATH } from './ask-identity.ts';

/** Uses a proof up. True the first time, false ever after. Rejects when that cannot be known. */
export type SpendProof = (
  proof: DpopProof,
  requestId: string,
  deadline?: Deadline,
) => Promise<boolean>;

/** Proofs that this process remembers. */
const REMEMBERED = 10_000;

const answer = z.object({ first: z.boolean() });

/** Creates the function. identity keeps the record; what is remembered here only saves a question about a replay. */
export function proofSpender(ask: AskIdentity): SpendProof {
  const spent = createRecent<true>(REMEMBERED);
  return async ({ thumbprint, proofId }, requestId, deadline) => {
    const name = hash('sha256', `${thumbprint}.${proofId}`, 'base64url');
    if (spent.get(name) === true) return false;
    const { first } = answer.parse(
      JSON.parse(
        await ask(
          PROOFS_PATH,
          JSON.stringify({ proof: name }),
          requestId,
          // Nobody leaves before it is counted that they came.
          deadline && questionDeadline(deadline.remaining()),
        ),
      ),
    );
    spent.set(name, true);
    return first;
  };
}

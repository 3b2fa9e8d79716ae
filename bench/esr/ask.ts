/** Asking a subgraph the way the gateway does: with a signed statement of who is asking. */
import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { PurposeOfUse } from '../../runtime/purpose.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import { MORNING } from './records.ts';

/** In whose name. */
export interface AskedBy {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly odsCode?: string;
  readonly purpose?: PurposeOfUse;
}

/** Asks, and gives the data. Anything but data is an error. */
export type AskSubgraph = (
  by: AskedBy,
  query: string,
  variables: object,
) => Promise<Readonly<Record<string, unknown>>>;

/** A client of one subgraph. */
export function subgraphClient({
  url,
  audience,
  signer,
}: {
  readonly url: string;
  readonly audience: string;
  readonly signer: Signer;
}): AskSubgraph {
  return async ({ scopes, ...by }, query, variables) => {
    const body = JSON.stringify({ query, variables });
    const caller: Caller = {
      ...by,
      kind: 'machine',
      clientId: by.subject,
      name: 'The measurement',
      scopes: new Set(scopes),
      requestId: 'bench',
    };
    const statement = await signCallerStatement(caller, { audience, body, now: MORNING() }, signer);
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
      body,
    });
    const { data, errors } = (await answer.json()) as {
      readonly data?: Readonly<Record<string, unknown>> | null;
      readonly errors?: readonly unknown[];
    };
    if (data == null || errors !== undefined) {
      throw new Error(`${audience} answered ${JSON.stringify(errors).slice(0, 500)}`);
    }
    return data;
  };
}

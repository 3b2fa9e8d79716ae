/** What the scenarios share: people who sign in, and changes that they confirm with their passkey. */
import { randomUUID } from 'node:crypto';

import { askConfirming } from './confirm.ts';
import { signIn } from './sign-in.ts';
import type { Stage } from './story.ts';

/** Signs somebody in on the stage. Returns their access token. */
export const signInOn = (
  stage: Stage,
  mail: string,
  scope: string,
  actAs?: string,
): Promise<string> =>
  signIn({
    issuer: stage.issuer,
    clientId: stage.app.clientId,
    redirectUri: stage.app.redirectUri,
    resource: stage.graph,
    password: stage.password,
    setupCode: stage.setupCode,
    scope: `openid ${scope}`,
    mail,
    ...(actAs === undefined ? {} : { actAs }),
  });

/** What a mutation answers: its own field, and what was wrong with the input. */
export type Changed<Payload> = Payload & {
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
};

/** Runs one mutation, confirming it when it has to be. */
export async function change<Payload>(
  stage: Pick<Stage, 'graph'>,
  token: string,
  mutation: { readonly field: string; readonly input: string; readonly answer: string },
  values: object,
): Promise<Changed<Payload>> {
  const { data, errors } = await askConfirming<{ outcome: Changed<Payload> }>(stage.graph, {
    token,
    purpose: 'TEMPORARY_MOVEMENT',
    query: `mutation ($input: ${mutation.input}!) { outcome: ${mutation.field}(input: $input) {
      ${mutation.answer} errors { code path } } }`,
    variables: { input: { idempotencyKey: randomUUID(), ...values } },
  });
  if (data?.outcome === undefined) throw new Error(`${mutation.field}: ${JSON.stringify(errors)}`);
  return data.outcome;
}

/** Asks again until the answer fits. Two minutes at most. */
export async function until<Value>(
  read: () => Promise<Value>,
  fits: (value: Value) => boolean,
): Promise<Value> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

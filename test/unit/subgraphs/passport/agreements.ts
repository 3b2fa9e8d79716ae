/** Agreements on sharing staff, as two administrators make them. */
import { type Bench, callers, newKey } from './passport-bench.ts';

const AGREEMENT = `agreement { id reference proposedBy { odsCode } proposedTo { odsCode } startsOn endsOn state endedBy { odsCode } }
  errors { code path rule }`;

/** Operations about agreements by name. */
export const agreementOperations = {
  propose: `mutation ($input: AgreementProposeInput!) { outcome: agreementPropose(input: $input) { ${AGREEMENT} } }`,
  accept: `mutation ($input: AgreementDecisionInput!) { outcome: agreementAccept(input: $input) { ${AGREEMENT} } }`,
  end: `mutation ($input: AgreementDecisionInput!) { outcome: agreementEnd(input: $input) { ${AGREEMENT} } }`,
};

/** What they answer. */
export interface AgreementOutcome {
  readonly agreement: { readonly id: string; readonly state: string } | null;
  readonly errors: readonly {
    readonly code: string;
    readonly path: readonly string[];
    readonly rule: string | null;
  }[];
}

/** Proposes, accepts or ends, as the administrator of an organisation. */
export async function decideAgreement(
  bench: Bench,
  action: keyof typeof agreementOperations,
  odsCode: string,
  input: object,
): Promise<AgreementOutcome> {
  const { data } = await bench.ask(callers.administrator(odsCode), agreementOperations[action], {
    input: { idempotencyKey: newKey(), ...input },
  });
  if (data == null) throw new Error('no answer');
  return (data as unknown as { outcome: AgreementOutcome }).outcome;
}

/** Has two organisations agree, and returns the id of their agreement. */
export async function agree(
  bench: Bench,
  {
    between: [one, other] = ['RZ1', 'RZ2'],
    ...terms
  }: {
    readonly between?: readonly [string, string];
    readonly reference: string;
    readonly startsOn: string;
    readonly endsOn: string;
  },
): Promise<string> {
  const proposed = await decideAgreement(bench, 'propose', one, { ...terms, odsCode: other });
  const agreementId = proposed.agreement?.id ?? 'none';
  const accepted = await decideAgreement(bench, 'accept', other, { agreementId });
  if (accepted.agreement === null) throw new Error(JSON.stringify([proposed, accepted]));
  return agreementId;
}

/** A temporary placement as issuing sees it: at which host, until when, and on which agreement. */
import { z } from 'zod';

import { day, odsCode, reference } from './claim-shapes.ts';
import type { CredentialType } from './credential.ts';
import type { Claims } from './credential-type.ts';
import type { AgreementTerms } from './sharing-agreement.ts';
import { endOfUkDay } from './uk-day.ts';

/** A temporary placement. */
export interface Placement {
  readonly hostOds: string;
  /** Permanent employer and host. */
  readonly between: readonly [string, string];
  /** The last second of its last day. */
  readonly endsAt: Date;
  /** What it says of the agreement that its licence to attend stands on; none without such a licence. */
  readonly agreement?: AgreementTerms;
}

const agreed = z.object({
  agreement_reference: reference,
  agreement_starts_on: day,
  agreement_ends_on: day,
});
const placementClaims = z.object({
  permanent_employer_ods_code: odsCode,
  host_ods_code: odsCode,
  end_date: day,
  licence_to_attend: z.boolean(),
});

/** The placement that claims are about; `undefined` for every other kind of credential. */
export function placementOf(type: CredentialType, claims: Claims): Placement | undefined {
  if (type !== 'TEMPORARY_PLACEMENT') return undefined;
  const said = placementClaims.parse(claims);
  const placement = {
    hostOds: said.host_ods_code,
    between: [said.permanent_employer_ods_code, said.host_ods_code],
    endsAt: endOfUkDay(said.end_date),
  } as const;
  if (!said.licence_to_attend) return placement;
  const agreement = agreed.parse(claims);
  return {
    ...placement,
    agreement: {
      reference: agreement.agreement_reference,
      startsOn: agreement.agreement_starts_on,
      endsOn: agreement.agreement_ends_on,
    },
  };
}

/**
 * The claim in which a placement differs from the agreement that was found for it. That the agreement covers every day of
 * the placement is a rule of the kind of credential.
 *
 * @param found in force today, of the two organisations and with this reference; `undefined` when there is none
 */
export function agreementFault(
  said: AgreementTerms,
  found: AgreementTerms | undefined,
): { readonly claim: string; readonly rule: string } | undefined {
  if (found === undefined) return { claim: 'agreement_reference', rule: 'not_in_force' };
  const rule = 'not_as_agreed';
  if (found.startsOn !== said.startsOn) return { claim: 'agreement_starts_on', rule };
  return found.endsOn === said.endsOn ? undefined : { claim: 'agreement_ends_on', rule };
}

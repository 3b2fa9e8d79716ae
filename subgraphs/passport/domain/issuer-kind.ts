/** Which kind of organisation may say what. Which organisation in fact is a matter of accreditation. */
import type { IssuerKind } from './credential-type.ts';
import type { EmployerRecord } from './verified-record.ts';

/** NHS England's ODS code. It trains doctors and dentists whom others employ. */
export const NHS_ENGLAND = 'X26';

/** Tells whether an organisation may be accredited for what this kind issues. */
export const mayBeAccredited = (kind: IssuerKind, odsCode: string): boolean =>
  kind === 'EMPLOYER' || odsCode === NHS_ENGLAND;

/** Tells whether the organisation behind a record is of the kind that issues a credential. */
export const isOfKind = (kind: IssuerKind, { odsCode, employment }: EmployerRecord): boolean =>
  kind === 'NHS_ENGLAND' ? odsCode === NHS_ENGLAND : employment.odsCode === odsCode;

/** Whether an issuer was allowed to issue what it signed. */
import type { IssuerKeyHint } from '../../../standards/sd-jwt-vc/verify-presentation.ts';
import type { Addresses } from './addresses.ts';
import type { Accreditations } from './ports/accreditations.ts';

/** What the answer needs. */
export interface AccreditedParts {
  readonly accreditations: Pick<Accreditations, 'find'>;
  readonly addresses: Pick<Addresses, 'odsCodeOfIssuer' | 'typeOfVct'>;
}

/**
 * Tells whether the issuer was accredited for the type when it issued. A later withdrawal does not undo what was issued;
 * revocation does that.
 */
export async function wasAccredited(
  { issuer, vct, issuedAt }: Pick<IssuerKeyHint, 'issuer' | 'vct' | 'issuedAt'>,
  { accreditations, addresses }: AccreditedParts,
): Promise<boolean> {
  const odsCode = addresses.odsCodeOfIssuer(issuer);
  const type = addresses.typeOfVct(vct);
  if (odsCode === undefined || type === undefined || issuedAt === undefined) return false;
  return (await accreditations.find(odsCode, type, issuedAt)) !== undefined;
}

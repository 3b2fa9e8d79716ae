/**
 * The payload of a credential in the form `vc+jwt`: the same claims, all in the open.
 *
 * Source: Verifiable Credentials Data Model 2.0, section 4; VC-JOSE-COSE, section 3.1; RFC 7800 (`cnf`).
 */
import { UNDEFINED_TERMS_CONTEXT, VC_CONTEXT } from '../../../standards/vc-jwt/issue-vc-jwt.ts';
import type { Addresses } from './addresses.ts';
import {
  type CredentialMatter,
  type CredentialPayload,
  lifeOf,
  pairwiseSubject,
} from './build-credential.ts';
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { statementHash } from './identifiers.ts';
import type { StatusSlot } from './ports/credentials.ts';

/** Builds the payload for one place in a status list. */
export function buildVcJwt(
  matter: CredentialMatter,
  slot: StatusSlot,
  { addresses, subjectKey }: { readonly addresses: Addresses; readonly subjectKey: Uint8Array },
): CredentialPayload {
  const { credentialId, type, record, claims, provenance, holderKey } = matter;
  const { issuedAt, expiresAt } = lifeOf(matter);
  const issuer = addresses.did(record.odsCode);
  // An address, since the data model asks for one; nothing is published there.
  const subject = `${addresses.issuer(record.odsCode)}/holders/${pairwiseSubject(record, subjectKey)}`;
  const payload = {
    '@context': [VC_CONTEXT, UNDEFINED_TERMS_CONTEXT],
    type: ['VerifiableCredential', vcTypeOf(type)],
    issuer,
    validFrom: moment(issuedAt),
    validUntil: moment(expiresAt),
    credentialSubject: { id: subject, ...claims },
    iss: issuer,
    sub: subject,
    jti: credentialId,
    vct: addresses.vct(type),
    iat: issuedAt,
    exp: expiresAt,
    cnf: { jwk: holderKey },
    status: { status_list: { idx: slot.index, uri: addresses.statusList(slot.listId) } },
    nhs: { ods: record.odsCode, provenance },
  };
  return {
    payload: JSON.stringify(payload),
    disclosures: [],
    claimsHash: statementHash(claims, subjectKey),
    expiresAt: new Date(expiresAt * 1000),
  };
}

/** The name of a kind of credential in `type`: `core-skills-training` is `CoreSkillsTrainingCredential`. */
export const vcTypeOf = (type: CredentialType): string =>
  `${CREDENTIAL_TYPES[type].id.replace(/(?:^|-)(.)/g, (_all, letter: string) => letter.toUpperCase())}Credential`;

const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();

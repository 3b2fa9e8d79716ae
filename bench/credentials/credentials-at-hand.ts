/** An invented issuer, invented holders, and credentials of the size that a trust issues. */
import 'reflect-metadata';

import { generateKeyPairSync, type KeyObject, randomUUID, webcrypto } from 'node:crypto';

import {
  cryptoProvider,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

import { keyObjectSigner, type Signer } from '../../standards/compact-jws.ts';
import { type PublicEcJwk, publicJwkOf } from '../../standards/jwk-thumbprint.ts';
import type { SdJwtClaims } from '../../standards/sd-jwt/issue-sd-jwt.ts';
import { presentSdJwt } from '../../standards/sd-jwt/present-sd-jwt.ts';
import { issueSdJwtVc } from '../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { createKeyBoundPresentation } from '../../standards/sd-jwt-vc/key-binding.ts';

/** A key with the signer made of it. */
export interface Party {
  readonly signer: Signer;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublicEcJwk;
}

/** The issuer's URL: `iss`, and the name in its certificate. */
export const ISSUER_URL = 'https://passport.example/trusts/RZ1';
/** The type of the credentials. */
export const VCT = 'https://passport.example/credential-types/employment-assignment';
/** The address of the status list. */
export const LIST_URI = 'https://passport.example/status-lists/1';
/** What the verifier asked for. */
export const REQUEST = {
  audience: 'https://verifier.example',
  nonce: 'n-8f3kq2zL0c5T1xW7uYbR4g',
} as const;

/** Disclosed on request. */
const SELECTIVE = {
  given_name: 'Amara',
  family_name: 'Okafor-Lindqvist',
  birthdate: '1991-04-17',
  email: 'amara.okafor-lindqvist@nhs.example',
  assignment_number: '90000017',
  position_title: 'Staff Nurse',
  job_role: 'Staff Nurse',
  staff_group: 'Nursing and Midwifery Registered',
  grade: 'NHS|XR06|Review Body Band 6',
  start_date: '2018-09-03',
};

const SELECTIVE_NAMES = Object.keys(SELECTIVE) as (keyof typeof SELECTIVE)[];

/** What the holder shows: four of ten. */
const SHOWN: ReadonlySet<string | number | undefined> = new Set([
  'given_name',
  'family_name',
  'position_title',
  'staff_group',
]);

const YEAR_SECONDS = 365 * 86_400;

/** An issuer with a certificate for its URL. */
export async function newIssuer(): Promise<Party> {
  const issuer = newParty('issuer-1');
  cryptoProvider.set(webcrypto);
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['RZ1 credential'] }],
    signingAlgorithm: ecdsa,
    keys: {
      privateKey: issuer.privateKey.toCryptoKey(ecdsa, false, ['sign']),
      publicKey: issuer.publicKey.toCryptoKey(ecdsa, true, ['verify']),
    },
    extensions: [new SubjectAlternativeNameExtension([{ type: 'url', value: ISSUER_URL }])],
  });
  const x5c = [Buffer.from(certificate.rawData).toString('base64')];
  return { ...issuer, signer: { ...issuer.signer, x5c } };
}

/** A party without a certificate, such as a wallet. */
export function newParty(kid: string): Party {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = keyObjectSigner({ key: privateKey, kid });
  return { signer, privateKey, publicKey, jwk: publicJwkOf(publicKey) };
}

/** The claims of one credential, ten of which become disclosures. */
export function newClaims(holder: PublicEcJwk, now: Date) {
  const iat = Math.floor(now.getTime() / 60_000) * 60;
  return {
    claims: {
      iss: ISSUER_URL,
      vct: VCT,
      jti: randomUUID(),
      sub: 'k3mX0cQ9n2VfYp7sT5wZ1aLhRj8dGb4uEiOoNqCxKyM',
      iat,
      exp: iat + YEAR_SECONDS,
      cnf: { jwk: holder },
      nhs: {
        ods: 'RZ1',
        provenance: {
          origin: 'Substantive NHS Employing Organisation',
          assurance_policy: 'Local contractual arrangement',
          assurance_outcome: 'Onboarding complete',
          provider: 'Trust RZ1',
          verifier: 'Origin',
          verification_method: 'Record Verification',
          pedigree: 'Authoritative',
          last_refresh: '2026-11-22T00:00:00Z',
        },
      },
      ...SELECTIVE,
    },
    disclose: { _sd: SELECTIVE_NAMES },
  } satisfies SdJwtClaims;
}

/** A credential without a place in a status list, all of it disclosed. */
export function newCredential(issuer: Party, now: Date): Promise<string> {
  return issueSdJwtVc(newClaims(newParty('holder').jwk, now), issuer.signer);
}

/** A presentation of four claims by a new holder, key bound, of a credential with a place in the list. */
export async function newPresentation(issuer: Party, index: number, now: Date): Promise<string> {
  const holder = newParty('holder');
  const { claims, disclose } = newClaims(holder.jwk, now);
  const status = { status_list: { idx: index, uri: LIST_URI } };
  const sdJwt = await issueSdJwtVc({ claims: { ...claims, status }, disclose }, issuer.signer);
  const presentation = presentSdJwt(sdJwt, ([name]) => SHOWN.has(name));
  return createKeyBoundPresentation({ presentation, ...REQUEST, now }, holder.signer);
}

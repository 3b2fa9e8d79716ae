/**
 * Checking one credential of a wallet's answer.
 *
 * Source: OpenID4VP 1.0, section 8.6; draft-ietf-oauth-sd-jwt-vc, section 2.4.
 */
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import type { DcqlCredential } from '../../../standards/openid4vp/dcql.ts';
import type { PresentedClaims } from '../../../standards/openid4vp/fit-dcql.ts';
import { matchDcql } from '../../../standards/openid4vp/match-dcql.ts';
import { typeMetadataFaults } from '../../../standards/sd-jwt-vc/check-type-metadata.ts';
import {
  type Check,
  type PresentationRules,
  type PresentationVerdict,
  verifyPresentation,
} from '../../../standards/sd-jwt-vc/verify-presentation.ts';
import { parseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import { authorityKeyIds } from '../../../standards/x509/authority-key-ids.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialRecord } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { findIssuerKey } from './find-issuer-key.ts';
import { presentationHash, signedHash } from './identifiers.ts';
import type { Accreditations } from './ports/accreditations.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore } from './ports/credentials.ts';
import type { IssuerKeys } from './ports/keys.ts';
import { publishedDocuments, readPublishedDocument } from './published-documents.ts';
import type { PresentedCredential, StoredCheck } from './verification-result.ts';
import { wasAccredited } from './was-accredited.ts';

/** What checking a credential needs. */
export interface CheckingParts {
  readonly credentials: Pick<CredentialStore, 'find'>;
  readonly keys: Pick<IssuerKeys, 'find' | 'findCompromised' | 'anchors'>;
  readonly accreditations: Pick<Accreditations, 'find'>;
  readonly readStatus: NonNullable<PresentationRules['readStatus']>;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** A presentation, and what it has to be. */
export interface CredentialToCheck {
  /** An SD-JWT with key binding, compact. */
  readonly presentation: string;
  /** What was asked for. */
  readonly asked: DcqlCredential;
  /** Whom the holder proves it to. */
  readonly audience: string;
  readonly nonce: string;
}

/** What came of it. */
export interface CheckedCredential {
  readonly credential: PresentedCredential;
  /** What the verifier may see; `undefined` unless issuer's signature and holder's proof hold. */
  readonly shown?: Readonly<Record<string, unknown>>;
  /** For the query; `undefined` unless it is signed by an issuer that is trusted. */
  readonly presented?: PresentedClaims;
}

/** Checks one presentation. */
export async function checkCredential(
  { presentation, asked, audience, nonce }: CredentialToCheck,
  parts: CheckingParts,
): Promise<CheckedCredential> {
  const { addresses, now } = parts;
  let presented: PresentedClaims | undefined;
  const verdict = await verifyPresentation(presentation, {
    now: now(),
    acceptedTypes: new Set(asked.meta.vct_values),
    readTypeMetadata: readPublishedDocument(addresses),
    findQueryFault: ({ vct, claims }) => {
      const authorityKeyIds = asked.trusted_authorities ? authoritiesOf(presentation) : [];
      presented = { format: 'dc+sd-jwt', vct, claims, authorityKeyIds };
      const [fault] = matchDcql(
        { credentials: [asked] },
        new Map([[asked.id, [presented]]]),
      ).faults;
      return fault?.code;
    },
    keyBinding: { audience, nonce },
    readStatus: parts.readStatus,
    findIssuerKey: async (hint) => {
      const found = await findIssuerKey(hint, presentation, parts);
      return found && { ...found, trusted: found.trusted && (await wasAccredited(hint, parts)) };
    },
  });
  const recorded = await recordOf(verdict, presentation, parts);
  const own = ownChecks(verdict, recorded, addresses);
  const shown = shownOf(verdict, recorded);
  return {
    credential: {
      queryId: asked.id,
      ...summary(verdict, addresses),
      presentationHash: presentationHash(presentation),
      outcome: own.some(({ outcome }) => outcome === 'FAILED')
        ? 'INVALID'
        : VERDICTS[verdict.outcome],
      ...(shown === undefined ? {} : { staffId: shown.staffId }),
      checks: [...verdict.checks.map(stored), ...own],
    },
    ...(shown === undefined ? {} : { shown: shown.claims }),
    ...(presented === undefined ? {} : { presented }),
  };
}

/** The authorities that the credential's certificates name (OpenID4VP 1.0, section 6.1.1.1). */
const authoritiesOf = (presentation: string): readonly string[] =>
  authorityKeyIds(splitCompactJws(parseSdJwt(presentation).jwt).header['x5c']);

/** The issuer's own record of exactly what was presented, once its signature has been proved. */
async function recordOf(
  { credentialId, claims }: PresentationVerdict,
  presentation: string,
  { credentials }: CheckingParts,
): Promise<CredentialRecord | undefined> {
  if (claims === undefined || credentialId === undefined) return undefined;
  const found = await credentials.find(credentialId);
  return found?.signedHash === signedHash(parseSdJwt(presentation).jwt) ? found : undefined;
}

const OUTCOMES = { passed: 'PASSED', failed: 'FAILED', 'not-reached': 'NOT_REACHED' } as const;

const stored = ({ name, section, outcome, code }: Check): StoredCheck => ({
  name,
  section,
  outcome: OUTCOMES[outcome],
  ...(code === undefined ? {} : { code }),
});

/** Checks past those of the standards: the claims are those of the type, and the issuer's record agrees. */
function ownChecks(
  verdict: PresentationVerdict,
  recorded: CredentialRecord | undefined,
  addresses: Addresses,
): StoredCheck[] {
  const agrees =
    recorded !== undefined &&
    recorded.holderThumbprint === verdict.holderThumbprint &&
    recorded.statusIndex === verdict.status?.index &&
    recorded.type === addresses.typeOfVct(verdict.type ?? '');
  const [typeFault] = typeFaults(verdict, addresses);
  const reached = verdict.outcome === 'valid';
  const check = (name: string, section: string, code: string | undefined): StoredCheck => {
    if (!reached) return { name, section, outcome: 'NOT_REACHED' };
    if (code === undefined) return { name, section, outcome: 'PASSED' };
    return { name, section, outcome: 'FAILED', code };
  };
  return [
    check('claims_of_type', 'SD-JWT VC, section 5', typeFault),
    check('issuer_record', 'Issuer’s record', agrees ? undefined : 'credential_not_recorded'),
  ];
}

/** Where the credential differs from what is published about its type. */
function typeFaults(
  { type, claims, disclosedNames }: PresentationVerdict,
  addresses: Addresses,
): readonly string[] {
  const document = type === undefined ? undefined : publishedDocuments(addresses).get(type);
  if (document === undefined || claims === undefined) return ['type_metadata_unavailable'];
  const disclosed = disclosedNames.map((name) =>
    name.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  );
  return [...typeMetadataFaults(document.metadata, { claims, disclosed, complete: false })];
}

const VERDICTS = {
  valid: 'VALID',
  invalid: 'INVALID',
  suspended: 'SUSPENDED',
  revoked: 'REVOKED',
  expired: 'EXPIRED',
  'cannot-check': 'CANNOT_CHECK',
} as const;

function summary(verdict: PresentationVerdict, addresses: Addresses) {
  const { issuer, claims, credentialId, status, disclosedNames } = verdict;
  const issuerOds = issuer === undefined ? undefined : addresses.odsCodeOfIssuer(issuer);
  const type = verdict.type === undefined ? undefined : addresses.typeOfVct(verdict.type);
  const moment = (name: 'iat' | 'exp') => {
    const seconds = claims?.[name];
    return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : undefined;
  };
  const [issuedAt, expiresAt] = [moment('iat'), moment('exp')];
  return {
    ...(type === undefined || verdict.type === undefined ? {} : { type, vct: verdict.type }),
    ...(issuerOds === undefined ? {} : { issuerOds }),
    ...(credentialId === undefined ? {} : { credentialId }),
    ...(status === undefined ? {} : { statusAsOf: status.asOf.toISOString() }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    disclosed: [...disclosedNames],
  };
}

/** The type's claims and where they come from, and whose they are. Keys and numbers of the token stay out. */
function shownOf(
  { claims, holderThumbprint }: PresentationVerdict,
  recorded: CredentialRecord | undefined,
) {
  if (claims === undefined || holderThumbprint === undefined || recorded === undefined) {
    return undefined;
  }
  const { open, selective } = CREDENTIAL_TYPES[recorded.type];
  const names = new Set([...open, ...selective, 'nhs']);
  return {
    staffId: recorded.staffId,
    claims: Object.fromEntries(Object.entries(claims).filter(([name]) => names.has(name))),
  };
}

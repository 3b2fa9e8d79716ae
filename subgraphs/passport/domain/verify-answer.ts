/**
 * Checking what a wallet presented in answer to a request. A request allows one answer, whatever comes of it.
 *
 * Source: OpenID4VP 1.0, sections 8.6 and 14.2; draft-ietf-oauth-sd-jwt-vc, section 2.4.
 */
import {
  type Check,
  type PresentationRules,
  type PresentationVerdict,
  verifyPresentation,
} from '../../../standards/sd-jwt-vc/verify-presentation.ts';
import { typeMetadataFaults } from '../../../standards/sd-jwt-vc/check-type-metadata.ts';
import { parseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import type { Actor } from './actor.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialRecord } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { findIssuerKey } from './find-issuer-key.ts';
import { signedHash } from './identifiers.ts';
import type { Accreditations } from './ports/accreditations.ts';
import type { AccessLogRecord } from './ports/access-log.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore } from './ports/credentials.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { PresentationStore, StoredPresentation } from './ports/presentations.ts';
import { publishedDocuments, readPublishedDocument } from './published-documents.ts';
import { type Refusal, refused } from './user-error.ts';
import { wasAccredited } from './was-accredited.ts';
import type { StoredResult, VerificationResult } from './verification-result.ts';

/** A wallet's answer, as the verifier hands it in. */
export interface PresentationAnswer {
  readonly requestId: string;
  readonly presentation: string;
  readonly by: Actor;
  readonly purpose: string;
}

/** What checking needs. */
export interface VerifyingParts {
  readonly presentations: PresentationStore;
  readonly credentials: Pick<CredentialStore, 'find'>;
  readonly keys: Pick<IssuerKeys, 'find' | 'findCompromised' | 'anchors'>;
  readonly accreditations: Pick<Accreditations, 'find'>;
  readonly readStatus: NonNullable<PresentationRules['readStatus']>;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** Checks an answer, once. */
export async function verifyAnswer(
  answer: PresentationAnswer,
  parts: VerifyingParts,
): Promise<VerificationResult | Refusal> {
  const { presentations, addresses, now } = parts;
  const { odsCode } = answer.by;
  const request = await presentations.take(answer.requestId, odsCode, now());
  if (request === undefined) return whyNot(answer, parts);
  const verdict = await verifyPresentation(answer.presentation, {
    now: now(),
    acceptedTypes: new Set(addresses.vcts(request.type)),
    readTypeMetadata: readPublishedDocument(addresses),
    keyBinding: { audience: addresses.verifier(odsCode), nonce: request.nonce },
    readStatus: parts.readStatus,
    findIssuerKey: async (hint) => {
      const found = await findIssuerKey(hint, answer.presentation, parts);
      return found && { ...found, trusted: found.trusted && (await wasAccredited(hint, parts)) };
    },
  });
  const recorded = await recordOf(verdict, parts);
  const checks = [
    ...verdict.checks.map(shown),
    ...ownChecks(verdict, request, answer, recorded, addresses),
  ];
  const failedOurs =
    verdict.outcome === 'valid' && checks.some(({ outcome }) => outcome === 'FAILED');
  const result = shape(verdict, checks, failedOurs, parts);
  await presentations.conclude(request.id, result, disclosure(answer, verdict, recorded, now()));
  const claims = claimsShown(verdict, request);
  return claims === undefined ? result : { ...result, claims };
}

async function whyNot(
  { requestId, by }: PresentationAnswer,
  { presentations, now }: VerifyingParts,
): Promise<Refusal> {
  const request = await presentations.find(requestId);
  if (request?.odsCode !== by.odsCode) return refused('NOT_FOUND', 'requestId');
  const expired = request.answeredAt === undefined && request.expiresAt <= now();
  return refused(expired ? 'EXPIRED' : 'ALREADY_ANSWERED', 'requestId');
}

/** The issuer's own record of what was presented, once its signature has been proved. */
async function recordOf(
  { credentialId, claims }: PresentationVerdict,
  { credentials }: VerifyingParts,
): Promise<CredentialRecord | undefined> {
  if (claims === undefined || credentialId === undefined) return undefined;
  return credentials.find(credentialId);
}

type ShownCheck = StoredResult['checks'][number];

const OUTCOMES = { passed: 'PASSED', failed: 'FAILED', 'not-reached': 'NOT_REACHED' } as const;

const shown = ({ name, section, outcome, code }: Check): ShownCheck => ({
  name,
  section,
  outcome: OUTCOMES[outcome],
  ...(code === undefined ? {} : { code }),
});

/** Checks past those of the standards: the issuer's record agrees, and what was asked for is there. */
function ownChecks(
  verdict: PresentationVerdict,
  request: StoredPresentation,
  { presentation }: PresentationAnswer,
  recorded: CredentialRecord | undefined,
  addresses: Addresses,
): ShownCheck[] {
  const agrees =
    recorded !== undefined &&
    verdict.outcome === 'valid' &&
    recorded.signedHash === signedHash(parseSdJwt(presentation).jwt) &&
    recorded.holderThumbprint === verdict.holderThumbprint &&
    recorded.statusIndex === verdict.status?.index &&
    recorded.type === request.type;
  const complete = request.claims.every((name) => isShown(verdict.claims?.[name]));
  const [typeFault] = typeFaults(verdict, addresses);
  const reached = verdict.outcome === 'valid';
  const check = (name: string, section: string, holds: boolean, code: string): ShownCheck => {
    if (!reached) return { name, section, outcome: 'NOT_REACHED' };
    return holds
      ? { name, section, outcome: 'PASSED' }
      : { name, section, outcome: 'FAILED', code };
  };
  return [
    check('claims_of_type', 'SD-JWT VC, section 5', typeFault === undefined, typeFault ?? ''),
    check('issuer_record', 'Issuer’s record', agrees, 'credential_not_recorded'),
    check('claims_asked_for', 'OpenID4VP 1.0, section 8.6', complete, 'claims_not_disclosed'),
  ];
}

/** A list of which every element was kept back shows nothing. */
const isShown = (claim: unknown): boolean =>
  Array.isArray(claim) ? claim.length > 0 : claim !== undefined;

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

function shape(
  verdict: PresentationVerdict,
  checks: ShownCheck[],
  failedOurs: boolean,
  { addresses, now }: VerifyingParts,
): StoredResult {
  const issuerOds = verdict.issuer && addresses.odsCodeOfIssuer(verdict.issuer);
  const type = verdict.type === undefined ? undefined : addresses.typeOfVct(verdict.type);
  return {
    outcome: failedOurs ? 'INVALID' : VERDICTS[verdict.outcome],
    checkedAt: now().toISOString(),
    ...(verdict.status === undefined ? {} : { statusAsOf: verdict.status.asOf.toISOString() }),
    ...(issuerOds === undefined ? {} : { issuerOds }),
    ...(type === undefined ? {} : { type }),
    ...(verdict.credentialId === undefined ? {} : { credentialId: verdict.credentialId }),
    disclosed: [...verdict.disclosedNames],
    checks,
  };
}

/** What the verifier may see: the type's claims and where they come from. Keys and numbers of the token stay out. */
function claimsShown(
  { claims }: PresentationVerdict,
  { type }: StoredPresentation,
): Readonly<Record<string, unknown>> | undefined {
  if (claims === undefined) return undefined;
  const { open, selective } = CREDENTIAL_TYPES[type];
  const names = new Set([...open, ...selective, 'nhs']);
  return Object.fromEntries(Object.entries(claims).filter(([name]) => names.has(name)));
}

/** What the holder will find in the access log. */
function disclosure(
  { by, purpose }: PresentationAnswer,
  { claims, disclosedNames }: PresentationVerdict,
  recorded: CredentialRecord | undefined,
  at: Date,
): AccessLogRecord | undefined {
  if (claims === undefined || recorded === undefined) return undefined;
  const { open, selective } = CREDENTIAL_TYPES[recorded.type];
  return {
    staffId: recorded.staffId,
    at,
    actor: by.subject,
    actorName: by.name,
    actorOdsCode: by.odsCode,
    purpose,
    // In the type's order: that of the disclosures is random.
    fields: [...open, ...selective.filter((name) => disclosedNames.includes(name))],
    requestId: by.requestId,
  };
}

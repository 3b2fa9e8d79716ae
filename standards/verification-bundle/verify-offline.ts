/**
 * Checking a credential where there is no network, with nothing but a bundle and a clock.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 2.4; RFC 9901 (SD-JWT), section 7.3; VC-JOSE-COSE, section 3.1;
 * draft-ietf-oauth-status-list, section 8.3.
 */
import { splitCompactJws } from '../compact-jws.ts';
import { didWebOf } from '../did-web.ts';
import {
  type AccreditationFault,
  findAccreditedKey,
} from '../issuer-registry/find-accredited-key.ts';
import type { RegisteredIssuer } from '../issuer-registry/issuer-registry.ts';
import { typeMetadataFaults } from '../sd-jwt-vc/check-type-metadata.ts';
import { outcomeOf } from '../sd-jwt-vc/outcome.ts';
import {
  type IssuerKey,
  type KeyBindingRules,
  type PresentationOutcome,
  type PresentationVerdict,
  type StatusAnswer,
  type StatusReference,
  verifyPresentation,
} from '../sd-jwt-vc/verify-presentation.ts';
import { readTypeMetadata, type TypeMetadata } from '../sd-jwt-vc/type-metadata.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { verifyVcJwt, type VcJwtVerdict } from '../vc-jwt/verify-vc-jwt.ts';
import { readBundledStatus } from './bundled-status.ts';
import type { VerificationBundle } from './read-verification-bundle.ts';

/** What a presentation must satisfy. */
export interface OfflineRules {
  /** The moment of the check. */
  readonly now: Date;
  /**
   * What the holder must prove. A nonce is for one presentation: who made it sees to it that it is used once. Left out
   * only on purpose, and the answer says so; a credential in the form `vc+jwt` has no such proof in it.
   */
  readonly keyBinding: KeyBindingRules | 'not-required';
  /** The types (`vct`) that are taken; every type in the register unless given. */
  readonly acceptedTypes?: ReadonlySet<string>;
  /**
   * How old a status may be, in seconds; never more than the bundle says for this verifier (the audience of the key
   * binding), which is what counts unless told.
   */
  readonly statusMaxAgeSeconds?: number;
  /** How far clocks may differ, in seconds; 60 unless told. */
  readonly clockSkewSeconds?: number;
}

/** One check and how it went. */
export interface OfflineCheck {
  /** Which rule. */
  readonly name: string;
  /** The document and section that ask for it. */
  readonly section: string;
  /** How it went. */
  readonly outcome: 'passed' | 'failed' | 'not-reached';
  /** Why it failed; absent otherwise. */
  readonly code?: string;
}

/** What a verifier learns. */
export interface OfflineVerdict {
  /** Always: nobody was asked. */
  readonly offline: true;
  /** `valid` only when every check that applies has passed. */
  readonly outcome: PresentationOutcome;
  /** The code of what failed first; absent when the outcome is `valid`. */
  readonly reason?: string;
  /** The form that was checked. */
  readonly format: 'dc+sd-jwt' | 'vc+jwt';
  /** Whether the presenter proved that they are the holder: `checked` once it was asked for and the proof holds. */
  readonly keyBinding: 'checked' | 'failed' | 'not-checked';
  /** When the status that was read was signed; absent when none was read. */
  readonly statusAsOf?: Date;
  /** How long ago that was, in whole seconds. */
  readonly statusAgeSeconds?: number;
  /** How old it may be, in seconds. */
  readonly statusMaxAgeSeconds: number;
  /** When the bundle was signed. */
  readonly bundleIssuedAt: Date;
  /** The type, once the issuer's signature has been checked. */
  readonly type?: string;
  /** What people call the type. */
  readonly typeName?: string;
  /** The issuer, as the register names it, once its signature has been checked. */
  readonly issuer?: string;
  /** The issuer's ODS code. */
  readonly issuerOds?: string;
  /** When a valid credential expires. */
  readonly expiresAt?: Date;
  /** What the credential says, as far as it was shown; only when it is `valid`. Numbers of the token stay out. */
  readonly claims?: JsonObject;
  /** Every check, in one fixed order. */
  readonly checks: readonly OfflineCheck[];
}

/** Checks one presentation. It answers for every input and never throws. */
export async function verifyOffline(
  presentation: string,
  bundle: VerificationBundle,
  rules: OfflineRules,
): Promise<OfflineVerdict> {
  const format = isSdJwt(presentation) ? 'dc+sd-jwt' : 'vc+jwt';
  const { keyBinding } = rules;
  const longest = bundle.statusMaxAgeSeconds(
    keyBinding === 'not-required' ? undefined : keyBinding.audience,
  );
  const statusMaxAgeSeconds = Math.min(rules.statusMaxAgeSeconds ?? longest, longest);
  const frame = {
    offline: true,
    format,
    statusMaxAgeSeconds,
    bundleIssuedAt: bundle.issuedAt,
  } as const;
  const refused = (reason: string): OfflineVerdict => ({
    ...frame,
    outcome: reason === 'bundle_expired' ? 'cannot-check' : 'invalid',
    reason,
    keyBinding: keyBinding === 'not-required' ? 'not-checked' : 'failed',
    checks: [],
  });
  // A verifier may have held it for long.
  if (bundle.expiresAt <= rules.now) return refused('bundle_expired');
  if (format === 'vc+jwt' && keyBinding !== 'not-required') {
    return refused('key_binding_missing');
  }
  const question = { bundle, rules, statusMaxAgeSeconds };
  const found =
    format === 'vc+jwt'
      ? await askVcJwt(presentation, question)
      : await askSdJwt(presentation, question);
  const { outcome, checks, reason, statusAsOf, type, issuer } = found;
  const metadata = metadataOf(type, bundle);
  return {
    ...frame,
    outcome,
    keyBinding: found.keyBinding,
    checks,
    ...(reason === undefined ? {} : { reason }),
    ...(statusAsOf === undefined
      ? {}
      : { statusAsOf, statusAgeSeconds: secondsBetween(statusAsOf, rules.now) }),
    ...(type === undefined ? {} : { type }),
    ...(metadata?.name === undefined ? {} : { typeName: metadata.name }),
    ...(issuer === undefined ? {} : { issuer: issuer.issuer, issuerOds: issuer.ods }),
    ...(outcome === 'valid' ? { claims: claimsShown(found.claims, metadata) } : {}),
    ...(outcome === 'valid' && found.expiresAt !== undefined ? { expiresAt: found.expiresAt } : {}),
  };
}

interface Question {
  readonly bundle: VerificationBundle;
  readonly rules: OfflineRules;
  readonly statusMaxAgeSeconds: number;
}

interface Finding {
  readonly outcome: PresentationOutcome;
  readonly reason: string | undefined;
  readonly keyBinding: OfflineVerdict['keyBinding'];
  readonly checks: readonly OfflineCheck[];
  readonly type: string | undefined;
  readonly issuer: RegisteredIssuer | undefined;
  readonly statusAsOf: Date | undefined;
  readonly expiresAt: Date | undefined;
  readonly claims: JsonObject;
}

async function askSdJwt(presentation: string, question: Question): Promise<Finding> {
  const { bundle, rules } = question;
  const register = askRegister(question);
  const verdict = await verifyPresentation(presentation, {
    now: rules.now,
    keyBinding: rules.keyBinding,
    ...settings(rules),
    findIssuerKey: ({ issuer, vct, issuedAt, kid }) =>
      Promise.resolve(register.key({ issuer, vct, issuedAt, kid })),
    readStatus: register.status,
    readTypeMetadata: async (vct) => {
      const document = bundle.findType(vct);
      return Promise.resolve(
        document === undefined ? undefined : new TextEncoder().encode(document),
      );
    },
  });
  const proved = verdict.type !== undefined;
  const typeFault = verdict.outcome === 'valid' ? faultOfType(verdict, bundle) : undefined;
  const checks = [...verdict.checks, typeCheck(verdict, typeFault)];
  const bound = verdict.checks.find(({ name }) => name === 'kb_sd_hash')?.outcome === 'passed';
  return {
    outcome: typeFault === undefined ? verdict.outcome : outcomeOf(typeFault),
    reason: reasonOf(checks, register.fault()),
    keyBinding: rules.keyBinding === 'not-required' ? 'not-checked' : bound ? 'checked' : 'failed',
    checks,
    type: verdict.type,
    issuer: proved ? register.issuer() : undefined,
    statusAsOf: verdict.status?.asOf,
    expiresAt: expiryOf(verdict.claims),
    claims: verdict.claims ?? {},
  };
}

async function askVcJwt(jwt: string, question: Question): Promise<Finding> {
  const { rules, bundle } = question;
  const register = askRegister(question);
  const vct = typeIn(jwt);
  const accepted = rules.acceptedTypes === undefined || rules.acceptedTypes.has(vct ?? '');
  const verdict: VcJwtVerdict = await verifyVcJwt(jwt, {
    now: rules.now,
    ...(rules.clockSkewSeconds === undefined ? {} : { clockSkewSeconds: rules.clockSkewSeconds }),
    findIssuerKey: ({ issuer: did, issuedAt, kid = '' }) => {
      const issuer = bundle.registry.issuers.find((one) => didWebOf(one.issuer) === did)?.issuer;
      if (issuer === undefined || vct === undefined || !accepted) return Promise.resolve(undefined);
      return Promise.resolve(register.key({ issuer, vct, issuedAt, kid: kid.split('#')[1] }));
    },
    readStatus: register.status,
  });
  const { credential } = verdict;
  const subject = credential?.['credentialSubject'];
  const proved = verdict.issuer !== undefined;
  return {
    outcome: verdict.outcome,
    reason: reasonOf(verdict.checks, accepted ? register.fault() : 'vct_not_accepted'),
    keyBinding: 'not-checked',
    checks: verdict.checks,
    type: proved ? vct : undefined,
    issuer: proved ? register.issuer() : undefined,
    statusAsOf: verdict.status?.asOf,
    expiresAt: expiryOf(credential),
    claims: { ...(isJsonObject(subject) ? subject : {}), nhs: credential?.['nhs'] },
  };
}

const settings = ({ acceptedTypes, clockSkewSeconds }: OfflineRules) => ({
  ...(acceptedTypes === undefined ? {} : { acceptedTypes }),
  ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }),
});

/** What is asked of the register and the lists for one credential. */
function askRegister({ bundle, rules, statusMaxAgeSeconds }: Question) {
  let issuer: RegisteredIssuer | undefined;
  let fault: AccreditationFault | 'issued_at_missing' | undefined;
  return {
    key(asked: {
      readonly issuer: string;
      readonly vct: string;
      readonly issuedAt: Date | undefined;
      readonly kid: string | undefined;
    }): IssuerKey | undefined {
      const { issuedAt, kid = '', vct } = asked;
      if (issuedAt === undefined) {
        fault = 'issued_at_missing';
        return undefined;
      }
      const question = { issuer: asked.issuer, vct, issuedAt, kid, now: rules.now };
      const answer = findAccreditedKey(bundle.registry, question);
      if (answer.kind === 'refused') {
        fault = answer.fault;
        return undefined;
      }
      issuer = bundle.registry.issuers.find((one) => one.issuer === asked.issuer);
      return { key: answer.key, trusted: true };
    },
    status: async (reference: StatusReference): Promise<StatusAnswer> =>
      readBundledStatus(reference, bundle, {
        issuer: issuer?.issuer ?? '',
        now: rules.now,
        maxAgeSeconds: statusMaxAgeSeconds,
      }),
    issuer: () => issuer,
    fault: () => fault,
  };
}

/** What the register says is more precise than that it names no key. */
function reasonOf(
  checks: readonly OfflineCheck[],
  registerFault: string | undefined,
): string | undefined {
  const code = checks.find(({ outcome }) => outcome === 'failed')?.code;
  return code === 'issuer_key_unknown' ? (registerFault ?? code) : code;
}

/** How the credential differs from what is published about its type. */
function faultOfType(
  { type, claims = {}, disclosedNames }: PresentationVerdict,
  bundle: VerificationBundle,
): string | undefined {
  const metadata = metadataOf(type, bundle);
  if (metadata === undefined) return 'type_metadata_unavailable';
  const disclosed = disclosedNames.map((name) =>
    name.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  );
  const [fault] = typeMetadataFaults(metadata, { claims, disclosed, complete: false });
  return fault;
}

function typeCheck({ outcome }: PresentationVerdict, fault: string | undefined): OfflineCheck {
  const named = { name: 'claims_of_type', section: 'SD-JWT VC, section 5' } as const;
  if (outcome !== 'valid') return { ...named, outcome: 'not-reached' };
  return fault === undefined
    ? { ...named, outcome: 'passed' }
    : { ...named, outcome: 'failed', code: fault };
}

function metadataOf(
  type: string | undefined,
  bundle: Pick<VerificationBundle, 'findType'>,
): TypeMetadata | undefined {
  if (type === undefined) return undefined;
  try {
    const document = bundle.findType(type);
    if (document === undefined) return undefined;
    return readTypeMetadata(new TextEncoder().encode(document));
  } catch {
    return undefined;
  }
}

/** The claims that the type knows. Without metadata nobody can say which of them are numbers of the token. */
function claimsShown(claims: JsonObject, metadata: TypeMetadata | undefined): JsonObject {
  const names = new Set((metadata?.claims ?? []).map(({ path }) => path[0]));
  return Object.fromEntries(
    Object.entries(claims).filter(([name, value]) => names.has(name) && value !== undefined),
  );
}

/** The `vct` that a credential in the form `vc+jwt` carries beside the names of the data model. Not to be believed yet. */
function typeIn(jwt: string): string | undefined {
  try {
    const { vct } = splitCompactJws(jwt).payload;
    return typeof vct === 'string' ? vct : undefined;
  } catch {
    return undefined;
  }
}

function expiryOf(claims: JsonObject | undefined): Date | undefined {
  const exp = claims?.['exp'];
  return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
}

/** Compact with tildes, or JSON. */
const isSdJwt = (presentation: string): boolean =>
  presentation.includes('~') || presentation.startsWith('{');

const secondsBetween = (earlier: Date, later: Date): number =>
  Math.max(0, Math.floor((later.getTime() - earlier.getTime()) / 1000));

/**
 * Checking a credential that a holder presents.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 2.4; RFC 9901 (SD-JWT), sections 7.1 and 7.3;
 * draft-ietf-oauth-status-list, section 8.3.
 */
import { parseSdJwt, type ParsedSdJwt } from '../sd-jwt/serialisation.ts';
import { StandardError } from '../standard-error.ts';
import { type JsonObject } from '../strict-json.ts';
import { CheckFailed, type Checklist, createChecklist } from './checks.ts';
import { outcomeOf } from './outcome.ts';
import {
  type PresentationOutcome,
  type PresentationRules,
  type PresentationVerdict,
} from './presentation-rules.ts';
import { verifyClaims, verifyIntegrity } from './verify-claims.ts';
import { verifyIssuerJwt } from './verify-issuer-jwt.ts';
import { verifyKeyBinding } from './verify-key-binding.ts';
import { verifyStatus } from './verify-status.ts';
import { verifyAudience, verifyTimes } from './verify-validity.ts';

export type { Check, CheckName } from './checks.ts';
export type {
  IssuerKey,
  IssuerKeyHint,
  KeyBindingRules,
  PresentationOutcome,
  PresentationRules,
  PresentationVerdict,
  ReadStatus,
  StatusAnswer,
  StatusReference,
} from './presentation-rules.ts';

/** What has been proved so far. */
type Findings = {
  -readonly [Name in keyof PresentationVerdict]?: PresentationVerdict[Name];
};

/**
 * Verifies a presentation against a verifier's rules. It answers for every input and never throws:
 * when `findIssuerKey` or another of the rules' own functions fails, the answer is `cannot-check`.
 *
 * @param presentation an SD-JWT VC, with or without key binding, compact or JWS JSON
 */
export async function verifyPresentation(
  presentation: string,
  rules: PresentationRules,
): Promise<PresentationVerdict> {
  const checklist = createChecklist();
  const found: Findings = {};
  let outcome: PresentationOutcome = 'valid';
  try {
    await verifyAll(presentation, rules, checklist, found);
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    outcome = outcomeOf(error.code);
  }
  return { disclosedNames: [], ...found, outcome, checks: checklist.list() };
}

async function verifyAll(
  presentation: string,
  rules: PresentationRules,
  checklist: Checklist,
  found: Findings,
): Promise<void> {
  const seconds = rules.now.getTime() / 1000;
  const skew = rules.clockSkewSeconds ?? 60;
  const parsed = parse(presentation, checklist);
  const credential = await verifyIssuerJwt(parsed.jwt, rules, checklist);
  found.issuer = credential.issuer;
  found.type = credential.vct;

  const { claims, disclosedNames } = verifyClaims(
    { payload: credential.payload, disclosures: parsed.disclosures, vct: credential.vct },
    checklist,
  );
  await verifyIntegrity(claims, credential.vct, rules, checklist);
  found.claims = claims;
  found.disclosedNames = disclosedNames;
  const id = identifierOf(claims);
  if (id !== undefined) found.credentialId = id;

  const { findQueryFault, keyBinding } = rules;
  checklist.check('query_match', findQueryFault?.({ vct: credential.vct, claims }));
  const verifier = keyBinding === 'not-required' ? undefined : keyBinding.audience;
  verifyAudience(claims, verifier, checklist);
  if (keyBinding !== 'not-required') {
    const { payload } = credential;
    found.holderThumbprint = verifyKeyBinding(
      { parsed, payload, rules: keyBinding, seconds, skew },
      checklist,
    );
  }
  verifyTimes(claims, seconds, skew, checklist);
  await verifyStatus(claims, rules, checklist, (read) => {
    found.status = read;
  });
}

function parse(presentation: string, { check }: Checklist): ParsedSdJwt {
  try {
    const parsed = parseSdJwt(presentation);
    check('presentation_size', undefined);
    check('presentation_form', undefined);
    return parsed;
  } catch (error) {
    if (!(error instanceof StandardError)) throw error;
    const { code } = error;
    const tooLarge = code === 'sd_jwt_too_long' || code === 'sd_jwt_too_many_disclosures';
    check('presentation_size', tooLarge ? code : undefined);
    check('presentation_form', code);
    throw error;
  }
}

function identifierOf({ jti }: JsonObject): string | undefined {
  return typeof jti === 'string' ? jti : undefined;
}

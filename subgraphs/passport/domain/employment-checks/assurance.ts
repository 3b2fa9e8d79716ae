/** How sure an issuer was of who somebody is (Good Practice Guide 45). */
import { CONFIDENCE_LEVELS, type PolicyContent } from '../policy.ts';
import { GPG45 } from '../provenance.ts';
import type { Evidence } from './evidence.ts';

/** Confidence by the letter that a profile such as `M1A` begins with. */
const BY_LETTER: Readonly<Record<string, (typeof CONFIDENCE_LEVELS)[number]>> = {
  L: 'LOW',
  M: 'MEDIUM',
  H: 'HIGH',
  V: 'VERY_HIGH',
};

/**
 * Tells whether the evidence is as sure as the policy demands. What was checked under the NHS Employment Check Standards
 * was checked by an employer in person, and has no profile.
 */
export function isSureEnough(
  { provenance }: Evidence,
  { identity }: Pick<PolicyContent, 'identity'>,
): boolean {
  if (provenance?.assurance_policy !== GPG45) return true;
  const confidence = BY_LETTER[provenance.assurance_outcome?.[0] ?? ''];
  return (
    confidence !== undefined &&
    CONFIDENCE_LEVELS.indexOf(confidence) >= CONFIDENCE_LEVELS.indexOf(identity.minimumConfidence)
  );
}

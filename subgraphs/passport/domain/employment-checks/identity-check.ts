/** Who the person is. The employer sees the original documents in person as well, by the first day at the latest. */
import { isSureEnough } from './assurance.ts';
import type { CheckRules, Evidence } from './evidence.ts';
import { type Finding, finding } from './outcome.ts';
import { examineAll } from './standing.ts';

const NEEDED = ['given_name', 'family_name', 'birthdate'];

/** Checks the identity. */
export const checkIdentity = (evidence: readonly Evidence[], rules: CheckRules): Finding =>
  examineAll(
    evidence.filter(({ type }) => type === 'IDENTITY'),
    rules,
    (claims, one) => {
      if (NEEDED.some((name) => claims[name] === undefined)) {
        return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      }
      return isSureEnough(one, rules.policy)
        ? finding('PASS')
        : finding('NEEDS_LOCAL_CHECK', 'ASSURANCE_TOO_LOW');
    },
  );

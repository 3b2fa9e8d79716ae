/**
 * What the criminal record check says. It counts when it comes from a certificate that this employer received itself, and
 * for doctors in training from one that another employer received. Whatever else there is needs a person to look at it: a
 * check carried over from another employer, one from the Update Service, and a certificate that discloses something.
 */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import { addDays, addMonths } from '../day.ts';
import { DBS_LEVELS } from '../policy.ts';
import type { CheckRules, Evidence } from './evidence.ts';
import { type Finding, finding } from './outcome.ts';
import { examineAll, examineOne } from './standing.ts';

const shown = z.object({
  certificate_source: z.string(),
  certificate_issued_on: day,
  level: z.enum(DBS_LEVELS),
  workforce: z.string(),
  information_disclosed: z.boolean(),
});

/** Checks the criminal record. */
export function checkCriminalRecord(evidence: readonly Evidence[], rules: CheckRules): Finding {
  const outcomes = evidence.filter(({ type }) => type === 'DBS_OUTCOME');
  if (outcomes.length === 0) {
    const supporting = evidence.filter(({ type }) => type === 'DBS_SUPPORTING_INFORMATION');
    return examineAll(supporting, rules, () =>
      finding('NEEDS_LOCAL_CHECK', 'ONLY_SUPPORTING_INFORMATION'),
    );
  }
  const training = isInTraining(evidence, rules);
  return examineAll(outcomes, rules, (claims, one) => {
    const read = shown.safeParse(claims);
    if (!read.success) return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
    return judge(read.data, one, training, rules);
  });
}

/** Whether NHS England says, with a credential that counts, that the person is a doctor in training. */
const isInTraining = (evidence: readonly Evidence[], rules: CheckRules): boolean =>
  evidence
    .filter(({ type }) => type === 'TRAINING_PROGRAMME' || type === 'TRAINING_PLACEMENT')
    .some((one) => examineOne(one, rules, () => finding('PASS')).outcome === 'PASS');

function judge(
  certificate: z.infer<typeof shown>,
  { issuerOds, provenance }: Evidence,
  training: boolean,
  { policy, odsCode, today }: CheckRules,
): Finding {
  const demanded = policy.criminalRecord;
  const lastDay = addDays(addMonths(certificate.certificate_issued_on, 12 * demanded.years), -1);
  const local = (...reasons: Finding['reasons']): Finding => ({
    ...finding('NEEDS_LOCAL_CHECK', ...reasons),
    endsOn: lastDay,
  });
  if (lastDay < today) {
    return { ...finding('EXPIRED', 'DBS_CERTIFICATE_TOO_OLD'), endsOn: lastDay };
  }
  // The Update Service is a look at a record; a certificate is a document.
  if (
    certificate.certificate_source !== 'FRESH_CERTIFICATE' ||
    provenance?.verification_method === 'Record Verification'
  ) {
    return local('DBS_NOT_FROM_FRESH_CERTIFICATE');
  }
  const own = issuerOds === odsCode;
  if (!own && !(demanded.portableInTraining && training)) return local('DBS_PORTED');
  if (DBS_LEVELS.indexOf(certificate.level) < DBS_LEVELS.indexOf(demanded.level)) {
    return local('DBS_LEVEL_TOO_LOW');
  }
  if (!covers(certificate.workforce, demanded.workforce)) return local('DBS_OTHER_WORKFORCE');
  if (certificate.information_disclosed) return local('DBS_DISCLOSES_INFORMATION');
  return { ...finding('PASS'), endsOn: lastDay };
}

const covers = (held: string, demanded: string | undefined): boolean =>
  demanded === undefined || held === demanded || held === 'ADULT_AND_CHILD';

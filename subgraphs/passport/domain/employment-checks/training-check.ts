/** Which training counts here: an award and the receiver's own renewal period. When the awarder wants it renewed does not matter. */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import { addMonths } from '../day.ts';
import type { TrainingDemand } from '../policy.ts';
import type { CheckRules, Evidence } from './evidence.ts';
import { type Finding, finding } from './outcome.ts';
import { examineOne } from './standing.ts';

/** One kind of training that is asked for, and how it stands. */
export interface TrainingResult extends Finding {
  readonly demand: TrainingDemand;
  /** The latest award that was looked at, `YYYY-MM-DD`. */
  readonly awardedOn?: string;
}

const award = z.object({
  cstf_subject: z.string().optional(),
  level: z.string().optional(),
  awarded_on: day,
});
type Award = z.infer<typeof award>;

/** Checks every kind of training that the policy asks for. */
export function checkTraining(
  evidence: readonly Evidence[],
  rules: CheckRules,
): readonly TrainingResult[] {
  const awards: Award[] = [];
  const faults: Finding[] = [];
  for (const one of evidence.filter(({ type }) => type === 'CORE_SKILLS_TRAINING')) {
    const read = examineOne(one, rules, ({ competences }) => {
      const listed = z.array(z.unknown()).safeParse(competences);
      if (!listed.success) return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      awards.push(...listed.data.flatMap((shown) => award.safeParse(shown).data ?? []));
      return finding('PASS');
    });
    if (read.outcome !== 'PASS') faults.push(read);
  }
  return rules.policy.training.map((demand) => ({
    demand,
    ...standing(demand, awards, faults[0], rules),
  }));
}

function standing(
  { subject, level: demanded, renewalMonths }: TrainingDemand,
  awards: readonly Award[],
  fault: Finding | undefined,
  { today }: CheckRules,
): Omit<TrainingResult, 'demand'> {
  // What lies in the future has not happened.
  const ofSubject = awards.filter((one) => one.cstf_subject === subject && one.awarded_on <= today);
  const highEnough = ofSubject.filter((one) => levelOf(one) >= (demanded ?? 0));
  const latest = highEnough.reduce<Award | undefined>(
    (one, other) => (one !== undefined && one.awarded_on >= other.awarded_on ? one : other),
    undefined,
  );
  if (latest === undefined) {
    if (ofSubject.length > 0) return finding('NOT_PRESENTED', 'LEVEL_TOO_LOW');
    return fault ?? finding('NOT_PRESENTED', 'NOTHING_PRESENTED');
  }
  const endsOn = addMonths(latest.awarded_on, renewalMonths);
  const found = endsOn < today ? finding('EXPIRED', 'RENEWAL_DUE') : finding('PASS');
  return { ...found, awardedOn: latest.awarded_on, endsOn };
}

/** Levels are numbers, with letters behind some; training without one counts as the lowest. */
const levelOf = ({ level: written }: Award): number => Number(/\d+/.exec(written ?? '')?.[0] ?? 1);

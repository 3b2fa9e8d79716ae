/**
 * Subjects of the Core Skills Training Framework, by the names that training records give them.
 *
 * Source: Core Skills Training Framework, eleven subjects; the Oliver McGowan training beside them.
 */

/** Every subject's code with what its names have in common, in the order in which they are tried. */
const SUBJECTS = [
  ['CONFLICT_RESOLUTION', /conflict resolution/],
  ['EQUALITY_DIVERSITY_AND_HUMAN_RIGHTS', /equality.*diversity/],
  ['FIRE_SAFETY', /fire safety/],
  ['HEALTH_SAFETY_AND_WELFARE', /health.*safety.*welfare/],
  ['INFECTION_PREVENTION_AND_CONTROL', /infection prevention/],
  ['INFORMATION_GOVERNANCE_AND_DATA_SECURITY', /information governance|data security/],
  ['MOVING_AND_HANDLING', /moving (?:and|&) handling/],
  ['PREVENTING_RADICALISATION', /radicali[sz]ation|\bprevent\b/],
  ['RESUSCITATION', /resuscitation|life support/],
  ['SAFEGUARDING_ADULTS', /safeguarding adults/],
  ['SAFEGUARDING_CHILDREN', /safeguarding children/],
  ['OLIVER_MCGOWAN', /oliver mcgowan/],
] as const;

/** The code of a subject. */
export type CstfSubject = (typeof SUBJECTS)[number][0];

/** The codes of all subjects. */
export const CSTF_SUBJECTS: readonly CstfSubject[] = SUBJECTS.map(([code]) => code);

/** Finds the subject that a training record names; `undefined` when it is none of the framework's. */
export function findCstfSubject(name: string): CstfSubject | undefined {
  const plain = name.toLowerCase();
  return SUBJECTS.find(([, pattern]) => pattern.test(plain))?.[0];
}

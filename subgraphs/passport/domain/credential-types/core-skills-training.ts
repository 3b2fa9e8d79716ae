/**
 * Training that the issuing organisation awarded, shown course by course. A receiving organisation applies its own
 * renewal periods.
 */
import { z } from 'zod';

import { day, text } from '../claim-shapes.ts';
import { defineCredentialType, listClaim } from '../credential-type.ts';
import { CSTF_SUBJECTS, findCstfSubject } from '../cstf-subjects.ts';
import type { Competence } from '../verified-record.ts';

/** Most courses on one credential: each takes a disclosure, and a presentation may have a hundred. */
const MOST = 80;

/** The training credential. */
export const coreSkillsTraining = defineCredentialType({
  type: 'CORE_SKILLS_TRAINING',
  id: 'core-skills-training',
  name: 'Core skills training',
  description:
    'Training awarded to the holder. A receiving organisation applies its own renewal periods',
  version: 1,
  claims: {
    competences: listClaim(
      { label: 'Training', most: MOST },
      {
        label: 'Course',
        members: {
          framework: { label: 'Framework', schema: z.enum(['CSTF', 'LOCAL']) },
          subject: { label: 'Subject', schema: text() },
          cstf_subject: { label: 'CSTF subject', schema: z.enum(CSTF_SUBJECTS).optional() },
          level: { label: 'Level', schema: text(20).optional() },
          awarded_on: { label: 'Awarded on', schema: day },
          expires_on: { label: 'Renewal due, by the awarder’s rule', schema: day.optional() },
        },
      },
    ),
  },
  lifetimeDays: 90,
  issuedBy: 'EMPLOYER',
  matter: {
    from: 'record',
    claims: ({ competences }) =>
      competences.length === 0
        ? undefined
        : { competences: newestFirst(competences).slice(0, MOST).map(written) },
  },
  provenance: {
    usual: { assurance_policy: 'CSTF', assurance_outcome: 'CSTF applied' },
    demanded: {
      assurance_policy: z.literal('CSTF'),
      assurance_outcome: z.literal('CSTF applied'),
    },
  },
});

/** One award of a course on a day: the receiving systems refuse a second one. */
function newestFirst(competences: readonly Competence[]): readonly Competence[] {
  const awards = new Map(
    competences.map((one) => [
      [one.framework, one.subject, one.level ?? '', one.awardedOn].join('\n'),
      one,
    ]),
  );
  return [...awards.values()].sort((one, other) => other.awardedOn.localeCompare(one.awardedOn));
}

function written(one: Competence): Readonly<Record<string, unknown>> {
  const members = {
    framework: one.framework,
    subject: one.subject,
    cstf_subject: one.framework === 'CSTF' ? findCstfSubject(one.subject) : undefined,
    level: one.level,
    awarded_on: one.awardedOn,
    expires_on: one.expiresOn,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

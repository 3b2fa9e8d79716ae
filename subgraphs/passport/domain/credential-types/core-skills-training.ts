/** Training that the issuing organisation awarded. A receiving organisation applies its own renewal periods. */
import { z } from 'zod';

import type { CredentialTypeRules } from './credential-type.ts';

const text = z.string().min(1).max(200);
const claims = z.strictObject({
  competences: z
    .array(
      z.strictObject({
        framework: z.enum(['CSTF', 'LOCAL']),
        subject: text,
        level: text.optional(),
        awarded_on: z.iso.date(),
        expires_on: z.iso.date().optional(),
      }),
    )
    .min(1)
    .max(100),
});

/** Rules of the training credential. */
export const coreSkillsTrainingCredential: CredentialTypeRules = {
  type: 'CORE_SKILLS_TRAINING',
  id: 'core-skills-training',
  lifetimeDays: 90,
  open: [],
  selective: ['competences'],
  claims,
  claimsFrom: ({ competences }) =>
    competences.length === 0
      ? undefined
      : {
          competences: competences.slice(0, 100).map((one) => ({
            framework: one.framework,
            subject: one.subject,
            ...(one.level === undefined ? {} : { level: one.level }),
            awarded_on: one.awardedOn,
            ...(one.expiresOn === undefined ? {} : { expires_on: one.expiresOn }),
          })),
        },
  provenance: () => ({
    assurance_policy: 'CSTF',
    assurance_outcome: 'CSTF applied',
  }),
};

/**
 * What a trust demands of whoever starts there: its policy for employment checks. There is one for the trust, and may be
 * one for each staff group.
 */
import { z } from 'zod';

import { credentialType } from './credential.ts';
import { CSTF_SUBJECTS } from './cstf-subjects.ts';
import type { StaffGroup } from './staff-groups.ts';

/** Checks that a post may do without. Who somebody is and whether they may work here is checked of everybody. */
export const waivableCheck = z.enum([
  'PROFESSIONAL_REGISTRATION',
  'EMPLOYMENT_HISTORY',
  'CRIMINAL_RECORD',
  'WORK_HEALTH',
]);

/** Levels of a DBS check, the lowest first. */
export const DBS_LEVELS = ['BASIC', 'STANDARD', 'ENHANCED', 'ENHANCED_WITH_BARRED_LISTS'] as const;

/** Levels of confidence of Good Practice Guide 45, the lowest first. */
export const CONFIDENCE_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'] as const;

/** One kind of training that is asked for. */
export const trainingDemand = z.strictObject({
  subject: z.enum(CSTF_SUBJECTS),
  /** The lowest level that will do; any when there is none. */
  level: z.int().min(1).max(9).optional(),
  /** How long an award counts here, in months, whatever the awarder says. */
  renewalMonths: z.int().min(1).max(120),
});

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** What a policy says. Written strictly: a word that is not known is refused. */
export const policyContent = z.strictObject({
  /** Checks that are not asked for. */
  notApplicable: z.array(waivableCheck).refine(distinct, { error: 'is given twice' }),
  /** Kinds of credential that have to be presented. */
  requiredTypes: z.array(credentialType).refine(distinct, { error: 'is given twice' }),
  status: z.strictObject({
    /** How old a status may be when it is asked for over the network, in seconds. */
    onlineMaxAgeSeconds: z.int().min(60).max(86_400),
    /** How old it may be away from the network, in seconds. */
    offlineMaxAgeSeconds: z
      .int()
      .min(60)
      .max(7 * 86_400),
  }),
  identity: z.strictObject({
    /** The least confidence that a check under Good Practice Guide 45 must have had. */
    minimumConfidence: z.enum(CONFIDENCE_LEVELS),
  }),
  registration: z.strictObject({
    /** Whether the register, as the staff record last read it, counts beside the credential. */
    readRecord: z.boolean(),
    /** How long ago the register may have been read, in hours. */
    readWithinHours: z
      .int()
      .min(1)
      .max(24 * 31),
    /** The same for HCPC, which is read less often. */
    hcpcReadWithinHours: z
      .int()
      .min(1)
      .max(24 * 31),
  }),
  history: z.strictObject({
    /** How far back employment has to be shown. */
    months: z.int().min(0).max(120),
    /** The longest time in between that needs no explanation. */
    gapDays: z.int().min(0).max(366),
  }),
  criminalRecord: z.strictObject({
    level: z.enum(DBS_LEVELS),
    /** The workforce that the certificate must name; any when there is none. */
    workforce: z.enum(['ADULT', 'CHILD', 'ADULT_AND_CHILD']).optional(),
    /** How many years a certificate counts. */
    years: z.int().min(1).max(3),
    /** Whether another employer's fresh certificate counts for a doctor in training. For nobody else does it. */
    portableInTraining: z.boolean(),
  }),
  workHealth: z.strictObject({
    /** Whether the post includes exposure prone procedures. */
    exposureProneProcedures: z.boolean(),
  }),
  training: z
    .array(trainingDemand)
    // A person reads all of a policy on one page before they confirm it.
    .max(25)
    .refine(
      (demands) => distinct(demands.map(({ subject, level }) => `${subject} ${String(level)}`)),
      {
        error: 'is given twice',
      },
    ),
});

/** What a policy says. */
export type PolicyContent = z.infer<typeof policyContent>;
/** One kind of training that is asked for. */
export type TrainingDemand = z.infer<typeof trainingDemand>;

/** Where one version of a policy stands. */
export const policyState = z.enum(['DRAFT', 'IN_FORCE', 'REPLACED']);

/** One version of a policy. What it says never changes. */
export interface CheckPolicy {
  readonly id: string;
  readonly odsCode: string;
  /** The staff group that it is for; everybody without a policy of their own when there is none. */
  readonly staffGroup?: StaffGroup;
  /** Rises by one with every version of the trust's policy for the group. 0 is what holds where there is none. */
  readonly version: number;
  readonly state: z.infer<typeof policyState>;
  readonly content: PolicyContent;
  readonly createdAt?: Date;
  /** Who made it. */
  readonly createdBy?: string;
  readonly inForceFrom?: Date;
  readonly replacedAt?: Date;
  /** The trust whose blueprint it was copied from. */
  readonly copiedFrom?: string;
}

/**
 * What holds where a trust has said nothing. Renewal periods are those that are most common where the sources agree;
 * where they do not, the shorter one.
 */
export const DEFAULT_POLICY: PolicyContent = {
  notApplicable: [],
  requiredTypes: [],
  status: { onlineMaxAgeSeconds: 15 * 60, offlineMaxAgeSeconds: 24 * 3_600 },
  identity: { minimumConfidence: 'MEDIUM' },
  registration: { readRecord: true, readWithinHours: 24, hcpcReadWithinHours: 7 * 24 },
  history: { months: 36, gapDays: 28 },
  criminalRecord: { level: 'ENHANCED', years: 3, portableInTraining: true },
  workHealth: { exposureProneProcedures: false },
  training: [
    { subject: 'CONFLICT_RESOLUTION', renewalMonths: 36 },
    { subject: 'EQUALITY_DIVERSITY_AND_HUMAN_RIGHTS', renewalMonths: 36 },
    { subject: 'FIRE_SAFETY', renewalMonths: 24 },
    { subject: 'HEALTH_SAFETY_AND_WELFARE', renewalMonths: 36 },
    { subject: 'INFECTION_PREVENTION_AND_CONTROL', level: 1, renewalMonths: 36 },
    { subject: 'INFECTION_PREVENTION_AND_CONTROL', level: 2, renewalMonths: 12 },
    { subject: 'INFORMATION_GOVERNANCE_AND_DATA_SECURITY', renewalMonths: 12 },
    { subject: 'MOVING_AND_HANDLING', level: 1, renewalMonths: 36 },
    { subject: 'MOVING_AND_HANDLING', level: 2, renewalMonths: 24 },
    { subject: 'PREVENTING_RADICALISATION', renewalMonths: 36 },
    { subject: 'RESUSCITATION', renewalMonths: 12 },
    { subject: 'SAFEGUARDING_ADULTS', renewalMonths: 36 },
    { subject: 'SAFEGUARDING_CHILDREN', renewalMonths: 36 },
  ],
};

/** Version 0 of a trust's policy: the one nobody wrote. */
export const defaultPolicy = (odsCode: string): CheckPolicy => ({
  id: `pol_default-${odsCode}`,
  odsCode,
  version: 0,
  state: 'IN_FORCE',
  content: DEFAULT_POLICY,
});

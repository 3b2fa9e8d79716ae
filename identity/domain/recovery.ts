/**
 * Replacing the second factors of somebody who has lost theirs. One person asks, another approves, and neither is the
 * person: then there is a setup code to hand over. When it is used, the earlier authenticators are removed and all
 * sessions end.
 */
import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import type { SetupCodeStore } from './authenticator-ports.ts';
import type { AccountStore, StaffRecords } from './ports.ts';
import type { Recovery, RecoveryStore } from './recovery-ports.ts';
import { issueSetupCode, SETUP_CODE_SECONDS } from './setup-codes.ts';

/** How long a recovery waits for a second person, in seconds. */
const RECOVERY_SECONDS = 86_400;
/** Recoveries that wait at one organisation at a time. */
const MAX_WAITING = 100;

/** What is asked for. */
export const requestRecoveryInput = z.strictObject({ mail: z.email().max(254).toLowerCase() });

/** Who asks or approves. */
export interface RecoveryActor {
  /** A staff id, or `operator:` and a name. */
  readonly name: string;
  readonly odsCode: string;
}

/** Why nothing was done. The codes are never renamed. */
export type RecoveryRefusal =
  /** Nobody of this address has signed in before and works for the organisation. */
  | 'person_not_found'
  | 'recovery_for_oneself'
  | 'second_person_required'
  | 'recovery_not_found'
  /** It was approved, or waited for too long. */
  | 'recovery_not_waiting'
  | 'too_many_waiting';

/** What came of it. */
export type RecoveryOutcome =
  | { readonly kind: 'asked'; readonly recovery: Recovery }
  | {
      readonly kind: 'approved';
      readonly recovery: Recovery;
      /** Shown once, to be handed over in person. */
      readonly setupCode: string;
      readonly setupCodeSeconds: number;
    }
  | { readonly kind: 'refused'; readonly code: RecoveryRefusal };

/** What is done about recoveries. */
export interface Recoveries {
  readonly request: (
    input: z.infer<typeof requestRecoveryInput>,
    by: RecoveryActor,
  ) => Promise<RecoveryOutcome>;
  readonly approve: (recoveryId: string, by: RecoveryActor) => Promise<RecoveryOutcome>;
  /** The latest, newest first. */
  readonly list: (by: RecoveryActor) => Promise<readonly Recovery[]>;
}

/** What recoveries need. */
export interface RecoveryParts {
  readonly recoveries: RecoveryStore;
  readonly setupCodes: SetupCodeStore;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly records: Pick<StaffRecords, 'findEmployment'>;
  readonly now: () => Date;
}

const refused = (code: RecoveryRefusal): RecoveryOutcome => ({ kind: 'refused', code });

/** Creates the functions. */
export function recoveries(parts: RecoveryParts): Recoveries {
  const { recoveries: store, now } = parts;
  return {
    request: async ({ mail }, by) => {
      const employment = await parts.records.findEmployment(mail);
      const account = employment && (await parts.accounts.find(employment.staffId));
      if (account === undefined || employment?.odsCodes.includes(by.odsCode) !== true) {
        return refused('person_not_found');
      }
      const { staffId } = account;
      if (staffId === by.name) return refused('recovery_for_oneself');
      const at = now();
      const waiting = (await store.latest(by.odsCode, MAX_WAITING)).filter(
        ({ approvedAt, expiresAt }) => approvedAt === undefined && expiresAt > at,
      );
      if (waiting.length >= MAX_WAITING) return refused('too_many_waiting');
      const recovery: Recovery = {
        recoveryId: `rec_${randomBytes(16).toString('base64url')}`,
        staffId,
        odsCode: by.odsCode,
        requestedBy: by.name,
        requestedAt: at,
        expiresAt: new Date(at.getTime() + RECOVERY_SECONDS * 1000),
      };
      await store.add(recovery);
      return { kind: 'asked', recovery };
    },
    approve: async (recoveryId, by) => {
      const found = await store.find(recoveryId);
      const account = found && (await parts.accounts.find(found.staffId));
      if (account === undefined || found?.odsCode !== by.odsCode) {
        return refused('recovery_not_found');
      }
      if (found.staffId === by.name) return refused('recovery_for_oneself');
      if (found.requestedBy === by.name) return refused('second_person_required');
      if (!(await store.approve(recoveryId, by.name))) return refused('recovery_not_waiting');
      const about = { mail: account.mail, createdBy: by.name, recoveryId };
      return {
        kind: 'approved',
        recovery: { ...found, approvedBy: by.name, approvedAt: now() },
        setupCode: await issueSetupCode(about, parts),
        setupCodeSeconds: SETUP_CODE_SECONDS,
      };
    },
    list: ({ odsCode }) => store.latest(odsCode, MAX_WAITING),
  };
}

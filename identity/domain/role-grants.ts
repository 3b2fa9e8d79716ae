/**
 * Giving people roles. One person asks, a second one approves, and neither is the person it is for; both act for the
 * organisation. The database holds the same rule.
 */
import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import type { StaffRecords } from './ports.ts';
import type { Revoke } from './revocation.ts';
import { type RoleGrants, type RoleGrantState, type StoredRoleGrant } from './role-ports.ts';
import { grantedRole } from './roles.ts';

/** Longest time for which a role is given, and the time when none is said, in days. */
const MAX_DAYS = 366;
const USUAL_DAYS = 365;
const DAY_MS = 86_400_000;
/** Most requests of one organisation that wait at the same time. */
const MAX_WAITING = 200;

/** Who does something with a grant. */
export interface RoleActor {
  /** A staff id, or `operator:` and a name. */
  readonly name: string;
  /** The organisation that the person acts for; an operator acts for all. */
  readonly odsCode?: string | undefined;
}

/** The name of an operator, as grants keep it. It never equals a staff id. */
export const operatorActor = (name: string): RoleActor => ({ name: `operator:${name}` });

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => {
  return new Date(text);
});

/** What is asked for. */
export const requestRoleInput = z.strictObject({
  mail: z.email().max(254).toLowerCase(),
  role: grantedRole,
  odsCode: z.string().regex(/^[A-Z0-9]{3,10}$/, 'must be an ODS code, e.g. RZ1'),
  /** When it begins; at once when left out. */
  from: moment.optional(),
  /** When it ends; after a year when left out. */
  until: moment.optional(),
});

/** What is asked for. */
export type RequestRoleInput = z.output<typeof requestRoleInput>;

/** Why something is not done with a grant. */
export type RoleRefusal =
  /** The address belongs to nobody who works somewhere. */
  | 'person_not_found'
  /** It ends before it begins, has ended already, or lasts longer than a year. */
  | 'period_invalid'
  /** It is for the person who acts. */
  | 'role_for_oneself'
  /** The person who acts has asked for it. */
  | 'second_person_required'
  | 'grant_not_found'
  /** It has been decided, has ended, or waited for too long. */
  | 'grant_not_waiting'
  | 'too_many_waiting';

/** What came of it. */
export type RoleOutcome =
  | { readonly kind: 'done'; readonly grant: StoredRoleGrant }
  | { readonly kind: 'refused'; readonly code: RoleRefusal };

/** What is done with grants. */
export interface RoleAdministration {
  readonly request: (input: RequestRoleInput, by: RoleActor) => Promise<RoleOutcome>;
  readonly approve: (grantId: string, by: RoleActor) => Promise<RoleOutcome>;
  readonly refuse: (grantId: string, by: RoleActor) => Promise<RoleOutcome>;
  readonly end: (grantId: string, by: RoleActor) => Promise<RoleOutcome>;
  /** The latest 200, newest first. */
  readonly list: (by: RoleActor, state?: RoleGrantState) => Promise<readonly StoredRoleGrant[]>;
}

/** What giving roles needs. */
export interface RoleAdministrationParts {
  readonly roleGrants: RoleGrants;
  /** Says whose address it is. Left out where the records are out of reach: the owner is then found at their first sign-in. */
  readonly records?: Pick<StaffRecords, 'findStaffId'> | undefined;
  /** Takes back the tokens that name the organisation when a role ends. */
  readonly revoke: Revoke;
  readonly now: () => Date;
}

const refused = (code: RoleRefusal): RoleOutcome => ({ kind: 'refused', code });

/** Creates the functions. */
export function roleAdministration(parts: RoleAdministrationParts): RoleAdministration {
  const { roleGrants, records, now } = parts;

  const findFor = async (
    grantId: string,
    { odsCode }: RoleActor,
  ): Promise<StoredRoleGrant | undefined> => {
    const grant = await roleGrants.find(grantId);
    return odsCode === undefined || grant?.odsCode === odsCode ? grant : undefined;
  };
  const after = async (grantId: string): Promise<RoleOutcome> => {
    const grant = await roleGrants.find(grantId);
    return grant === undefined ? refused('grant_not_found') : { kind: 'done', grant };
  };
  const decide =
    (decision: 'approve' | 'refuse') =>
    async (grantId: string, by: RoleActor): Promise<RoleOutcome> => {
      const grant = await findFor(grantId, by);
      if (grant === undefined) return refused('grant_not_found');
      if (grant.staffId === by.name) return refused('role_for_oneself');
      if (grant.requestedBy === by.name) return refused('second_person_required');
      const decided = await roleGrants[decision]({ grantId, by: by.name, at: now() });
      return decided ? after(grantId) : refused('grant_not_waiting');
    };

  return {
    request: async ({ from, until, ...wanted }, by) => {
      const at = now();
      const validFrom = from ?? at;
      const validUntil = until ?? new Date(validFrom.getTime() + USUAL_DAYS * DAY_MS);
      const days = (validUntil.getTime() - validFrom.getTime()) / DAY_MS;
      if (!(days > 0 && days <= MAX_DAYS) || validUntil <= at) return refused('period_invalid');
      const staffId = await records?.findStaffId(wanted.mail);
      if (records !== undefined && staffId === undefined) return refused('person_not_found');
      if (staffId === by.name) return refused('role_for_oneself');
      const { odsCode } = wanted;
      const waiting = await roleGrants.latest({ odsCode, state: 'REQUESTED', limit: MAX_WAITING });
      if (waiting.length >= MAX_WAITING) return refused('too_many_waiting');
      const grantId = `rgr_${randomBytes(16).toString('base64url')}`;
      await roleGrants.add({
        ...wanted,
        grantId,
        staffId,
        validFrom,
        validUntil,
        requestedAt: at,
        requestedBy: by.name,
      });
      return after(grantId);
    },
    approve: decide('approve'),
    refuse: decide('refuse'),
    end: async (grantId, by) => {
      const grant = await findFor(grantId, by);
      if (grant === undefined) return refused('grant_not_found');
      if (!(await roleGrants.end({ grantId, by: by.name, at: now() }))) {
        return refused('grant_not_waiting');
      }
      const outcome = await after(grantId);
      const { staffId, odsCode } = grant;
      if (staffId !== undefined) await parts.revoke([{ kind: 'membership', staffId, odsCode }]);
      return outcome;
    },
    list: ({ odsCode }, state) => roleGrants.latest({ odsCode, state, limit: MAX_WAITING }),
  };
}

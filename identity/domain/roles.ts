/** What each role may do, and the choice a person makes between theirs. */
import { z } from 'zod';

/** The role of a person. */
export const role = z.enum(['STAFF', 'HR_OFFICER', 'ADMINISTRATOR']);

/** A role that a person holds at one organisation. */
export interface RoleGrant {
  readonly role: z.infer<typeof role>;
  readonly odsCode: string;
}

const ROLE_SCOPES: Readonly<Record<RoleGrant['role'], readonly string[]>> = {
  STAFF: ['self:read'],
  HR_OFFICER: ['self:read', 'hr:read', 'passport:read', 'passport:offer', 'passport:verify'],
  ADMINISTRATOR: ['self:read', 'passport:read', 'passport:revoke'],
};

/** What an HR system may ask for. */
export const HR_SYSTEM_SCOPES: readonly string[] = [
  'hr:read',
  'passport:read',
  'passport:offer',
  'passport:verify',
];

/** What our own processes may ask for, by client id and by resource. They belong to no organisation. */
export const SERVICE_SCOPES = {
  'lanyard-passport': { graph: ['record:read'], offers: ['offer:create'] },
  'lanyard-nhsmail': { graph: ['record:read'], offers: [] },
  'lanyard-identity': { graph: ['account:resolve', 'credential:issue'], offers: [] },
} as const satisfies Readonly<Record<string, ServiceScopes>>;

/** Scopes of a service, for each resource that it may call. */
export interface ServiceScopes {
  readonly graph: readonly string[];
  readonly offers: readonly string[];
}

/** Every scope that a person's token can carry. */
export const PERSON_SCOPES: readonly string[] = [...new Set(Object.values(ROLE_SCOPES).flat())];

/** One thing a person can choose to act as. `value` names it in a form. */
export interface ActingChoice {
  readonly value: string;
  readonly label: string;
  readonly role: RoleGrant['role'];
  readonly odsCode?: string;
}

const WORDS = { HR_OFFICER: 'HR officer', ADMINISTRATOR: 'Administrator' } as const;

/** The choices of a person with these grants: themselves first. */
export function actingChoices(grants: readonly RoleGrant[]): readonly ActingChoice[] {
  const roles = grants.flatMap((grant): ActingChoice[] =>
    grant.role === 'STAFF'
      ? []
      : [
          {
            value: `${grant.role}:${grant.odsCode}`,
            label: `${WORDS[grant.role]} at ${grant.odsCode}`,
            ...grant,
          },
        ],
  );
  return [{ value: 'STAFF', label: 'Yourself', role: 'STAFF' }, ...roles];
}

/** The scopes a person gets: those asked for that the role has. */
export const grantedScopes = (
  asked: Iterable<string>,
  heldRole: RoleGrant['role'],
): readonly string[] => [...asked].filter((scope) => ROLE_SCOPES[heldRole].includes(scope));

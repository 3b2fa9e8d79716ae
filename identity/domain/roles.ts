/** What each role may do, and the choice a person makes between theirs. */
import { z } from 'zod';

/** The role of a person. */
export const role = z.enum(['STAFF', 'HR_OFFICER', 'ADMINISTRATOR']);

/** A role that a person holds at one organisation. */
export interface RoleGrant {
  readonly role: z.infer<typeof role>;
  readonly odsCode: string;
}

/** A role that somebody is given. Everybody else who works somewhere is staff. */
export const grantedRole = role.exclude(['STAFF']);

/** A role that somebody is given. */
export type GrantedRole = z.infer<typeof grantedRole>;

const ROLE_SCOPES: Readonly<Record<RoleGrant['role'], readonly string[]>> = {
  STAFF: ['self:read', 'self:share'],
  HR_OFFICER: [
    'self:read',
    'hr:read',
    'passport:read',
    'passport:offer',
    'passport:verify',
    'match:review',
  ],
  ADMINISTRATOR: [
    'self:read',
    'passport:read',
    'passport:revoke',
    'agreement:manage',
    'policy:manage',
    'signal:manage',
    'import:manage',
    'issuer:manage',
    'access:review',
    'match:review',
    'match:manage',
  ],
};

/** Scopes at this process's own administration API. */
const ROLE_ADMINISTRATION_SCOPES = {
  STAFF: [],
  HR_OFFICER: ['recovery:manage'],
  ADMINISTRATOR: ['client:manage', 'role:grant', 'recovery:manage'],
} as const satisfies Readonly<Record<RoleGrant['role'], readonly string[]>>;

/** A scope at the administration API. */
export type AdministrationScope =
  (typeof ROLE_ADMINISTRATION_SCOPES)[keyof typeof ROLE_ADMINISTRATION_SCOPES][number];

/** Every scope at the administration API. */
export const ADMINISTRATION_SCOPES: readonly string[] = [
  ...new Set(Object.values(ROLE_ADMINISTRATION_SCOPES).flat()),
];

/** Whether one of these roles, held at the organisation, has the scope at the administration API. */
export const mayAdminister = (
  held: readonly RoleGrant[],
  odsCode: string,
  scope: AdministrationScope,
): boolean =>
  held.some(
    (grant) =>
      grant.odsCode === odsCode &&
      (ROLE_ADMINISTRATION_SCOPES[grant.role] as readonly string[]).includes(scope),
  );

/** What an HR system may ask for. */
export const HR_SYSTEM_SCOPES: readonly string[] = [
  'hr:read',
  'passport:read',
  'passport:offer',
  'passport:verify',
];

/** What an organisation's system may ask for where accounts are pushed. It has to be registered for it by name. */
export const DIRECTORY_SCOPES: readonly string[] = ['directory:write'];

/** Purposes of use that an organisation's people and systems may name when their client is not registered for fewer. */
export const ORGANISATION_PURPOSES: readonly string[] = [
  'PRE_EMPLOYMENT',
  'TEMPORARY_MOVEMENT',
  'ROTATION',
  'HR_ADMINISTRATION',
  'CREDENTIAL_ISSUE',
  'DIRECTORY_MATCHING',
  'AUDIT',
];

/** Purposes of use that a person may name by an application that is not registered for fewer. */
export const PERSON_PURPOSES: readonly string[] = [...ORGANISATION_PURPOSES, 'SELF_ACCESS'];

/** What our own processes may ask for, by client id and by resource. They belong to no organisation. */
export const SERVICE_SCOPES = {
  'lanyard-passport': {
    graph: ['record:read', 'event:read'],
    offers: ['offer:create'],
    purposes: ['CREDENTIAL_ISSUE', 'AUDIT'],
  },
  'lanyard-nhsmail': {
    graph: ['record:read', 'event:read'],
    offers: [],
    purposes: ['DIRECTORY_MATCHING'],
  },
  // Exports are for the purposes that whoever starts them gives.
  'lanyard-esr': { graph: ['record:export'], offers: [], purposes: ORGANISATION_PURPOSES },
  'lanyard-identity': {
    graph: ['account:resolve', 'credential:issue', 'event:read'],
    offers: [],
    purposes: ['SIGN_IN', 'CREDENTIAL_ISSUE'],
  },
} as const satisfies Readonly<Record<string, ServiceScopes>>;

/** Scopes of a service, for each resource that it may call. */
export interface ServiceScopes {
  readonly graph: readonly string[];
  readonly offers: readonly string[];
  /** Purposes of use that it may name. */
  readonly purposes: readonly string[];
}

/** Every scope that a person's token for the graph can carry. */
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
): readonly string[] => {
  const held: readonly string[] = [
    ...ROLE_SCOPES[heldRole],
    ...ROLE_ADMINISTRATION_SCOPES[heldRole],
  ];
  return [...asked].filter((scope) => held.includes(scope));
};

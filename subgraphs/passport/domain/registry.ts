/**
 * The register: what organisations may issue, whether they may check, and whom to ask. What they may issue is kept as
 * accreditations; a change alters all of it in one, once two people have said so.
 */
import { z } from 'zod';

import { credentialType, type CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { text } from './claim-shapes.ts';
import { odsCode, requestHash } from './identifiers.ts';
import { mayBeAccredited } from './issuer-kind.ts';
import type { Accreditation } from './ports/accreditations.ts';
import { type Refusal, refusedAt } from './user-error.ts';

/** Whom to ask: a team, not a person. */
export const registeredContact = z.object({
  team: text(100),
  mail: z.email().max(254),
  phone: z
    .string()
    .regex(/^\+?[0-9][0-9 ]{5,24}$/)
    .optional(),
});

/** Everything that is to be registered about an organisation. */
export const registryWanted = z.object({
  odsCode,
  mayIssue: z.array(credentialType).max(credentialType.options.length),
  /** Last day of what it may not issue yet. */
  issuesUntil: z.iso.date().optional(),
  mayCheck: z.boolean(),
  contact: registeredContact.optional(),
});

/** Everything that is to be registered about an organisation. */
export type RegistryWanted = z.infer<typeof registryWanted>;

/** What is registered about an organisation. */
export interface RegisteredOrganisation {
  readonly odsCode: string;
  /** Accreditations in force. */
  readonly issuing: readonly Accreditation[];
  readonly mayCheck: boolean;
  readonly contact?: z.infer<typeof registeredContact> | undefined;
  readonly changedAt?: Date;
}

/** One thing that a change alters. `YES` and `NO`, or a text. */
export const registryLine = z.object({
  what: z.enum(['MAY_ISSUE', 'MAY_CHECK', 'CONTACT_TEAM', 'CONTACT_MAIL', 'CONTACT_PHONE']),
  credentialType: credentialType.optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});

/** One thing that a change alters. */
export type RegistryLine = z.infer<typeof registryLine>;

/** A change of the register as it is kept. */
export interface RegistryChange {
  readonly position: number;
  readonly id: string;
  readonly odsCode: string;
  readonly wanted: RegistryWanted;
  readonly lines: readonly RegistryLine[];
  /** Tells whether the register has changed since. */
  readonly basis: string;
  readonly reason: string;
  readonly state: 'WAITING' | 'APPLIED' | 'TURNED_DOWN';
  readonly proposedBy: string;
  readonly proposedFor: string;
  readonly proposedAt: Date;
  readonly decidedFor?: string;
  readonly decidedAt?: Date;
}

/** Somebody who acts for an organisation. */
export interface RegistryPerson {
  readonly subject: string;
  readonly odsCode: string;
}

const yesOrNo = (value: boolean): string => (value ? 'YES' : 'NO');

/** What would be altered, kinds of credential in the order of the catalogue. */
export function registryLines(
  now: RegisteredOrganisation,
  wanted: RegistryWanted,
): readonly RegistryLine[] {
  const held = new Set(now.issuing.map(({ type }) => type));
  const asked = new Set(wanted.mayIssue);
  const issuing = credentialType.options
    .filter((type) => held.has(type) !== asked.has(type))
    .map((type) => ({
      what: 'MAY_ISSUE' as const,
      credentialType: type,
      before: yesOrNo(held.has(type)),
      after: yesOrNo(asked.has(type)),
    }));
  const others = [
    ['MAY_CHECK', yesOrNo(now.mayCheck), yesOrNo(wanted.mayCheck)],
    ['CONTACT_TEAM', now.contact?.team, wanted.contact?.team],
    ['CONTACT_MAIL', now.contact?.mail, wanted.contact?.mail],
    ['CONTACT_PHONE', now.contact?.phone, wanted.contact?.phone],
  ] as const;
  return [
    ...issuing,
    ...others
      .filter(([, before, after]) => before !== after)
      .map(([what, before, after]) => ({
        what,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      })),
  ];
}

const isOn = ({ what, after }: RegistryLine): boolean =>
  (what === 'MAY_ISSUE' || what === 'MAY_CHECK') && after === 'YES';

/** Whether a change gives an organisation more than it has: the register's keeper has to approve that. */
export const needsKeeper = (lines: readonly RegistryLine[]): boolean => lines.some(isOn);

/** Kinds that an organisation could not issue any more. */
export const typesTaken = (lines: readonly RegistryLine[]): readonly CredentialType[] =>
  lines.flatMap(({ what, credentialType: type, after }) =>
    what === 'MAY_ISSUE' && after === 'NO' && type !== undefined ? [type] : [],
  );

/** Whether checking would be taken away. */
export const checkingTaken = (lines: readonly RegistryLine[]): boolean =>
  lines.some(({ what, after }) => what === 'MAY_CHECK' && after === 'NO');

/** A hash of what a change is compared with. */
export const registryBasis = ({ issuing, mayCheck, contact }: RegisteredOrganisation): string =>
  requestHash([
    issuing.map(({ type, until }) => [type, until?.toISOString() ?? null]).toSorted(),
    mayCheck,
    contact?.team ?? null,
    contact?.mail ?? null,
    contact?.phone ?? null,
  ]);

/** Who may ask for a change of an organisation's entry: its own people, and the register's keeper. */
export const mayPropose = (
  { odsCode: acting }: RegistryPerson,
  about: string,
  keeper: string,
): boolean => acting === about || acting === keeper;

/** Whether somebody sees a change. */
export const concerns = (
  change: Pick<RegistryChange, 'odsCode' | 'proposedFor'>,
  { odsCode: acting }: Pick<RegistryPerson, 'odsCode'>,
  keeper: string,
): boolean => [change.odsCode, change.proposedFor, keeper].includes(acting);

/** Who may approve a change: never whoever asked for it, and what gives more the register's keeper alone. */
export function mayApprove(
  change: Pick<RegistryChange, 'state' | 'odsCode' | 'lines' | 'proposedBy'>,
  { subject, odsCode: acting }: RegistryPerson,
  keeper: string,
): boolean {
  if (change.state !== 'WAITING' || change.proposedBy === subject) return false;
  return acting === keeper || (acting === change.odsCode && !needsKeeper(change.lines));
}

/**
 * Reads what is wanted.
 *
 * @param today `YYYY-MM-DD` in the United Kingdom
 */
export function readWanted(given: unknown, today: string): RegistryWanted | Refusal {
  const parsed = registryWanted.safeParse(given);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String) ?? [];
    return refusedAt(['wanted', ...path], parsed.error.issues[0]?.code ?? 'invalid');
  }
  const { odsCode: about, mayIssue, issuesUntil } = parsed.data;
  const wrong = mayIssue.find((type) => !mayBeAccredited(CREDENTIAL_TYPES[type].issuedBy, about));
  if (wrong !== undefined) return refusedAt(['wanted', 'mayIssue'], 'issuer_kind_wrong');
  if (issuesUntil !== undefined && issuesUntil < today) {
    return refusedAt(['wanted', 'issuesUntil'], 'in_the_past');
  }
  return { ...parsed.data, mayIssue: [...new Set(mayIssue)] };
}

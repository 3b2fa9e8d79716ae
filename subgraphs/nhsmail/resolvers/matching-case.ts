/** `MatchingCase` and what belongs to it. What the caller may see of the people in it is for the staff record to say. */
import type { NhsmailContext } from '../context.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import type { MatchingCase as Case } from '../domain/cases.ts';
import type {
  MatchingCandidateResolvers,
  MatchingCaseActResolvers,
  MatchingCaseResolvers,
  MatchingDecisionMadeResolvers,
  MatchingEvidenceResolvers,
  MatchingQueueCountResolvers,
} from './types.generated.ts';

const DAY_MS = 86_400_000;

/** Resolvers of `MatchingCase`. */
export const MatchingCase: MatchingCaseResolvers = {
  organisation: ({ odsCode = '' }) => ({ odsCode }),
  staffMember: ({ staffId }) => personOf(staffId),
  account: ({ accountId }, _args, context) =>
    accountId === undefined ? null : accountOf(accountId, context),
  ageDays: ({ openedAt, closedAt }, _args, { now }) =>
    Math.max(0, Math.floor(((closedAt ?? now).getTime() - openedAt.getTime()) / DAY_MS)),
  overdue: ({ dueAt, closedAt }, _args, { now }) => closedAt === undefined && dueAt < now,
  assignedTo: ({ assignedTo }) => personOf(assignedTo),
  decision: ({ decision }) => decision ?? null,
  history: ({ id }, _args, { loaders }) => loaders.actsOfCase.load(id),
  closedAt: ({ closedAt }) => closedAt ?? null,
};

/** Resolvers of `MatchingCandidate`. */
export const MatchingCandidate: MatchingCandidateResolvers = {
  staffMember: ({ staffId }) => ({ id: staffId }),
  account: ({ accountId }, _args, context) => accountOf(accountId, context),
  bits: ({ bits }) => bits ?? null,
  evidence: ({ evidence, accountId }) => evidence.map((field) => ({ ...field, accountId })),
  linked: async ({ staffId, accountId }, _args, { loaders }) => {
    const links = await loaders.linksOfAccount.load(accountId);
    return links.find((link) => link.staffId === staffId)?.assurance ?? null;
  },
};

/** What the directory has for a compared field. */
const DIRECTORY_VALUES: Readonly<Record<string, (account: DirectoryEntry) => string | undefined>> =
  {
    familyName: ({ familyName }) => familyName,
    givenName: ({ givenName }) => givenName,
    workEmail: ({ mail }) => mail,
    employeeNumber: ({ employeeNumber }) => employeeNumber,
    organisation: ({ odsCode }) => odsCode,
    jobRole: ({ jobRole, jobTitle }) => jobRole ?? jobTitle,
    phone: ({ phone }) => phone,
    smartcardId: ({ smartcardId }) => smartcardId,
    started: ({ createdAt }) => createdAt?.toISOString().slice(0, 10),
    registration: ({ registrations }) =>
      registrations.map(({ body, number }) => `${body} ${number}`).join(', ') || undefined,
  };

/** Resolvers of `MatchingEvidence`. */
export const MatchingEvidence: MatchingEvidenceResolvers = {
  bits: ({ bits }) => bits ?? null,
  directoryValue: async ({ field, accountId }, _args, context) => {
    const valueOf = Object.hasOwn(DIRECTORY_VALUES, field) ? DIRECTORY_VALUES[field] : undefined;
    const account = valueOf === undefined ? null : await accountOf(accountId, context);
    return account === null ? null : (valueOf?.(account) ?? null);
  },
};

/** Resolvers of `MatchingDecisionMade`. */
export const MatchingDecisionMade: MatchingDecisionMadeResolvers = {
  by: ({ by }) => ({ id: by }),
  organisation: ({ odsCode }) => ({ odsCode }),
};

/** Resolvers of `MatchingCaseAct`. */
export const MatchingCaseAct: MatchingCaseActResolvers = {
  by: ({ by }) => ({ id: by.staffId }),
  organisation: ({ by }) => ({ odsCode: by.odsCode }),
  reason: ({ reason }) => reason ?? null,
};

/** Resolvers of `MatchingQueueCount`. */
export const MatchingQueueCount: MatchingQueueCountResolvers = {
  awaitingSecondPerson: ({ awaiting }) => awaiting,
};

/** A case that goes out: that it was read is in the access log of everybody in it. */
export function shownCase(one: Case, { disclose }: Pick<NhsmailContext, 'disclose'>): Case {
  const people = [one.staffId, ...one.candidates.map(({ staffId }) => staffId)];
  for (const staffId of new Set(people)) if (staffId !== undefined) disclose(staffId);
  return one;
}

const personOf = (id: string | undefined): { readonly id: string } | null =>
  id === undefined ? null : { id };

/** An account, when it is of the caller's organisation. */
async function accountOf(
  id: string,
  { caller, loaders }: NhsmailContext,
): Promise<DirectoryEntry | null> {
  const account = await loaders.account.load(id);
  return account?.odsCode !== undefined && account.odsCode === caller.odsCode ? account : null;
}

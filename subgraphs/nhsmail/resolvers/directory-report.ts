/** `DirectoryReport`: where an organisation's accounts and staff records do not agree, for its own people. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import { accessToAccount, isWithin, readsForOrganisation } from '../domain/access.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import type { KeptFinding, OrganisationStanding } from '../domain/lifecycle/ports.ts';
import { readinessOf } from '../domain/lifecycle/readiness.ts';
import { findingCursor, parseFindingCursor } from './finding-cursor.ts';
import type {
  DirectoryFindingResolvers,
  DirectoryReportResolvers,
  OrganisationResolvers,
} from './types.generated.ts';

const PAGE_LIMIT = 100;

/** The report of one organisation. */
export type DirectoryReportParent = OrganisationStanding;
/** A finding of one organisation. */
export type DirectoryFindingParent = KeptFinding;

const NOTHING: Omit<OrganisationStanding, 'odsCode'> = {
  counts: {
    people: 0,
    peopleLinked: 0,
    accounts: 0,
    accountsLinked: 0,
    leaversOverdue: 0,
    casesOpen: 0,
    casesOverdue: 0,
  },
  findings: [],
};

/** Fields of an organisation. */
export const Organisation: OrganisationResolvers = {
  directoryReport: async ({ odsCode }, _args, { caller, lifecycle, now }) => {
    const access = accessToAccount(caller, undefined);
    if (access.kind === 'purpose-required') throw publicError('PURPOSE_REQUIRED');
    if (access.kind === 'none' || access.view.kind !== 'organisation') return null;
    if (!isWithin(access.view, odsCode)) return null;
    const [standing] = await lifecycle.standings(odsCode, now);
    return standing ?? { odsCode, ...NOTHING };
  },
};

/** Resolvers of `DirectoryReport`. */
export const DirectoryReport: DirectoryReportResolvers = {
  asOf: async (_report, _args, { lifecycle }) => (await lifecycle.wholeRoundAt()) ?? null,
  readiness: ({ counts }) => {
    const readiness = readinessOf(counts);
    return readiness === undefined ? null : { ...readiness, parts: [...readiness.parts] };
  },
  leaversOverdue: ({ counts }) => counts.leaversOverdue,
  people: ({ counts }) => counts.people,
  peopleLinked: ({ counts }) => counts.peopleLinked,
  accounts: ({ counts }) => counts.accounts,
  accountsLinked: ({ counts }) => counts.accountsLinked,
  casesOpen: ({ counts }) => counts.casesOpen,
  casesOverdue: ({ counts }) => counts.casesOverdue,
  counts: ({ findings }) => [...findings],
  findings: async ({ odsCode }, { kind, first, after }, { caller, lifecycle, disclose }) => {
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const found = await lifecycle.findings({
      odsCode,
      kind: kind ?? undefined,
      after: after == null ? undefined : parseFindingCursor(after),
      limit: first + 1,
    });
    const page = found.slice(0, first);
    if (readsForOrganisation(caller)) {
      for (const { staffId } of page) if (staffId !== undefined) disclose(staffId);
    }
    const last = page.at(-1);
    return {
      edges: page.map((node) => ({ cursor: findingCursor(node.id), node })),
      pageInfo: {
        hasNextPage: found.length > first,
        endCursor: last === undefined ? null : findingCursor(last.id),
      },
    };
  },
};

/** Resolvers of `DirectoryFinding`. */
export const DirectoryFinding: DirectoryFindingResolvers = {
  id: ({ id }) => `finding_${String(id)}`,
  account: async ({ accountId, odsCode }, _args, context) =>
    accountId === undefined ? null : ((await accountsOf([accountId], odsCode, context))[0] ?? null),
  staffMember: ({ staffId }) => (staffId === undefined ? null : { id: staffId }),
  worksAt: ({ worksAt }) => [...worksAt],
  ownersLeft: ({ ownersLeft, odsCode }, _args, context) => accountsOf(ownersLeft, odsCode, context),
  ownersLeftOver: ({ ownersLeftOver, odsCode }, _args, context) =>
    accountsOf(ownersLeftOver, odsCode, context),
  deleteDueAt: ({ deleteDueAt }) => deleteDueAt ?? null,
};

/** Of these accounts those of the organisation; another's stay hidden. */
async function accountsOf(
  ids: readonly string[],
  odsCode: string,
  { loaders }: NhsmailContext,
): Promise<DirectoryEntry[]> {
  const accounts = await loaders.account.loadMany([...ids]);
  return accounts.flatMap((account) => {
    if (account instanceof Error) throw account;
    return account?.odsCode === odsCode ? [account] : [];
  });
}

import {
  type AccountFacts,
  departureFrom,
  type OwnerFacts,
  type PersonFacts,
} from './account-facts.ts';
import type { Finding, FindingKind } from './finding.ts';
import { deletionOf } from './deletion.ts';

/** What findings depend on beside the facts. */
export interface FindingRules {
  readonly now: Date;
  /** ODS codes of organisations that are closed. */
  readonly closed: ReadonlySet<string>;
  /** How long an account may be without a person, or a person without an account, in days. */
  readonly orphanAfterDays: number;
}

const DAY_MS = 86_400_000;
/** A local rule of trusts: with one owner alone, nobody can act when that one leaves. */
const SHARED_OWNERS = 2;
/** Accounts that somebody can use. */
const IN_USE: ReadonlySet<string> = new Set(['ACTIVE', 'LEAVER']);

/** Everything there is to say about one account. */
export function findingsOfAccount(account: AccountFacts, rules: FindingRules): readonly Finding[] {
  const { odsCode } = account;
  // Without an organisation it is nobody's work item; the counts of the copy show it.
  if (odsCode === undefined || !IN_USE.has(account.status)) return [];
  const about = { ...account, odsCode };
  return account.kind === 'USER'
    ? [...ofPersonsAccount(about, rules), ...ofClosedOrganisation(about, rules)]
    : [...ofSharedAccount(about), ...ofClosedOrganisation(about, rules)];
}

/** Somebody who works at an organisation and has no account that is certainly theirs. */
export function findingsOfPerson(
  { staffId, odsCode, startedAt, worksAt }: PersonFacts,
  { now, closed, orphanAfterDays }: FindingRules,
): readonly Finding[] {
  if (closed.has(odsCode) || !isOlder(startedAt, now, orphanAfterDays)) return [];
  return [
    { ...EMPTY, kind: 'PERSON_WITHOUT_ACCOUNT', odsCode, staffId, since: startedAt, worksAt },
  ];
}

type Placed = AccountFacts & { readonly odsCode: string };

const EMPTY = { worksAt: [], deceased: false, ownersLeft: [], ownersLeftOver: [] } as const;

const isOlder = (since: Date, now: Date, days: number): boolean =>
  now.getTime() - since.getTime() >= days * DAY_MS;

const finding = (
  kind: FindingKind,
  account: Placed,
  since: Date | undefined,
  odsCode = account.odsCode,
): Finding => ({
  ...EMPTY,
  kind,
  odsCode,
  accountId: account.id,
  ...(since === undefined ? {} : { since }),
  ...(account.person === undefined
    ? {}
    : {
        staffId: account.person.staffId,
        worksAt: account.person.worksAt,
        deceased: account.person.deceased,
      }),
});

function ofPersonsAccount(account: Placed, rules: FindingRules): readonly Finding[] {
  const { person, status, odsCode } = account;
  if (person === undefined) {
    const orphaned =
      status === 'ACTIVE' &&
      !account.undecided &&
      !rules.closed.has(odsCode) &&
      isOlder(account.createdAt, rules.now, rules.orphanAfterDays);
    return orphaned ? [finding('ACCOUNT_WITHOUT_PERSON', account, account.createdAt)] : [];
  }
  if (status === 'ACTIVE') {
    const departure = departureFrom(person, odsCode);
    return departure === undefined
      ? []
      : [finding('LEAVER_STILL_ACTIVE', account, departure.knownAt)];
  }
  const due = deletionOf(account)?.dueAt;
  const deletion = due === undefined ? {} : { deleteDueAt: due };
  if (person.worksAt.includes(odsCode)) {
    return [{ ...finding('LEAVER_STILL_EMPLOYED', account, account.leaverSince), ...deletion }];
  }
  return person.worksAt.map((employer) => ({
    ...finding('JOINER_NOT_ACCEPTED', account, account.leaverSince, employer),
    ...deletion,
  }));
}

/** The closed organisation has nobody to see it: those at which the person works do, else it stays under the old code. */
function ofClosedOrganisation(account: Placed, { closed }: FindingRules): readonly Finding[] {
  if (!closed.has(account.odsCode)) return [];
  const open = (account.person?.worksAt ?? []).filter((odsCode) => !closed.has(odsCode));
  return (open.length === 0 ? [account.odsCode] : open).map((odsCode) =>
    finding('CLOSED_ORGANISATION', account, undefined, odsCode),
  );
}

function ofSharedAccount(account: Placed): readonly Finding[] {
  const { owners, kind, odsCode } = account;
  const linked: readonly Finding[] =
    account.person === undefined ? [] : [finding('SHARED_ACCOUNT_LINKED', account, undefined)];
  if (kind === 'CONTACT') return linked;
  const left = owners.filter((owner) => hasLeft(owner, odsCode));
  const over = owners.filter((owner) => !left.includes(owner));
  const lists = { ownersLeft: ids(left), ownersLeftOver: ids(over) };
  const tooFew = over.length < (kind === 'SHARED' ? SHARED_OWNERS : 1);
  return [
    ...linked,
    ...(left.length > 0 ? [{ ...bare('OWNER_LEFT', account), ...lists }] : []),
    ...(tooFew ? [{ ...bare('TOO_FEW_OWNERS', account), ...lists }] : []),
  ];
}

/** About the account alone: whoever it was linked to by mistake has no part in it. */
const bare = (kind: FindingKind, { id, odsCode }: Placed): Finding => ({
  ...EMPTY,
  kind,
  odsCode,
  accountId: id,
});

const ids = (owners: readonly OwnerFacts[]): readonly string[] =>
  owners.map(({ accountId }) => accountId).sort();

/** By the owner's own mark, or because the records say that they left the mailbox's organisation or their own. */
function hasLeft({ account }: OwnerFacts, odsCode: string): boolean {
  if (account === undefined) return false;
  const { status, person } = account;
  if (status === 'LEAVER' || status === 'DISABLED') return true;
  return (
    person !== undefined &&
    (departureFrom(person, odsCode) ?? departureFrom(person, account.odsCode)) !== undefined
  );
}

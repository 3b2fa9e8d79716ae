/** People and accounts for tests of matching, with enough others around them for names to be rare or common. */
import type { StandingPair } from '../../../../subgraphs/nhsmail/domain/decide-matches.ts';
import type { DecidedCase } from '../../../../subgraphs/nhsmail/domain/decide-matches.ts';
import {
  matchEverything,
  type MatchSources,
  type WholeRun,
} from '../../../../subgraphs/nhsmail/domain/match-everything.ts';
import type { MatchedAccount } from '../../../../subgraphs/nhsmail/domain/matched-account.ts';
import { nhsRuleSet } from '../../../../subgraphs/nhsmail/domain/nhs-rule-set.ts';
import type { StaffPerson } from '../../../../subgraphs/nhsmail/domain/staff.ts';

/** An account at RZ1. */
export const account = (
  id: string,
  name: string,
  more: Partial<MatchedAccount> = {},
): MatchedAccount => {
  const [givenName = '', familyName = ''] = name.split(' ');
  return {
    id,
    mail: `${id}@nhsmail.example`,
    aliases: [],
    kind: 'USER',
    givenName,
    familyName,
    odsCode: 'RZ1',
    ...more,
  };
};

/** A person employed at RZ1. */
export const person = (
  id: string,
  name: string,
  employeeNumber: string,
  more: Partial<StaffPerson> = {},
): StaffPerson => {
  const [givenName = '', familyName = ''] = name.split(' ');
  return {
    id,
    givenName,
    familyName,
    previousFamilyNames: [],
    workPhones: [],
    registrations: [],
    employments: [{ odsCode: 'RZ1', employeeNumber, personType: 'EMPLOYEE' }],
    ...more,
  };
};

const GIVEN = 'Aled Bryony Chidi Dafydd Elif Farah Gethin Hana Iona Jarek Kwame Leila'.split(' ');
const FAMILY =
  'Abara Bevan Cho Dlamini Ekwueme Farooq Griffin Hughes Ibrahim Jankowski Kaur Larsen Mbeki Novak'.split(
    ' ',
  );

/** Three hundred others at three organisations, each with an account by employee number. */
export const OTHERS: readonly {
  readonly person: StaffPerson;
  readonly account: MatchedAccount;
}[] = Array.from({ length: 300 }, (_, index) => {
  const name = `${GIVEN[index % 12] ?? ''} ${FAMILY[(index * 5) % 14] ?? ''}`;
  const number = String(80_000_000 + index);
  const odsCode = `RY${String(index % 3)}`;
  const day = `20${String(10 + (index % 13))}-0${String(1 + (index % 9))}-1${String(index % 10)}`;
  const employment = {
    odsCode,
    employeeNumber: number,
    personType: 'EMPLOYEE',
    startedOn: day,
    jobRole: index % 2 === 0 ? 'Staff Nurse' : 'Porter',
  };
  return {
    person: person(`other-${number}`, name, number, { employments: [employment] }),
    account: account(`other-${number}`, name, {
      odsCode,
      employeeNumber: number,
      jobTitle: employment.jobRole,
      createdAt: new Date(`${day}T09:00:00Z`),
    }),
  };
});

/** Records in memory. */
export const sourcesOf = (
  people: readonly StaffPerson[],
  accounts: readonly MatchedAccount[],
): MatchSources => {
  const pick = <Item extends { readonly id: string }>(items: readonly Item[]) => {
    const byId = new Map(items.map((item) => [item.id, item]));
    return (ids: readonly string[]): Promise<ReadonlyMap<string, Item>> =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => {
            const item = byId.get(id);
            return item === undefined ? [] : [[id, item] as const];
          }),
        ),
      );
  };
  return {
    people: () => [people],
    accounts: () => [accounts],
    findPeople: pick(people),
    findAccounts: pick(accounts),
  };
};

/** Matches everything in memory. */
export const matchAll = (
  people: readonly StaffPerson[],
  accounts: readonly MatchedAccount[],
  more: {
    readonly closed?: readonly string[];
    readonly standing?: readonly StandingPair[];
    readonly model?: WholeRun['model'];
  } = {},
): Promise<WholeRun> =>
  matchEverything({
    ruleSet: nhsRuleSet,
    sources: sourcesOf(people, accounts),
    closed: new Set(more.closed),
    standing: more.standing ?? [],
    ...(more.model === undefined ? {} : { chooseModel: () => more.model }),
  });

/** `QUEUE about: candidates`, for a table of what is expected. */
export const caseText = ({ queue, staffId, accountId, candidates, because }: DecidedCase): string =>
  `${queue} ${staffId ?? accountId ?? ''}: ${candidates
    .map((one) => (staffId === undefined ? one.staffId : one.accountId))
    .toSorted()
    .join(' ')} ${because}`;

/** What is said of all but the others: `person account METHOD`, and the cases. */
export const sayings = ({ decision }: WholeRun): readonly string[] =>
  [
    ...decision.links
      .filter(({ candidate }) => !candidate.staffId.startsWith('other-'))
      .map(({ candidate, method }) => `${candidate.staffId} ${candidate.accountId} ${method}`),
    ...decision.cases.map(caseText),
  ].toSorted();

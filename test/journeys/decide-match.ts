/**
 * A mailbox that is likely to be a nurse's, by her name and the like alone: it gives her nothing. Then her record has the
 * address, under another surname: HR of her trust decides, and she can sign in until two people take that back.
 */
import { join } from 'node:path';

import type { LocalSystem } from '../../local/start.ts';
import { PERSON } from '../../subgraphs/esr/files/go2-layout.ts';
import { answered } from './clients.ts';
import { changed, fullFile, rowsOf, writeChanges } from './extract-changes.ts';
import { change, signInOn, until } from './scenario.ts';
import { SignInRefused } from './sign-in.ts';
import { COLLEAGUE, type Colleague, type Link, staffNursesOf } from './staff-of-trust.ts';
import { offerCredentials, type Stage } from './story.ts';

/** A case as HR is shown it. */
interface ShownCase {
  readonly id: string;
  readonly queue: string;
  readonly because: string;
  readonly state: string;
  readonly version: number;
  readonly candidates: readonly {
    readonly staffMember: { readonly id: string };
    readonly account: { readonly mail: string } | null;
    readonly evidence: readonly {
      readonly field: string;
      readonly outcome: string;
      readonly directoryValue: string | null;
    }[];
  }[];
}

/** What the mailbox gives the nurse at one moment. */
interface Given {
  /** What HR sees of it. */
  readonly links: readonly Omit<Link, 'account'>[];
  readonly mailboxes: readonly string[];
  /** Addresses that she sees as hers, or the page that refuses her. */
  readonly signIn: readonly string[] | string;
  /** Codes with which an offer of credentials is refused; none when it is made. */
  readonly offer: string;
}

/** What came of it, for assertions. */
export interface MatchEnding {
  readonly mail: string;
  readonly staffId: string;
  readonly whileLikely: Given;
  /** The case, and how many of its queue HR was told there are. */
  readonly toDecide: ShownCase;
  readonly waiting: number;
  /** What HR of the other trust sees of it. */
  readonly elsewhere: ShownCase | null;
  readonly undecided: Given;
  readonly decided: string | undefined;
  readonly whileConfirmed: Given;
  /** What the case is when the officer has taken the decision back, and when a second person has agreed. */
  readonly undone: readonly (string | undefined)[];
  readonly afterwards: Given;
}

const CASE = `id queue because state version
  candidates { staffMember { id } account { mail } evidence { field outcome directoryValue } }`;
const PURPOSE = 'HR_ADMINISTRATION';

/** Tells the scenario on a local system on which the story has been told. */
export async function decideMatch(
  stage: Stage,
  system: Pick<LocalSystem, 'operations' | 'demonstration'>,
  folder: string,
): Promise<MatchEnding> {
  const { graph, trustA, trustB } = stage;
  const scopes = 'hr:read passport:read passport:offer match:review';
  const officer = await signInOn(stage, trustA.hrOfficerMail, scopes, 'HR_OFFICER');
  const elsewhereOfficer = await signInOn(stage, trustB.hrOfficerMail, scopes, 'HR_OFFICER');
  const nurse = await until(
    async () =>
      (await staffNursesOf(stage, officer, trustA.odsCode)).find(({ identityLinks }) =>
        identityLinks.some(({ assurance }) => assurance === 'LIKELY'),
      ),
    (found) => found !== undefined,
  );
  const mail = nurse?.identityLinks[0]?.account?.mail;
  const employeeNumber = nurse?.employments[0]?.employeeNumber;
  if (nurse === undefined || mail === undefined || employeeNumber === undefined)
    throw new Error('nobody with a likely mailbox');
  const staffId = nurse.id;
  const given = (): Promise<Given> => whatItGives(stage, officer, { staffId, mail });
  const read = async (token: string, id: string): Promise<ShownCase | null> =>
    (
      await answered<{ matchingCase: ShownCase | null }>(graph, {
        token,
        purpose: PURPOSE,
        query: `query ($id: ID!) { matchingCase(id: $id) { ${CASE} } }`,
        variables: { id },
      })
    ).matchingCase;
  const queue = () =>
    answered<{
      matchingCases: { readonly edges: readonly { readonly node: ShownCase }[] };
      matchingQueues: readonly { readonly queue: string; readonly open: number }[];
    }>(graph, {
      token: officer,
      purpose: PURPOSE,
      query: `query ($odsCode: ID!) { matchingQueues(odsCode: $odsCode) { queue open }
        matchingCases(odsCode: $odsCode, queue: NAME_CHANGE) { edges { node { ${CASE} } } } }`,
      variables: { odsCode: trustA.odsCode },
    });

  const whileLikely = await given();
  const file = await marriage(stage, system, { folder, mail, employeeNumber });
  await system.operations.run('importFiles', { files: [file] }, () => undefined);
  const { matchingCases, matchingQueues } = await until(
    async () => {
      await system.operations.run('matchDirectory', {}, () => undefined);
      return queue();
    },
    ({ matchingCases: { edges } }) => edges.length > 0,
  );
  const [toDecide] = matchingCases.edges.map(({ node }) => node);
  if (toDecide === undefined) throw new Error('no case');
  const undecided = await given();
  const act = async (token: string, field: string, input: string, values: object) =>
    (
      await change<{ matchingCase: { readonly state: string } | null }>(
        stage,
        token,
        { field, input, answer: 'matchingCase { state }' },
        {
          caseId: toDecide.id,
          expectedVersion: (await read(token, toDecide.id))?.version,
          ...values,
        },
      )
    ).matchingCase?.state;

  const elsewhere = await read(elsewhereOfficer, toDecide.id);
  const decided = await act(officer, 'matchingCaseDecide', 'MatchingCaseDecideInput', {
    decision: 'SAME_PERSON',
    reason: 'Marriage certificate seen',
  });
  const whileConfirmed = await given();
  // Now that she is offered credentials, it takes two people.
  const takenBack = await act(officer, 'matchingCaseUndo', 'MatchingCaseUndoInput', {
    reason: 'It was a colleague’s certificate',
  });
  const second = await signInOn(stage, trustA.administratorMail, 'match:review', 'ADMINISTRATOR');
  const agreed = await act(second, 'matchingCaseApprove', 'MatchingCaseApproveInput', {
    approve: true,
    reason: 'Seen as well',
  });
  return {
    mail,
    staffId,
    whileLikely,
    toDecide,
    waiting: matchingQueues.find(({ queue: name }) => name === toDecide.queue)?.open ?? 0,
    elsewhere,
    undecided,
    decided,
    whileConfirmed,
    undone: [takenBack, agreed],
    afterwards: await given(),
  };
}

/** Tries what the mailbox is good for: signing in, and being offered credentials. */
async function whatItGives(
  stage: Stage,
  officer: string,
  { staffId, mail }: { readonly staffId: string; readonly mail: string },
): Promise<Given> {
  const { person } = await answered<{ person: Colleague }>(stage.graph, {
    token: officer,
    purpose: PURPOSE,
    query: `query ($id: ID!) { person: staff(by: { id: $id }) { ${COLLEAGUE} } }`,
    variables: { id: staffId },
  });
  const signedIn = await signInOn(stage, mail, 'self:read').catch((error: unknown) => error);
  if (typeof signedIn !== 'string' && !(signedIn instanceof SignInRefused)) throw signedIn;
  return {
    links: person.identityLinks.map(({ account: _, ...link }) => link),
    mailboxes: person.mailboxes.map((mailbox) => mailbox.mail),
    signIn: typeof signedIn === 'string' ? await addressesOf(stage, signedIn) : signedIn.message,
    offer: await offerCredentials(stage, officer, staffId, ['IDENTITY']).then(
      () => 'made',
      (error: unknown) => (error instanceof Error ? error.message : 'refused'),
    ),
  };
}

async function addressesOf({ graph }: Stage, token: string): Promise<readonly string[]> {
  const { me } = await answered<{ me: { mailboxes: readonly { readonly mail: string }[] } }>(
    graph,
    { token, query: '{ me { mailboxes { mail } } }' },
  );
  return me.mailboxes.map(({ mail }) => mail);
}

/** Her record has the address now, under a surname that the directory does not know. */
async function marriage(
  { trustA }: Stage,
  { demonstration }: Pick<LocalSystem, 'demonstration'>,
  {
    folder,
    mail,
    employeeNumber,
  }: { readonly folder: string; readonly mail: string; readonly employeeNumber: string },
): Promise<string> {
  const { header, rows } = await fullFile(demonstration, trustA.odsCode);
  const { people } = rowsOf(rows, employeeNumber);
  const married = people.map((row) =>
    changed(row, { [PERSON.family]: 'Featherstonehaugh', [PERSON.workEmail]: mail }),
  );
  return writeChanges(join(folder, 'marriage.DAT'), header, married);
}

/** A nurse moves for good, under a new surname: her record follows her, once a person has seen that it is hers. */
import { join } from 'node:path';

import type { LocalSystem } from '../../local/start.ts';
import { ASSIGNMENT, PERSON } from '../../subgraphs/esr/files/go2-layout.ts';
import { answered, machineToken } from './clients.ts';
import { changed, fullFile, rowsOf, writeChanges } from './extract-changes.ts';
import { change, signInOn, until } from './scenario.ts';
import type { Stage } from './story.ts';

/** A transfer as HR and the nurse ask for it. */
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly case: { readonly queue: string; readonly candidates: readonly object[] } | null;
  readonly record: {
    readonly employment: { readonly employeeNumber: string; readonly hireDate: string };
    readonly competences: readonly object[];
  } | null;
}

interface HeldEmployment {
  readonly type: string;
  readonly state: string;
  readonly reason: string | null;
}

/** What came of it, for assertions. */
export interface MoveEnding {
  /** What HR of the new trust, the nurse, HR of the old trust and HR of the new trust again were told. */
  readonly requested: Shown | null;
  readonly consented: Shown | null;
  readonly toDecide: Shown | null;
  readonly decided: Shown | null;
  readonly received: Shown | null;
  readonly again: Shown | null;
  readonly withdrawn: Shown | null;
  readonly receivedAfterwards: Shown | null;
  /** What became of the credential that says she works at the old trust. */
  readonly employment: HeldEmployment | undefined;
  readonly locations: readonly { readonly odsCode: string }[] | null;
}

const TRANSFER = `id state case { queue candidates { familyName birthDate niNumber compared { field outcome } } }
  record { employment { employeeNumber hireDate } competences { subject } }`;

/** Tells the scenario on a local system on which the story has been told. */
export async function moveForGood(
  stage: Stage,
  system: Pick<LocalSystem, 'operations' | 'demonstration'>,
  { staffId, folder }: { readonly staffId: string; readonly folder: string },
): Promise<MoveEnding> {
  const { trustA, trustB, nurse } = stage;
  const hrSystem = await machineToken(trustB.hrSystem, {
    issuer: stage.issuer,
    resource: stage.graph,
    scope: 'hr:read',
  });
  const hrA = await signInOn(stage, trustA.hrOfficerMail, 'hr:read', 'HR_OFFICER');
  const herself = await signInOn(stage, nurse.mail, 'self:read self:share', 'STAFF');
  const files = await leaverAndJoiner(stage, system, folder);
  await system.operations.run('importFiles', { files: [...files] }, () => undefined);

  const employment = await until(
    () => employmentCredential(stage, herself),
    (held) => held?.state !== 'ACTIVE',
  );

  const act = async (token: string, field: string, values: object, input = 'TransferInput') =>
    (
      await change<{ transfer: Shown | null }>(
        stage,
        token,
        { field, input, answer: `transfer { ${TRANSFER} }` },
        values,
      )
    ).transfer;
  const request = () =>
    act(hrSystem, 'transferRequest', { staffId, from: trustA.odsCode }, 'TransferRequestInput');
  const read = async (token: string, id: string | undefined): Promise<Shown | null> =>
    (
      await answered<{ transfer: Shown | null }>(stage.graph, {
        token,
        purpose: 'PRE_EMPLOYMENT',
        query: `query ($id: ID!) { transfer(id: $id) { ${TRANSFER} } }`,
        variables: { id },
      })
    ).transfer;

  const requested = await request();
  const transferId = requested?.id;
  const consented = await act(herself, 'transferConsentGive', { transferId });
  const toDecide = await read(hrA, transferId);
  const decided = await act(
    hrA,
    'transferDecide',
    {
      transferId,
      decision: 'SAME_PERSON',
      employeeNumber: nurse.employeeNumber,
      reason: 'Marriage certificate seen',
    },
    'TransferDecideInput',
  );
  const received = await read(hrSystem, transferId);
  const again = await request();
  const withdrawn = await act(herself, 'transferConsentWithdraw', { transferId });
  const receivedAfterwards = await read(hrSystem, transferId);
  const { recordLocations: locations } = await answered<{
    recordLocations: MoveEnding['locations'];
  }>(stage.graph, {
    token: herself,
    query: 'query ($id: ID!) { recordLocations(staffId: $id) { odsCode } }',
    variables: { id: staffId },
  });
  return {
    requested,
    consented,
    toDecide,
    decided,
    received,
    again,
    withdrawn,
    receivedAfterwards,
    employment,
    locations,
  };
}

async function employmentCredential(
  { graph }: Stage,
  token: string,
): Promise<HeldEmployment | undefined> {
  const { me } = await answered<{
    me: { passport: { credentials: { edges: readonly { node: HeldEmployment }[] } } };
  }>(graph, {
    token,
    query:
      '{ me { passport { credentials(first: 100) { edges { node { type state reason } } } } } }',
  });
  return me.passport.credentials.edges
    .map(({ node }) => node)
    .find(({ type }) => type === 'EMPLOYMENT_ASSIGNMENT');
}

/** Her last day at the old trust was yesterday, and the new one has her under a new surname. */
async function leaverAndJoiner(
  { trustA, trustB, nurse }: Stage,
  { demonstration }: Pick<LocalSystem, 'demonstration'>,
  folder: string,
): Promise<readonly [string, string]> {
  const yesterday = new Date(Date.now() - 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const old = await fullFile(demonstration, trustA.odsCode);
  const next = await fullFile(demonstration, trustB.odsCode);
  const { people, posts } = rowsOf(old.rows, nurse.employeeNumber);
  const person = people.at(-1);
  if (person === undefined) throw new Error('no row of hers');
  const left = people.map((row) => changed(row, { [PERSON.terminationDate]: yesterday }));
  const ended = posts.map((row) => changed(row, { [ASSIGNMENT.endDate]: yesterday }));
  const joined = changed(person, {
    [PERSON.esrPersonId]: '5999999',
    [PERSON.employeeNumber]: '99999917',
    [PERSON.family]: 'Lindqvist',
    [PERSON.effectiveFrom]: yesterday,
    [PERSON.hireDate]: yesterday,
    [PERSON.workEmail]: '',
  });
  const post = changed(posts.at(-1) ?? [], {
    [ASSIGNMENT.esrPersonId]: '5999999',
    [ASSIGNMENT.esrAssignmentId]: '6999999',
    [ASSIGNMENT.assignmentNumber]: '99999917',
    [ASSIGNMENT.effectiveFrom]: yesterday,
    [ASSIGNMENT.startDate]: yesterday,
  });
  return [
    // First, or for a moment she would work nowhere, and be signed out.
    await writeChanges(join(folder, 'joiner.DAT'), next.header, [joined, post]),
    // The first file that follows is that of the nurse who married.
    await writeChanges(join(folder, 'leaver.DAT'), old.header, [...left, ...ended], 2),
  ];
}

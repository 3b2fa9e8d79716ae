/**
 * One nurse leaves her trust, and her mailbox is still in use: the trust is told, and finds her in its report. Another
 * gives up her post on the same day and stays on the bank: she has not left.
 */
import { join } from 'node:path';

import type { LocalSystem } from '../../local/start.ts';
import type { LeaverReport } from '../../subgraphs/esr/domain/leavers.ts';
import { ASSIGNMENT, PERSON } from '../../subgraphs/esr/files/go2-layout.ts';
import { answered, machineToken } from './clients.ts';
import { changed, fullFile, type Row, rowsOf, writeChanges } from './extract-changes.ts';
import { lanyard } from './local-stage.ts';
import { until } from './scenario.ts';
import { type Colleague, staffNursesOf } from './staff-of-trust.ts';
import type { Stage } from './story.ts';

/** What the trust is told. It holds no name. */
interface Told {
  readonly type: string;
  readonly kind: string | null;
  readonly staffId: string | null;
  readonly odsCode: string;
}

/** What the trust finds in its report. */
interface Found {
  readonly account: { readonly mail: string } | null;
  readonly staffMember: { readonly id: string } | null;
  readonly worksAt: readonly string[];
}

/** What came of it, for assertions. */
export interface LeaveEnding {
  readonly leaver: { readonly id: string; readonly mail: string | undefined };
  /** Events about the two, by whom they are about. */
  readonly told: Readonly<Record<'leaver' | 'stayer', readonly Omit<Told, 'staffId'>[]>>;
  readonly found: Readonly<Record<'leaver' | 'stayer', readonly Omit<Found, 'staffMember'>[]>>;
  /** What stands in the way of the stayer's leaving, as operators see it. */
  readonly open: readonly string[];
  /** Lines of the report that an operator prints about the two. */
  readonly printed: Readonly<Record<'leaver' | 'stayer', readonly string[]>>;
  /** What the trust that they never worked at is told of them. */
  readonly elsewhere: readonly Told[];
}

const PURPOSE = 'HR_ADMINISTRATION';

/**
 * Tells the scenario on a local system on which the story has been told.
 *
 * @param place which of the files of changes that follow the extracts of the trust this is, the first being 1
 */
export async function leaveTrust(
  stage: Stage,
  system: Pick<LocalSystem, 'operations' | 'demonstration'>,
  { folder, place }: { readonly folder: string; readonly place: number },
): Promise<LeaveEnding> {
  const { issuer, graph, trustA, trustB } = stage;
  const { odsCode } = trustA;
  const tokenOf = (hrSystem: Stage['trustA']['hrSystem']) =>
    machineToken(hrSystem, { issuer, resource: graph, scope: 'hr:read' });
  const [token, tokenElsewhere] = await Promise.all([
    tokenOf(trustA.hrSystem),
    tokenOf(trustB.hrSystem),
  ]);
  const nurses = (await staffNursesOf(stage, token, odsCode)).filter(
    ({ employments: [employment], mailboxes }) =>
      mailboxes.length === 1 && employment?.employeeNumber !== stage.nurse.employeeNumber,
  );
  const [leaver, stayer] = [nurses.at(-1), nurses.at(-2)];
  if (leaver === undefined || stayer === undefined) throw new Error('nobody to leave');

  const file = await changes(stage, system, { folder, place, leaver, stayer });
  await system.operations.run('importFiles', { files: [file] }, () => undefined);
  // Before everybody was matched for the first time, somebody may have been without an account for a moment.
  const toldOf = (events: readonly Told[], { id }: Colleague) =>
    events
      .filter(({ staffId, kind }) => staffId === id && kind !== 'PERSON_WITHOUT_ACCOUNT')
      .map(({ staffId: _, ...told }) => told);
  const events = await until(
    () => eventsOf(stage, token),
    (all) => toldOf(all, leaver).length > 0,
  );
  const { organisation } = await answered<{
    organisation: {
      directoryReport: { findings: { edges: readonly { readonly node: Found }[] } };
    };
  }>(graph, {
    token,
    purpose: PURPOSE,
    query: `query ($odsCode: ID!) { organisation(odsCode: $odsCode) { directoryReport {
      findings(kind: LEAVER_STILL_ACTIVE, first: 100) { edges { node {
        account { mail } staffMember { id } worksAt } } } } } }`,
    variables: { odsCode },
  });
  const findings = organisation.directoryReport.findings.edges.map(({ node }) => node);
  const foundOf = ({ id }: Colleague) =>
    findings
      .filter(({ staffMember }) => staffMember?.id === id)
      .map(({ staffMember: _, ...found }) => found);
  const { leavers } = (await system.operations.run(
    'findLeavers',
    { odsCode, days: 30, limit: 100 },
    () => undefined,
  )) as LeaverReport;
  const printed = await lanyard(['directory', 'report', odsCode], { LANYARD_DATA: folder });
  const linesOf = ({ id }: Colleague) =>
    printed.split('\n').filter((line) => line.split(/\s+/).includes(id));
  return {
    leaver: { id: leaver.id, mail: leaver.mailboxes[0]?.mail },
    told: { leaver: toldOf(events, leaver), stayer: toldOf(events, stayer) },
    found: { leaver: foundOf(leaver), stayer: foundOf(stayer) },
    open: leavers.filter(({ staffId }) => staffId === stayer.id).map(({ finding }) => finding),
    printed: { leaver: linesOf(leaver), stayer: linesOf(stayer) },
    elsewhere: (await eventsOf(stage, tokenElsewhere)).filter(
      ({ staffId }) => staffId === leaver.id || staffId === stayer.id,
    ),
  };
}

async function eventsOf({ graph }: Stage, token: string): Promise<readonly Told[]> {
  const { directoryEvents } = await answered<{
    directoryEvents: { readonly events: readonly Told[] };
  }>(graph, {
    token,
    purpose: PURPOSE,
    query: '{ directoryEvents(first: 500) { events { type kind staffId odsCode } } }',
  });
  return directoryEvents.events;
}

/** Both gave up their post yesterday, and one of them goes on with another, on the bank. */
async function changes(
  { trustA }: Stage,
  { demonstration }: Pick<LocalSystem, 'demonstration'>,
  {
    folder,
    place,
    leaver,
    stayer,
  }: {
    readonly folder: string;
    readonly place: number;
    readonly leaver: Colleague;
    readonly stayer: Colleague;
  },
): Promise<string> {
  const yesterday = new Date(Date.now() - 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const { header, rows } = await fullFile(demonstration, trustA.odsCode);
  const gaveUp = ({ employments: [employment] }: Colleague) => {
    const { people, posts } = rowsOf(rows, employment?.employeeNumber ?? '');
    return {
      number: employment?.employeeNumber ?? '',
      posts,
      ended: [
        ...people.map((row) => changed(row, { [PERSON.terminationDate]: yesterday })),
        ...posts.map((row) => changed(row, { [ASSIGNMENT.endDate]: yesterday })),
      ],
    };
  };
  const left = gaveUp(leaver);
  const stayed = gaveUp(stayer);
  const bank: Row = changed(stayed.posts.at(-1) ?? [], {
    [ASSIGNMENT.esrAssignmentId]: '6999998',
    [ASSIGNMENT.assignmentNumber]: `${stayed.number}-2`,
    [ASSIGNMENT.effectiveFrom]: yesterday,
    [ASSIGNMENT.startDate]: yesterday,
    [ASSIGNMENT.position]: '3559596|Bank Nurse Band 5|N7B|Bank',
  });
  return writeChanges(
    join(folder, 'leavers.DAT'),
    header,
    [...left.ended, ...stayed.ended, bank],
    place,
  );
}

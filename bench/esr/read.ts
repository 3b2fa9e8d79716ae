/** Finding people, reading 50 with everything that is known, and exporting an organisation. */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import pg from 'pg';

import { newPrivateJwk } from '../../local/secrets.ts';
import { signerOf } from '../../runtime/jwk-settings.ts';
import { startChild } from '../child.ts';
import { percentile } from '../percentile.ts';
import { type AskSubgraph, type AskedBy, subgraphClient } from './ask.ts';
import type { Records } from './records.ts';

/** A service that reads all records. */
const SERVICE: AskedBy = { subject: 'lanyard-passport', scopes: ['record:read'] };

/** Searches of each kind, and readings of 50 people. */
const TIMES = 60;

const SEARCH = `query ($text: String, $odsCode: ID, $jobRole: String) {
  staffSearch(text: $text, odsCode: $odsCode, jobRole: $jobRole, first: 20) {
    found edges { node { id name { given family } } } } }`;

const PEOPLE = `query ($ids: [ID!]!) {
  staffMembers(ids: $ids) {
    id birthDate
    name { title given middle family preferred }
    employments { employer { odsCode name } employeeNumber personType hireDate terminationDate leavingReason }
    assignments { id assignmentNumber employer { odsCode } primary status positionTitle jobRole staffGroup grade fte }
    registrations { body number status expiresOn lastCheckedAt }
    competences { framework subject level name awardedBy { odsCode } awardedOn expiresOn }
  } }`;

const START = `mutation ($input: VerifiedRecordExportStartInput!) {
  verifiedRecordExportStart(input: $input) { export { id } errors { code } } }`;
const SHOW = `query ($id: ID!) { verifiedRecordExport(id: $id) { state people records failed } }`;

/** What reading took. */
export interface Reading {
  /** People who can be found. */
  readonly people: number;
  readonly searchP95Ms: number;
  readonly fiftyP95Ms: number;
  /** Of 20,000 records: measured on the largest organisation, and put into proportion. */
  readonly exportSeconds: number;
  /** From the end of the imports until everybody is found by search. */
  readonly searchReadySeconds: number;
}

/** Measures on records that are there. */
export async function measureReading(
  { url, createDatabase }: Pick<Records, 'url' | 'createDatabase'>,
  say: (line: string) => void,
): Promise<Reading> {
  const callerKey = newPrivateJwk('gateway');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  say('Making people findable');
  const searchReadySeconds = await makeFindable(client);
  await client.query('analyze');
  const child = await startChild<{ readonly url: string }>(
    new URL('records-process.ts', import.meta.url),
    {
      callerKey,
      ownKey: newPrivateJwk('esr'),
      url,
      passportUrl: await createDatabase(`passport${randomUUID().slice(0, 8)}`),
    },
  );
  try {
    const ask = subgraphClient({
      url: child.ready.url,
      audience: 'esr',
      signer: signerOf(callerKey),
    });
    const { rows } = await client.query<Found>(SAMPLE, [TIMES + WARM_UP]);
    say('Searching');
    const searchP95Ms = await p95(searches(rows), (variables) => ask(SERVICE, SEARCH, variables));
    say('Reading 50 people with everything');
    const fifties = await client.query<{ ids: string[] }>(FIFTIES, [TIMES + WARM_UP]);
    const fiftyP95Ms = await p95(fifties.rows, (variables) => ask(SERVICE, PEOPLE, variables));
    say('Exporting the largest organisation');
    const exported = await measureExport(client, ask, () => child.ask('run exports'));
    const counted = await client.query<{ people: number }>(
      'select count(*)::integer as people from esr.staff',
    );
    return {
      people: counted.rows[0]?.people ?? 0,
      searchP95Ms,
      fiftyP95Ms,
      exportSeconds: (exported.seconds * 20_000) / exported.records,
      searchReadySeconds,
    };
  } finally {
    await child.stop();
    await client.end();
  }
}

async function makeFindable(client: pg.Client): Promise<number> {
  const started = performance.now();
  for (;;) {
    const { rows } = await client.query<{ taken: number }>(
      'select esr.refresh_search(1000) as taken',
    );
    if ((rows[0]?.taken ?? 0) === 0) return (performance.now() - started) / 1_000;
  }
}

interface Found {
  readonly ods_code: string;
  readonly employee_number: string;
  readonly family: string;
  readonly given: string | null;
  readonly number: string | null;
  readonly job_role: string | null;
}

/** People spread evenly over all, the same ones each time. */
const SAMPLE = `
  with one as (select ods_code, esr_person_id, staff_id, employee_number from esr.employment
    order by md5(ods_code || esr_person_id) limit $1)
  select one.ods_code, one.employee_number, n.family, n.given, r.number, v.job_role from one
  cross join lateral (select family, given from esr.employment_name n where n.ods_code = one.ods_code
    and n.esr_person_id = one.esr_person_id order by effective_from desc limit 1) n
  left join lateral (select number from esr.registration r where r.staff_id = one.staff_id limit 1) r on true
  left join lateral (select job_role from esr.assignment a join esr.assignment_version v using (ods_code, esr_assignment_id)
    where a.ods_code = one.ods_code and a.esr_person_id = one.esr_person_id limit 1) v on true`;

const FIFTIES = `
  select array_agg(id) as ids from (
    select id, row_number() over (order by md5(id)) as place from esr.staff order by md5(id) limit 50 * $1) people
  group by (place - 1) / 50`;

/** What people type, of each kind in turn. */
function searches(people: readonly Found[]): object[] {
  return people.flatMap(({ ods_code, employee_number, family, given, number, job_role }) => [
    { text: `${given ?? ''} ${family}` },
    { text: family },
    { text: family.slice(0, 4) },
    { text: `${swapped(family)} ${given ?? ''}` },
    { text: family, odsCode: ods_code },
    { text: employee_number },
    ...(number === null ? [] : [{ text: number }]),
    ...(job_role === null ? [] : [{ odsCode: ods_code, jobRole: job_role }]),
    ...(job_role === null ? [] : [{ text: family, jobRole: job_role }]),
  ]);
}

/** Two letters the wrong way round. */
const swapped = (name: string): string =>
  name.length < 4 ? name : `${name.charAt(0)}${name.charAt(2)}${name.charAt(1)}${name.slice(3)}`;

const WARM_UP = 5;

/** The time that 95 of a hundred questions stay under, one after another, in milliseconds. */
async function p95<Question>(
  questions: readonly Question[],
  ask: (question: Question) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (const question of questions) {
    const started = performance.now();
    await ask(question);
    times.push(performance.now() - started);
  }
  const measured = times.slice(Math.ceil((times.length * WARM_UP) / (TIMES + WARM_UP)));
  return percentile(measured, 0.95);
}

async function measureExport(
  client: pg.Client,
  ask: AskSubgraph,
  run: () => Promise<unknown>,
): Promise<{ readonly records: number; readonly seconds: number }> {
  const { rows } = await client.query<{ ods_code: string }>(
    'select ods_code from esr.employment group by ods_code order by count(*) desc limit 1',
  );
  const odsCode = rows[0]?.ods_code ?? '';
  const hr: AskedBy = {
    subject: `hr-system-${odsCode.toLowerCase()}`,
    scopes: ['hr:read', 'passport:read'],
    odsCode,
    purpose: 'HR_ADMINISTRATION',
  };
  const started = performance.now();
  const { verifiedRecordExportStart: begun } = (await ask(hr, START, {
    input: { idempotencyKey: randomUUID() },
  })) as { verifiedRecordExportStart: { export: { id: string } | null } };
  const id = begun.export?.id ?? '';
  await run();
  const seconds = (performance.now() - started) / 1_000;
  const { verifiedRecordExport: shown } = (await ask(hr, SHOW, { id })) as {
    verifiedRecordExport: { state: string; records: number; failed: number } | null;
  };
  if (shown?.state !== 'READY' || shown.failed > 0) {
    throw new Error(`the export is ${JSON.stringify(shown)}`);
  }
  return { records: shown.records, seconds };
}

/** What a subgraph takes to answer a gateway, beside hand-written answers over the same records. */
import { rm } from 'node:fs/promises';

import pg from 'pg';
import { Pool } from 'undici';

import { CALLER_HEADER, signCallerStatement } from '../runtime/caller-statement.ts';
import { signerOf } from '../runtime/jwk-settings.ts';
import { type Child, startChild } from './child.ts';
import { importAll } from './esr/import-files.ts';
import { MORNING, startRecords } from './esr/records.ts';
import { newKey } from './new-key.ts';
import { median } from './percentile.ts';
import { type Asked, bodyOf, type QuestionName, QUESTIONS } from './subgraph/questions.ts';

/** Invented people; the largest of six trusts has more than 50 of them. */
const STAFF = 400;
/** Rounds; in each, every server is measured with every question. */
const ROUNDS = 3;
/** Requests under way at a time. */
const CONNECTIONS = 10;
/** Answers wanted of each server in a round, and before the first. */
const MEASURED: Readonly<Record<QuestionName, number>> = {
  one: 400,
  list: 80,
  entities: 80,
};
const WARM_UP = 2;

/** The servers: the subgraph, and answers written by hand. */
const SERVERS = ['subgraph', 'floor'] as const;
type ServerName = (typeof SERVERS)[number];

interface Server {
  readonly name: ServerName;
  readonly child: Child<{ readonly url: string }>;
  readonly pool: Pool;
}

/** Measures processor time for each answer, in milliseconds. */
export async function benchSubgraph(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  const { jwk } = newKey('gateway');
  const records = await startRecords({ staff: STAFF, organisations: 'six' });
  const servers: Server[] = [];
  try {
    await importAll(records.url, [...records.extracts, ...records.feeds]);
    const asked = await whomToAsk(records.url);
    const requests = await signedRequests(asked, jwk);
    for (const name of SERVERS) {
      say(`Starting ${name}`);
      const child = await startChild<{ readonly url: string }>(
        new URL('subgraph/server-process.ts', import.meta.url),
        { kind: name, callerKey: jwk, url: records.url },
        // A busy machine must not end the measurement.
        { environment: { LANYARD_PATIENCE: '20' } },
      );
      servers.push({
        name,
        child,
        pool: new Pool(child.ready.url, { connections: CONNECTIONS }),
      });
    }
    await compareAnswers(servers, requests);
    const times = new Map<string, number[]>();
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      say(round < 0 ? 'Warming up' : `Round ${String(round + 1)} of ${String(ROUNDS)}`);
      for (const question of QUESTIONS) {
        for (const { name, child, pool } of servers) {
          const before = await child.cpuMs();
          await askTimes(pool, requests[question], MEASURED[question]);
          const each = ((await child.cpuMs()) - before) / MEASURED[question];
          const key = `${name}_${question}`;
          if (round >= 0) times.set(key, [...(times.get(key) ?? []), each]);
        }
      }
    }
    const result: Record<string, number> = {};
    for (const question of QUESTIONS) {
      for (const name of SERVERS) {
        result[`${name}_${question}_cpu_ms`] = rounded(
          median(times.get(`${name}_${question}`) ?? []),
        );
      }
      result[`of_floor_${question}_cpu`] = rounded(
        median(times.get(`floor_${question}`) ?? []) /
          median(times.get(`subgraph_${question}`) ?? []),
      );
    }
    for (const [name, value] of Object.entries(result))
      say(`  ${name.padEnd(28)} ${String(value)}`);
    return result;
  } finally {
    for (const { child, pool } of servers) {
      await pool.destroy();
      await child.stop();
    }
    await records.stop();
    await rm(records.folder, { recursive: true, force: true });
  }
}

interface SignedRequest {
  readonly body: string;
  readonly statement: string;
}
type Requests = Readonly<Record<QuestionName, SignedRequest>>;

/** The trust with most people, and 50 of them. */
async function whomToAsk(url: string): Promise<Asked> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('analyze');
  const { rows } = await client.query<{
    ods_code: string;
    employee_number: string;
    id: string;
  }>(
    `select ods_code, employee_number, staff_id as id from esr.employment
     where ods_code = (select ods_code from esr.employment group by ods_code order by count(*) desc limit 1)
       and termination_date is null order by staff_id limit 50`,
  );
  await client.end();
  const [first] = rows;
  if (first === undefined || rows.length < 50) throw new Error('too few people');
  return {
    odsCode: first.ods_code,
    employeeNumber: first.employee_number,
    staffIds: rows.map(({ id }) => id),
  };
}

/** The clock of the servers stands still, so a statement is good for the whole measurement. */
async function signedRequests(asked: Asked, jwk: ReturnType<typeof newKey>['jwk']) {
  const signer = signerOf(jwk);
  const requests = QUESTIONS.map(async (question) => {
    const body = bodyOf(question, asked);
    const statement = await signCallerStatement(
      {
        kind: 'machine',
        subject: 'hr-system',
        clientId: 'hr-system',
        name: 'The measurement',
        scopes: new Set(['hr:read']),
        odsCode: asked.odsCode,
        purpose: 'HR_ADMINISTRATION',
        requestId: 'bench',
      },
      { audience: 'esr', body, now: MORNING() },
      signer,
    );
    return [question, { body, statement }] as const;
  });
  return Object.fromEntries(await Promise.all(requests)) as Requests;
}

async function ask(pool: Pool, { body, statement }: SignedRequest): Promise<string> {
  const { statusCode, body: answer } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
    body,
  });
  const text = await answer.text();
  if (statusCode !== 200) throw new Error(`${String(statusCode)} ${text.slice(0, 300)}`);
  return text;
}

/** All servers have to give the same bytes. */
async function compareAnswers(servers: readonly Server[], requests: Requests): Promise<void> {
  for (const question of QUESTIONS) {
    const answers = new Set<string>();
    for (const { pool } of servers) answers.add(await ask(pool, requests[question]));
    const [answer = ''] = answers;
    if (answers.size !== 1 || answer.includes('"errors"')) {
      throw new Error([...answers].map((one) => one.slice(0, 600)).join('\n'));
    }
  }
}

async function askTimes(pool: Pool, request: SignedRequest, times: number): Promise<void> {
  let left = times;
  const connection = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(pool, request);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/**
 * A passport process that ends itself, hard, at a chosen step. Steps are counted before and after every call of a port and
 * every statement to the database. What it acknowledges to its client it prints first.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';

import { sql } from 'kysely';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { startEmbeddedEngine } from '../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../standards/status-list/status-list.ts';
import {
  callers,
  type GraphRecord,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { createEnding } from './ending-itself.ts';
import type { ChildTask, Journey } from './issuing-task.ts';

const task = JSON.parse(process.env['ISSUING_TASK'] ?? '') as ChildTask;

const ending = createEnding();

const engine =
  'folder' in task.store ? await startEmbeddedEngine({ folder: task.store.folder }) : undefined;
const opened: Database =
  engine === undefined
    ? openPostgres('url' in task.store ? task.store.url : '', { connections: 2 })
    : openEmbedded(engine);
const database = ending.counted(opened);
const people = new Map<string, GraphRecord>(
  [task.recover, task.next].flatMap((journey) =>
    journey === undefined ? [] : [[journey.staffId, nurse(journey.staffId, journey.odsCode)]],
  ),
);
const bench = await startPassport({
  database,
  settings: task.settings,
  people,
  accredited: [task.recover, task.next].flatMap((journey) =>
    journey === undefined ? [] : [journey.odsCode],
  ),
  runtime: { wrap: ending.wrap, background: true },
});

// A process that is killed would not leave it behind.
flushCompileCache();

const say = (line: object): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

/** Offer, collect, revoke: each with the journey's own keys, so that it can be repeated. */
async function travel(journey: Journey, run: string): Promise<void> {
  const { id, staffId, odsCode, holderKey } = journey;
  const offered = await bench.ask(callers.hr(odsCode), operations.offer, {
    input: { idempotencyKey: `${id}-offer`, staffId, types: ['IDENTITY'] },
  });
  const offerId = offered.data?.credentialOffer.offer?.id;
  say({ run, id, did: 'offered', offerId });
  const issued = await bench.ask(callers.identity(), operations.issue, {
    input: { idempotencyKey: `${id}-issue`, offerId, type: 'IDENTITY', holderKeys: [holderKey] },
  });
  const { compact: sdJwt, credential } = issued.data?.credentialIssue.issued[0] ?? {};
  say({ run, id, did: 'issued', sdJwt, credentialId: credential?.id });
  const revoked = await bench.ask(callers.administrator(odsCode), operations.revoke, {
    input: {
      idempotencyKey: `${id}-revoke`,
      credentialId: credential?.id,
      reason: 'NO_LONGER_VALID',
    },
  });
  say({ run, id, did: 'revoked', state: revoked.data?.result.credential?.state });
  const { pathname } = new URL(credential?.statusListUri ?? 'https://none.example');
  const list = await bench.app.inject(pathname);
  const { payload } = splitCompactJws(list.body, 2 ** 25);
  const statuses = decodeStatusList(payload['status_list'] as EncodedStatusList);
  say({
    run,
    id,
    did: 'published',
    status: readStatus(statuses, credential?.statusIndex ?? -1),
  });
}

if (task.recover !== undefined) await travel(task.recover, 'again');
if (task.next !== undefined) {
  ending.endAt(task.killAt);
  await travel(task.next, 'first');
  ending.endAt(0);
}
if (task.next === undefined) {
  const { rows } = await sql`
    select offer_id, state, list_id, status_index, signed_jwt is not null as signed
    from passport.credential`.execute(opened.schema('passport'));
  say({ run: 'end', did: 'counted', rows });
}
await bench.stop();
await engine?.close();

/**
 * One of many passport processes on one database: offers, issues and revokes, several batches at a time, and ends itself
 * at a chosen step. What it acknowledges to its client it prints first.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

import { openPostgres } from '../../runtime/database.ts';
import {
  type Answer,
  callers,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { createEnding } from './ending-itself.ts';
import type { Batch, WriterTask } from './issuing-task.ts';

const task = JSON.parse(process.env['ISSUING_TASK'] ?? '') as WriterTask;
const ending = createEnding();
const bench = await startPassport({
  database: ending.counted(openPostgres(task.url, { connections: 3 })),
  settings: task.settings,
  people: new Map(task.batches.map(({ staffId, odsCode }) => [staffId, nurse(staffId, odsCode)])),
  accredited: [],
  runtime: { wrap: ending.wrap, background: true },
});

// A process that is killed would not leave it behind.
flushCompileCache();

const say = (line: object): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

/** A busy machine may be too slow for one request; the same call again is what a client makes then. */
async function insist(ask: () => Promise<Answer>): Promise<NonNullable<Answer['data']>> {
  let last: Answer | undefined;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    last = await ask();
    if (last.data != null && last.errors === undefined) return last.data;
    await delay(200);
  }
  throw new Error(`no answer: ${JSON.stringify(last?.errors)}`);
}

async function carryOut({ id, staffId, odsCode, holderKeys, revoke }: Batch): Promise<void> {
  const offered = await insist(() =>
    bench.ask(callers.hr(odsCode), operations.offer, {
      input: { idempotencyKey: `${id}-offer`, staffId, types: ['IDENTITY'] },
    }),
  );
  const offerId = offered.credentialOffer.offer?.id;
  const { credentialIssue } = await insist(() =>
    bench.ask(callers.identity(), operations.issue, {
      input: { idempotencyKey: `${id}-issue`, offerId, type: 'IDENTITY', holderKeys },
    }),
  );
  const [error] = credentialIssue.errors;
  if (error !== undefined) throw new Error(`not issued: ${error.code}`);
  say({
    run: 'writer',
    id,
    did: 'issued',
    credentials: credentialIssue.issued.map(({ compact, credential }) => ({
      compact,
      credentialId: credential.id,
    })),
  });
  const [first] = credentialIssue.issued;
  if (revoke && first !== undefined) {
    const { result } = await insist(() =>
      bench.ask(callers.administrator(odsCode), operations.revoke, {
        input: {
          idempotencyKey: `${id}-revoke`,
          credentialId: first.credential.id,
          reason: 'NO_LONGER_VALID',
        },
      }),
    );
    if (result.credential?.state !== 'REVOKED') throw new Error('not revoked');
    say({ run: 'writer', id, did: 'revoked', credentialId: first.credential.id });
  }
  say({ run: 'writer', id, did: 'done' });
}

ending.endAt(task.killAt);
const waiting = [...task.batches];
await Promise.all(
  Array.from({ length: task.atOnce }, async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      await carryOut(batch);
    }
  }),
);
ending.endAt(0);
await bench.stop();

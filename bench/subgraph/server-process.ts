/** The staff records subgraph in a process of its own, or its answers written by hand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CALLER_HEADER, verifyCallerStatement } from '../../runtime/caller-statement.ts';
import { openPostgres } from '../../runtime/database.ts';
import { keysById, type PrivateJwk, publicHalf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { listen } from '../../runtime/process.ts';
import { composeEsr } from '../../subgraphs/esr/compose.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { postgresStaffRecords } from '../../subgraphs/esr/postgres/staff-records.ts';
import { serveParent } from '../child.ts';
import { MORNING } from '../esr/records.ts';
import { answerByHand } from './by-hand.ts';
import { keptRecords } from './kept-records.ts';

/** What the parent says. */
interface Settings {
  readonly kind: 'subgraph' | 'floor';
  /** The key under which callers are stated. */
  readonly callerKey: PrivateJwk;
  /** Database of the records. */
  readonly url: string;
}

const { kind, callerKey, url } = JSON.parse(process.argv[2] ?? '{}') as Settings;
const callerKeys = { keys: [publicHalf(callerKey)] };
const database = openPostgres(url);

if (kind === 'floor') {
  const records = keptRecords(postgresStaffRecords(database.schema<EsrTables>('esr')));
  const keys = keysById(callerKeys);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const caller = verifyCallerStatement(
        String(request.headers[CALLER_HEADER]),
        { audience: 'esr', body, now: MORNING() },
        keys,
      );
      void answerByHand(body.toString('utf8'), caller, records).then((answer) => {
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(answer),
        });
        response.end(answer);
      });
    });
  });
  server.listen(0, '127.0.0.1', () => {
    serveParent(
      {
        url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      },
      async () => {
        server.closeAllConnections();
        await database.close();
      },
    );
  });
} else {
  const log = createLog({ name: 'esr', level: 'error' });
  const esr = await composeEsr(
    { ESR_CALLER_KEYS: callerKeys },
    {
      log,
      now: MORNING,
      database,
      background: false,
      wrap: keptRecords,
    },
  );
  const listening = await listen({
    name: 'esr',
    log,
    host: '127.0.0.1',
    port: 0,
    parts: [esr],
    withPrivateRoutes: true,
  });
  serveParent({ url: `http://127.0.0.1:${String(listening.port)}` }, listening.stop);
}

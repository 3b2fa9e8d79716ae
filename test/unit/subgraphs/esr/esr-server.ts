/** A staff records subgraph, asked the way the gateway asks it. */
import { generateKeyPairSync } from 'node:crypto';

import { fastify } from 'fastify';

import {
  type Caller,
  CALLER_HEADER,
  signCallerStatement,
} from '../../../../runtime/caller-statement.ts';
import { openEmbedded } from '../../../../runtime/database.ts';
import { publicHalf, signerOf } from '../../../../runtime/jwk-settings.ts';
import { createLog } from '../../../../runtime/log.ts';
import { composeEsr, type EsrRuntime } from '../../../../subgraphs/esr/compose.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

/** The moment at which everything happens. */
const NOW = new Date('2026-11-22T12:00:00Z');

/** One answer. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly people: readonly string[] };
}

/** Starts the subgraph on an empty database. */
export async function startEsrServer(wrap?: NonNullable<EsrRuntime['wrap']>) {
  const started = await startTestEngine();
  let statements = 0;
  let reading = false;
  const engine = {
    ...started,
    query: (...args: Parameters<typeof started.query>) => {
      const [sql] = args;
      // What runs beside requests does not take the readers' role; with one connection nothing comes in between.
      if (sql.includes('lanyard_esr_reader')) reading = true;
      if (reading) statements += 1;
      if (sql === 'commit' || sql === 'rollback') reading = false;
      return started.query(...args);
    },
  };
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'gateway' } as never;
  const esr = await composeEsr(
    { ESR_CALLER_KEYS: { keys: [publicHalf(jwk)] } },
    {
      log: createLog({ name: 'esr', level: 'silent' }),
      now: () => NOW,
      database: openEmbedded(engine),
      ...(wrap === undefined ? {} : { wrap }),
    },
  );
  const app = fastify();
  if (esr.privateRoutes !== undefined) await app.register(esr.privateRoutes);
  return {
    engine,
    esr,
    /** Statements of readings that the database has been given so far, from taking the readers' role to the end. */
    statements: () => statements,
    ask: async (
      caller: Partial<Caller>,
      query: string,
      variables: Record<string, unknown> = {},
    ): Promise<Answer> => {
      const body = JSON.stringify({ query, variables });
      const whole: Caller = {
        kind: 'person',
        subject: 'stf_nobodynobodynobodyno1',
        clientId: 'web',
        name: 'Somebody',
        scopes: new Set(),
        requestId: 'request-1',
        ...caller,
      };
      const statement = await signCallerStatement(
        whole,
        { audience: 'esr', body, now: NOW },
        signerOf(jwk),
      );
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
        body,
      });
      return response.json<Answer>();
    },
    stop: async () => {
      await app.close();
      await esr.stop();
      await engine.close();
    },
  };
}

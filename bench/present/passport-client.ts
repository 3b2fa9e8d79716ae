/** What the gateway and wallets ask of the passport, on connections that stay open. */
import { randomUUID } from 'node:crypto';

import { Pool } from 'undici';

import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { Signer } from '../../standards/compact-jws.ts';

/** The passport as its callers see it. */
export interface PassportClient {
  /** Runs an operation of the graph and answers its fields. */
  readonly ask: (caller: Caller, query: string, variables: object) => Promise<Fields>;
  /** Reads a public document. */
  readonly get: (path: string) => Promise<string>;
  /** Posts a form to a public address. */
  readonly post: (path: string, form: URLSearchParams) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** An answer of the graph. */
export type Fields = Readonly<Record<string, unknown>>;

/** Opens connections to the passport. */
export function connectPassport(url: string, signer: Signer, connections: number): PassportClient {
  const pool = new Pool(url, { connections, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const send = async (options: Parameters<Pool['request']>[0]): Promise<string> => {
    const { statusCode, body } = await pool.request(options);
    const text = await body.text();
    if (statusCode !== 200) {
      throw new Error(`${options.path}: ${String(statusCode)} ${text.slice(0, 300)}`);
    }
    return text;
  };
  return {
    async ask(caller, query, variables) {
      const body = JSON.stringify({ query, variables });
      const statement = { audience: 'passport', body, now: new Date() };
      const text = await send({
        path: '/graphql',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [CALLER_HEADER]: await signCallerStatement(caller, statement, signer),
        },
        body,
      });
      const { data, errors } = JSON.parse(text) as {
        readonly data?: Fields | null;
        readonly errors?: unknown;
      };
      if (data == null || errors !== undefined) {
        throw new Error(`the passport answered ${JSON.stringify(errors)}`);
      }
      return data;
    },
    get: (path) => send({ path, method: 'GET' }),
    post: (path, form) =>
      send({
        path,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      }),
    close: () => pool.close(),
  };
}

/** HR of an organisation. */
export const hr = (odsCode: string): Caller => ({
  kind: 'person',
  subject: `stf_hr-${odsCode}`,
  clientId: 'web',
  name: `HR of ${odsCode}`,
  scopes: new Set(['hr:read', 'passport:read', 'passport:offer', 'passport:verify']),
  odsCode,
  purpose: 'ROTATION',
  requestId: randomUUID(),
});

/** The authorization server. */
export const IDENTITY: Caller = {
  kind: 'machine',
  subject: 'lanyard-identity',
  clientId: 'lanyard-identity',
  name: 'Lanyard sign-in',
  scopes: new Set(['account:resolve', 'credential:issue']),
  requestId: 'bench',
};

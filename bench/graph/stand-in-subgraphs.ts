/** Subgraphs that answer at once with one invented person, and the authorization server's keys. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { fastify } from 'fastify';

import { systemClock } from '../../runtime/clock.ts';
import { keysById, type PrivateJwk, publicHalf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { subgraphRoutes } from '../../runtime/subgraph-server.ts';

/** A new private key. */
export function newKey(kid: string): { readonly jwk: PrivateJwk; readonly privateKey: KeyObject } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { jwk: { kty: 'EC', crv: 'P-256', kid, x, y, d }, privateKey };
}

const PERSON = 'stf_0000000000000000000000';
const asOf = '2026-11-22T12:00:00Z';

const RESOLVERS = {
  esr: {
    Query: { staff: () => ({ id: PERSON }) },
    StaffMember: {
      name: () => ({ given: 'Amara', family: 'Okafor-Lindqvist' }),
      registrations: () => [{ body: 'NMC', number: '18Z0042E', status: 'REGISTERED' }],
    },
  },
  nhsmail: {
    StaffMember: {
      mailboxes: () => [{ id: 'a1', mail: 'amara@trust.example', aliases: [], kind: 'USER', asOf }],
    },
  },
  passport: { StaffMember: { passport: () => ({ id: PERSON, status: 'ACTIVE' }) } },
} as const;

/** Everything that they answer may be seen. */
const seen = () => ({ odsCodes: 'each-below' as const, staffIds: [PERSON] });
const ROWS = {
  StaffMember: seen,
  Organisation: seen,
  Transfer: seen,
  Passport: seen,
  Credential: seen,
  PresentationRequest: seen,
};

/** Serves the stand-ins on free loopback ports. */
export async function startStandIns(keys: {
  readonly caller: PrivateJwk;
  readonly issuer: PrivateJwk;
}) {
  const callerKeys = keysById({ keys: [publicHalf(keys.caller)] });
  const log = createLog({ name: 'stand-in', level: 'silent' });
  const start = async (name: keyof typeof RESOLVERS) => {
    const app = fastify();
    await app.register(
      subgraphRoutes({
        name,
        sdl: await readFile(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8'),
        resolvers: RESOLVERS[name],
        callerKeys,
        now: systemClock,
        log,
        rows: ROWS,
        context: ({ caller, disclose }) => {
          disclose(PERSON);
          return { caller };
        },
      }),
    );
    app.post('/access-log', (_request, reply) => reply.code(204).send());
    app.post('/internal/revocations', () => ({ version: 'none', entries: [] }));
    app.get('/jwks', () => ({ keys: [publicHalf(keys.issuer)] }));
    return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
  };
  const [esr, nhsmail, passport] = await Promise.all([
    start('esr'),
    start('nhsmail'),
    start('passport'),
  ]);
  return {
    urls: {
      GATEWAY_ESR_URL: esr.url,
      GATEWAY_NHSMAIL_URL: nhsmail.url,
      GATEWAY_PASSPORT_URL: passport.url,
    },
    jwksUrl: `${passport.url}/jwks`,
    stop: async () => {
      await Promise.all([esr, nhsmail, passport].map((standIn) => standIn.close()));
    },
  };
}

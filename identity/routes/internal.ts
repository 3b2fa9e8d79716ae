/**
 * What the gateway asks: whether a DPoP proof is new (RFC 9449, section 11.1), and what has been taken back. For the
 * gateway alone: each request carries its signed statement.
 */
import { hash, type KeyObject } from 'node:crypto';

import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { ModelStore } from '../domain/ports.ts';
import type { RevocationStore } from '../domain/revocation.ts';
import { CALLER_HEADER, verifyCallerStatement } from '../../runtime/caller-statement.ts';
import type { Clock } from '../../runtime/clock.ts';

/** What the routes are made from. */
export interface InternalRoutesOptions {
  readonly models: Pick<ModelStore, 'add'>;
  readonly revocations: Pick<RevocationStore, 'list'>;
  /** The gateway's public keys by `kid`. */
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
}

/** How long a used proof is remembered, in seconds: longer than it is good for. */
const PROOF_SECONDS = 300;
/** Most entries told one by one. Past it everybody signs in anew. */
const MOST_ENTRIES = 10_000;

const proofBody = z.strictObject({ proof: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const revocationsBody = z.strictObject({ version: z.string().max(128).optional() });

/** Creates the routes. */
export function internalRoutes(options: InternalRoutesOptions): FastifyPluginAsync {
  const { models, revocations, callerKeys, now } = options;
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: 4_096 },
      (_request, bytes, done) => {
        done(null, bytes);
      },
    );
    app.addHook('preHandler', async (request, reply) => {
      try {
        const statement = request.headers[CALLER_HEADER];
        const { subject } = verifyCallerStatement(
          typeof statement === 'string' ? statement : undefined,
          { audience: 'identity', body: bytesOf(request), now: now() },
          callerKeys,
        );
        if (subject !== 'lanyard-gateway') throw new Error('not the gateway itself');
      } catch (error) {
        request.log.warn({ err: error }, 'caller statement rejected');
        await reply.code(401).send({ error: 'unauthenticated' });
      }
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store');
      done(null, payload);
    });

    app.post('/internal/proofs', async (request, reply) => {
      const parsed = proofBody.safeParse(jsonOf(request));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const first = await models.add({
        model: 'DpopProof',
        id: parsed.data.proof,
        payload: {},
        expiresAt: new Date(now().getTime() + PROOF_SECONDS * 1000),
      });
      return { first };
    });

    app.post('/internal/revocations', async (request, reply) => {
      const parsed = revocationsBody.safeParse(jsonOf(request));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const entries = await toldEntries(revocations, now());
      const version = hash('sha256', JSON.stringify(entries), 'base64url');
      return version === parsed.data.version ? { unchanged: true } : { version, entries };
    });
    return Promise.resolve();
  };
}

async function toldEntries(revocations: Pick<RevocationStore, 'list'>, now: Date) {
  const entries = await revocations.list(MOST_ENTRIES + 1);
  return entries.length > MOST_ENTRIES
    ? [{ kind: 'all', value: '', notBefore: now.getTime() }]
    : entries.map((entry) => ({ ...entry, notBefore: entry.notBefore.getTime() }));
}

const bytesOf = ({ body }: FastifyRequest): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.alloc(0);

function jsonOf(request: FastifyRequest): unknown {
  try {
    return JSON.parse(bytesOf(request).toString('utf8'));
  } catch {
    return undefined;
  }
}

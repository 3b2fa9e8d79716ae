/**
 * What the gateway asks: whether a DPoP proof is new (RFC 9449, section 11.1), what has been taken back, which operation a
 * client has registered, and whether it may ask others. For the gateway alone: each request carries its signed statement.
 */
import { hash, type KeyObject } from 'node:crypto';

import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { ModelStore } from '../domain/ports.ts';
import type { RevocationStore } from '../domain/revocation.ts';
import type { TrustedDocumentStore } from '../domain/trusted-documents.ts';
import { GATEWAY } from '../../runtime/caller-statement.ts';
import type { Clock } from '../../runtime/clock.ts';
import { statedRequest, takeStatedBodies, whileAwaited } from '../../runtime/stated-request.ts';

/** What the routes are made from. */
export interface InternalRoutesOptions {
  readonly models: Pick<ModelStore, 'add'>;
  readonly revocations: Pick<RevocationStore, 'list'>;
  readonly documents: Pick<TrustedDocumentStore, 'findText' | 'rules'>;
  /** The gateway's public keys by `kid`. */
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
}

/** How long a used proof is remembered, in seconds: longer than it is good for. */
const PROOF_SECONDS = 300;
/** Most entries told one by one. Past it everybody signs in anew. */
const MOST_ENTRIES = 10_000;

/** Largest body, in bytes. */
const BODY_LIMIT = 4_096;

const proofBody = z.strictObject({ proof: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const documentBody = z.strictObject({
  clientId: z.string().min(1).max(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const revocationsBody = z.strictObject({ version: z.string().max(128).optional() });

/** Creates the routes. */
export function internalRoutes(options: InternalRoutesOptions): FastifyPluginAsync {
  const { models, revocations, documents, callerKeys, now } = options;
  return (app) => {
    takeStatedBodies(app, BODY_LIMIT);
    app.addHook('preHandler', async (request, reply) => {
      const stated = statedRequest(request, { audience: 'identity', callerKeys, now });
      if (stated?.caller.subject === GATEWAY) return;
      if (stated !== undefined) request.log.warn('not the gateway itself');
      await reply.code(401).send({ error: 'unauthenticated' });
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store');
      done(null, payload);
    });

    app.post('/internal/proofs', async (request, reply) => {
      const parsed = proofBody.safeParse(jsonOf(request));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const used = {
        model: 'DpopProof',
        id: parsed.data.proof,
        payload: {},
        expiresAt: new Date(now().getTime() + PROOF_SECONDS * 1000),
      };
      return { first: await whileAwaited(request, reply, () => models.add(used)) };
    });

    app.post('/internal/revocations', async (request, reply) => {
      const parsed = revocationsBody.safeParse(jsonOf(request));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const told = await whileAwaited(request, reply, async () => ({
        entries: await toldEntries(revocations, now()),
        documents: await documents.rules(),
      }));
      const version = hash('sha256', JSON.stringify(told), 'base64url');
      return version === parsed.data.version ? { unchanged: true } : { version, ...told };
    });
    app.post('/internal/documents', async (request, reply) => {
      const parsed = documentBody.safeParse(jsonOf(request));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const { clientId, sha256 } = parsed.data;
      const text = await whileAwaited(request, reply, () => documents.findText(clientId, sha256));
      return { text: text ?? null };
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

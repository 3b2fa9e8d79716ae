/**
 * Status lists for anybody: the token that is live, what a list said at a past moment, and the lists of a trust.
 *
 * Source: draft-ietf-oauth-status-list, sections 8.1 (request), 8.2 (response), 8.4 (a past moment) and 9 (aggregation).
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

import { COME_BACK_SECONDS } from '../../../runtime/route-work.ts';
import { isUnavailable, SOURCE_BACK_SECONDS } from '../../../runtime/unavailable.ts';
import type { PassportParts } from '../context.ts';
import { odsCode } from '../domain/identifiers.ts';
import { FROM_MEMORY, type PublishedList } from '../domain/ports/status-lists.ts';
import type { PastToken } from '../domain/past-status-list.ts';
import { LIST_TTL_SECONDS } from '../domain/status-list-publisher.ts';
import { acceptsType } from './negotiation.ts';
import {
  allowReading,
  type PublicDocument,
  publicDocument,
  refuse,
  sendDocument,
} from './public-document.ts';

/** What the routes need. */
export interface StatusListRoutesOptions {
  readonly parts: Pick<PassportParts, 'publisher' | 'pastStatusLists' | 'addresses' | 'now'>;
  /** The path of the public URL, without a slash at its end. */
  readonly base: string;
}

const TYPE = 'application/statuslist+jwt';
/** How long a token of the past may be kept, in seconds. It does not change any more. */
const PAST_SECONDS = 86_400;
/** How long the lists of a trust may be kept, in seconds. A new one takes credentials soon after it was published. */
const AGGREGATION_SECONDS = 60;

/** The routes. */
export function statusListRoutes({ parts, base }: StatusListRoutesOptions): FastifyPluginAsync {
  const { publisher, pastStatusLists, addresses, now } = parts;
  const documents = new WeakMap<PublishedList | PastToken, PublicDocument>();
  const documentOf = (key: PublishedList | PastToken, make: () => PublicDocument) => {
    const made = documents.get(key) ?? make();
    documents.set(key, made);
    return made;
  };

  const sendCurrent = (
    request: FastifyRequest,
    reply: FastifyReply,
    list: PublishedList | undefined,
  ): FastifyReply | Promise<FastifyReply> => {
    if (list === undefined) return refuse(reply, 404, 'not_found');
    if (list.expiresAt <= now()) return refuse(reply, 503, 'list_expired');
    const document = documentOf(list, () =>
      publicDocument({
        type: TYPE,
        body: list.token,
        name: String(list.version),
        maxAge: LIST_TTL_SECONDS,
      }),
    );
    return sendDocument(request, reply, document);
  };

  const sendPast = async (
    request: FastifyRequest,
    reply: FastifyReply,
    listId: string,
    time: unknown,
  ): Promise<FastifyReply> => {
    if (typeof time !== 'string' || !/^\d{1,12}$/.test(time)) {
      return refuse(reply, 400, 'invalid_request');
    }
    const answer = await pastStatusLists(listId, Number(time));
    switch (answer.kind) {
      case 'current':
        return sendCurrent(request, reply, answer.list);
      case 'past': {
        const { token } = answer;
        const document = documentOf(token, () =>
          publicDocument({ type: TYPE, body: token.token, maxAge: PAST_SECONDS }),
        );
        return sendDocument(request, reply, document);
      }
      case 'unknown':
        return refuse(reply, 404, 'not_found');
      case 'busy':
        return refuse(
          reply.header('retry-after', String(COME_BACK_SECONDS)),
          503,
          'temporarily_unavailable',
        );
    }
  };

  return async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (isUnavailable(error)) {
        return refuse(
          reply.header('retry-after', String(SOURCE_BACK_SECONDS)),
          503,
          'temporarily_unavailable',
        );
      }
      throw error;
    });

    const listPath = `${base}/status-lists/:id`;
    allowReading(app, listPath);
    app.get<{ Params: { id: string }; Querystring: Record<string, unknown> }>(
      listPath,
      // A signed token is no page: of what protects browsers it needs only that nobody takes it for one.
      { config: { work: 'status-list', isPage: false } },
      (request, reply) => {
        reply.header('x-content-type-options', 'nosniff');
        const { id } = request.params;
        if (!acceptsType(request.headers.accept, TYPE)) {
          return refuse(reply, 406, 'not_acceptable');
        }
        // Nothing is looked up under a name that no list has: PostgreSQL refuses some characters.
        if (addresses.listIdOfStatusList(addresses.statusList(id)) === undefined) {
          return refuse(reply, 404, 'not_found');
        }
        const inMemory = publisher.peek(id);
        if (Object.hasOwn(request.query, 'time')) {
          return sendPast(request, reply, id, request.query['time']);
        }
        if (inMemory !== undefined || request.headers[FROM_MEMORY] !== undefined) {
          return sendCurrent(request, reply, inMemory);
        }
        return publisher.find(id).then((list) => sendCurrent(request, reply, list));
      },
    );

    const aggregationPath = `${base}/trusts/:ods/status-lists`;
    allowReading(app, aggregationPath);
    const ofLists = { config: { work: 'status-list' } } as const;
    app.get<{ Params: { ods: string } }>(aggregationPath, ofLists, async (request, reply) => {
      const { ods } = request.params;
      const ids = odsCode.safeParse(ods).success ? await publisher.listsOf(ods) : [];
      if (ids.length === 0) return refuse(reply, 404, 'not_found');
      const body = JSON.stringify({ status_lists: ids.map((id) => addresses.statusList(id)) });
      const document = { type: 'application/json', body, maxAge: AGGREGATION_SECONDS };
      return sendDocument(request, reply, publicDocument(document));
    });
    await Promise.resolve();
  };
}

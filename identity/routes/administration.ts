/**
 * The administration API: JSON below `/administration`, for people who act for an organisation. An endpoint says which
 * scope it takes; who may, for which organisation, and what an error looks like is decided here, once.
 *
 * Source: RFC 6750 (bearer tokens), section 3; RFC 9457 (problem details); RFC 9470 (step-up).
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import type { z } from 'zod';

import type { IsRevoked } from '../domain/revocation.ts';
import type { RoleGrants } from '../domain/role-ports.ts';
import { type AdministrationScope, mayAdminister } from '../domain/roles.ts';
import type { JsonObject } from '../../standards/strict-json.ts';
import {
  approvalChallenge,
  approvalNeeded,
  approvedTransaction,
  transactionHash,
  transactionOf,
} from '../../standards/transaction.ts';
import { isUnavailable } from '../../runtime/unavailable.ts';
import { bearerCaller } from './bearer.ts';
import { answerProblem, type Problem } from './problem.ts';

/** The person who calls, and the organisation they act for. */
export interface Administrator {
  readonly staffId: string;
  readonly odsCode: string;
  readonly name: string | undefined;
}

/** What an endpoint answers: a body with its status, or a problem. */
export type AdministrationAnswer =
  | { readonly status: 200 | 201 | 202; readonly body: object }
  | { readonly problem: Problem };

/** One call, checked. */
export interface AdministrationCall<Input> {
  readonly administrator: Administrator;
  /** Parts of the path, e.g. `id`. */
  readonly params: Readonly<Record<string, string>>;
  readonly input: Input;
  readonly requestId: string;
  /** Hash of the transaction that the person has approved a short while ago. */
  readonly approved: string | undefined;
}

/** One endpoint. */
export interface AdministrationEndpoint {
  readonly method: 'GET' | 'POST';
  /** Below `/administration`, e.g. `/role-grants/:id/approve`. */
  readonly path: string;
  readonly scope: AdministrationScope;
  /** Takes the body, or for GET the query; gives the answer. */
  readonly answer: (call: AdministrationCall<unknown>) => Promise<AdministrationAnswer>;
}

/** How an endpoint is described. */
export interface EndpointDescription<Shape> extends Omit<AdministrationEndpoint, 'answer'> {
  /** Should be a strict object: members that it does not know are refused. */
  readonly input: Shape;
  /**
   * Whether the person has to approve this very call with a passkey. The transaction's operation is the method and path, its
   * arguments are `params` and `input` as they are sent and what they are `about`, and it has to have words in `domain/transaction-words.ts`.
   */
  readonly confirmed?: boolean;
  /** What a call that names something by its id alone is about, for the person who approves it. */
  readonly about?: (call: AdministrationCall<unknown>) => Promise<JsonObject | undefined>;
}

/** Makes an endpoint. */
export function administrationEndpoint<Shape extends z.ZodType>(
  { input: shape, confirmed = false, about, ...rest }: EndpointDescription<Shape>,
  answer: (call: AdministrationCall<z.output<Shape>>) => Promise<AdministrationAnswer>,
): AdministrationEndpoint {
  const operation = `${rest.method} ${ADMINISTRATION_PATH}${rest.path}`;
  return {
    ...rest,
    answer: async (call) => {
      const { params, input, approved } = call;
      const parsed = shape.safeParse(input);
      if (!parsed.success) {
        return { problem: { kind: 'input_invalid', fields: fieldsAtFault(parsed.error) } };
      }
      if (confirmed) {
        const facts = await about?.(call);
        const given = { params, input, ...(facts && { about: facts }) };
        const transaction = transactionOf(operation, given);
        if (transactionHash(transaction) !== approved) {
          const members = { ...approvalNeeded(transaction) };
          return { problem: { kind: 'insufficient_user_authentication', members } };
        }
      }
      return answer({ ...call, input: parsed.data });
    },
  };
}

/** What the routes are made from. */
export interface AdministrationOptions {
  readonly issuer: string;
  /** Keys of the access tokens that this process signs. */
  readonly keys: JWTVerifyGetKey;
  readonly roleGrants: Pick<RoleGrants, 'list'>;
  readonly isRevoked: IsRevoked;
  readonly now: () => Date;
  readonly endpoints: readonly AdministrationEndpoint[];
}

/** Where the API is, below the issuer. With the issuer it is the resource that tokens are for (RFC 8707). */
export const ADMINISTRATION_PATH = '/administration';

/** Largest request, in bytes. */
const BODY_LIMIT = 64 * 1024;
/** Most names of fields in one answer. */
const MAX_FIELDS = 20;

/** Creates the routes. */
export function administrationRoutes(options: AdministrationOptions): FastifyPluginAsync {
  const { issuer, keys, roleGrants, isRevoked, now, endpoints } = options;

  /** The caller, or why not. A role that was taken away counts at once, whatever a token says. */
  const authorize = async (
    request: FastifyRequest,
    scope: AdministrationScope,
  ): Promise<(Administrator & { readonly approved: string | undefined }) | Problem> => {
    const audience = `${issuer}${ADMINISTRATION_PATH}`;
    const caller = await bearerCaller(request, { issuer, audience, keys, now: now() });
    if (caller?.kind !== 'person' || (await isRevoked(caller))) {
      return { kind: 'access_token_invalid' };
    }
    const { subject: staffId, odsCode, name, scopes } = caller;
    if (!scopes.has(scope) || odsCode === undefined) return { kind: 'scope_insufficient' };
    const held = await roleGrants.list(staffId);
    if (!mayAdminister(held, odsCode, scope)) return { kind: 'scope_insufficient' };
    return { staffId, odsCode, name, approved: approvedTransaction(caller, now()) };
  };

  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      app.getDefaultJsonParser('error', 'error'),
    );
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store');
      done(null, payload);
    });
    app.setErrorHandler((error: unknown, request, reply) => {
      const kind = problemKindOf(error);
      if (kind === 'internal_error' || kind === 'unavailable') {
        request.log.error({ err: error, requestId: request.id }, 'administration failed');
      }
      return answerProblem(reply, { kind });
    });
    for (const { method, path, scope, answer } of endpoints) {
      app.route({
        method,
        url: `${ADMINISTRATION_PATH}${path}`,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const who = await authorize(request, scope);
          if ('kind' in who) return refuse(reply, who, scope);
          const { approved, ...administrator } = who;
          const params = request.params as Readonly<Record<string, string>>;
          const input: unknown = method === 'GET' ? request.query : (request.body ?? {});
          const outcome = await answer({
            administrator,
            params,
            input,
            requestId: request.id,
            approved,
          });
          return 'problem' in outcome
            ? refuse(reply, outcome.problem, scope)
            : reply.code(outcome.status).send(outcome.body);
        },
      });
    }
    return Promise.resolve();
  };
}

function refuse(reply: FastifyReply, problem: Problem, scope: string): FastifyReply {
  if (problem.kind === 'access_token_invalid') {
    reply.header('www-authenticate', 'Bearer error="invalid_token"');
  } else if (problem.kind === 'insufficient_user_authentication') {
    reply.header('www-authenticate', approvalChallenge());
  } else if (problem.kind === 'scope_insufficient') {
    reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`);
  }
  return answerProblem(reply, problem);
}

function problemKindOf(error: unknown): Problem['kind'] {
  if (isUnavailable(error)) return 'unavailable';
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return 'too_large';
  if (status === 415) return 'media_type_unsupported';
  return typeof status === 'number' && status >= 400 && status < 500
    ? 'input_invalid'
    : 'internal_error';
}

/** Names of the members at fault. A member that is not known is named itself. */
function fieldsAtFault({ issues }: z.ZodError): readonly string[] {
  const names = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [...issue.path, key].join('.'))
      : [issue.path.join('.')],
  );
  return [...new Set(names)].map((name) => name.slice(0, 200)).slice(0, MAX_FIELDS);
}

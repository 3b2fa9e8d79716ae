/**
 * The SCIM protocol for one organisation: what a request asks for, and what is answered.
 *
 * Source: RFC 7644, sections 3 and 4.
 */
import { describeResourceType, describeSchema } from '../../../standards/scim/schema.ts';
import { applyPatch, readPatchMessage } from '../../../standards/scim/patch.ts';
import { ScimError } from '../../../standards/scim/scim-error.ts';
import { parseStrictJson } from '../../../standards/strict-json.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import { answerBulk, MAX_OPERATIONS, MAX_PAYLOAD } from './bulk.ts';
import { checkCondition, isUnchanged } from './entity-tag.ts';
import { MAX_RESULTS, readListQuery } from './list-query.ts';
import { readUser } from './read-user.ts';
import { userMessage, versionOf } from './user-message.ts';
import type { ScimUserStore, ScimWriter, StoredUser, Written } from './user-store.ts';
import { USER } from './user-type.ts';

/** A request, as the gateway hands it on. */
export interface ScimRequest {
  readonly method: string;
  /** Below the base address, e.g. `/Users/2819c223`. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  /** The body as it was sent. */
  readonly body: string;
}

/** What the gateway makes an HTTP answer from. */
export interface ScimAnswer {
  readonly status: number;
  readonly etag?: string;
  readonly location?: string;
  readonly body?: object;
}

/** What answering takes. */
export interface ScimParts {
  readonly users: ScimUserStore;
  readonly writer: ScimWriter;
  /** The mail domains of the organisation. */
  readonly domains: readonly string[];
  /** The base address, as clients see it. */
  readonly base: string;
}

/**
 * Answers a request.
 *
 * @throws {ScimError} when it cannot be answered
 */
export async function answerRequest(request: ScimRequest, parts: ScimParts): Promise<ScimAnswer> {
  const [collection = '', ...rest] = request.path.split('/').slice(1);
  switch (collection) {
    case 'ServiceProviderConfig':
    case 'ResourceTypes':
    case 'Schemas':
      return discover(collection, rest.join('/'), request, parts.base);
    case 'Bulk': {
      expectMethod(request, 'POST');
      if (rest.length > 0) throw notFound();
      const answered = (one: ScimRequest): Promise<ScimAnswer> => answerRequest(one, parts);
      return answerBulk(readBody(request), parts.base, answered);
    }
    case '.search':
      if (rest.length > 0) throw notFound();
      expectMethod(request, 'POST');
      return list(readBody(request), parts);
    case 'Me':
      throw new ScimError(501, 'a system has no user of its own');
    case 'Users':
      return answerUsers(request, rest, parts);
    default:
      throw notFound();
  }
}

async function answerUsers(
  request: ScimRequest,
  rest: readonly string[],
  parts: ScimParts,
): Promise<ScimAnswer> {
  const [id] = rest;
  if (rest.length > 1 || id === '') throw notFound();
  if (id === '.search') {
    expectMethod(request, 'POST');
    return list(readBody(request), parts);
  }
  if (id !== undefined) return answerUser(request, id, parts);
  expectMethod(request, 'GET', 'POST');
  if (request.method === 'GET') return list(request.query, parts);
  const user = written(
    await parts.users.create(readUser(readBody(request), parts.domains), parts.writer),
  );
  return { ...show(user, request, parts), status: 201, location: locationOf(user, parts) };
}

async function answerUser(request: ScimRequest, id: string, parts: ScimParts): Promise<ScimAnswer> {
  const { users, writer, domains } = parts;
  const { ifMatch } = request;
  expectMethod(request, 'GET', 'PUT', 'PATCH', 'DELETE');
  switch (request.method) {
    case 'PUT': {
      const resource = readUser(readBody(request), domains);
      const replace = (before: StoredUser) => {
        checkCondition(ifMatch, before);
        return resource;
      };
      return show(written(await users.change(id, replace, writer)), request, parts);
    }
    case 'PATCH': {
      const message = readPatchMessage(readBody(request));
      const patch = (before: StoredUser) => {
        checkCondition(ifMatch, before);
        const patched = applyPatch(USER, before.resource, message);
        return readUser({ ...patched, schemas: [USER.core.id] }, domains);
      };
      return show(written(await users.change(id, patch, writer)), request, parts);
    }
    case 'DELETE': {
      const check = (before: StoredUser): void => {
        checkCondition(ifMatch, before);
      };
      if ((await users.remove(id, check, writer)) === 'not-found') throw notFound();
      return { status: 204 };
    }
    default: {
      const user = await users.find(writer.odsCode, id);
      if (user === undefined) throw notFound();
      return isUnchanged(request.ifNoneMatch, user)
        ? { status: 304, etag: versionOf(user) }
        : show(user, request, parts);
    }
  }
}

function show(user: StoredUser, { query }: ScimRequest, parts: ScimParts): ScimAnswer {
  const { choose } = readListQuery(query);
  return { status: 200, etag: versionOf(user), body: choose(userMessage(user, parts.base)) };
}

const locationOf = ({ id }: StoredUser, { base }: ScimParts): string => `${base}/Users/${id}`;

/** RFC 7644, sections 3.4.2 and 3.4.3. */
async function list(query: unknown, { users, writer, base }: ScimParts): Promise<ScimAnswer> {
  const { choose, startIndex, count, ...order } = readListQuery(query);
  const { odsCode } = writer;
  const found = await users.list({ odsCode, offset: startIndex - 1, limit: count, ...order });
  return {
    status: 200,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: found.total,
      startIndex,
      itemsPerPage: found.users.length,
      Resources: found.users.map((user) => choose(userMessage(user, base))),
    },
  };
}

/** RFC 7644, section 4; RFC 7643, sections 5 to 7. */
function discover(
  endpoint: 'ServiceProviderConfig' | 'ResourceTypes' | 'Schemas',
  id: string,
  request: ScimRequest,
  base: string,
): ScimAnswer {
  expectMethod(request, 'GET');
  if ('filter' in request.query) throw new ScimError(403, 'there is no filter here');
  if (endpoint === 'ServiceProviderConfig') {
    if (id !== '') throw notFound();
    return { status: 200, body: serviceProviderConfig(base) };
  }
  const all: readonly { readonly id: string }[] =
    endpoint === 'ResourceTypes'
      ? [describeResourceType(USER, base)]
      : [USER.core, ...USER.extensions].map((schema) => describeSchema(schema, base));
  if (id === '') {
    return {
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: all.length,
        startIndex: 1,
        itemsPerPage: all.length,
        Resources: all,
      },
    };
  }
  const one = all.find((described) => described.id === id);
  if (one === undefined) throw notFound();
  return { status: 200, body: one };
}

const serviceProviderConfig = (base: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: MAX_OPERATIONS, maxPayloadSize: MAX_PAYLOAD },
  filter: { supported: true, maxResults: MAX_RESULTS },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'OAuth 2.0 bearer token',
      description: 'Client credentials with private_key_jwt, scope directory:write',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

function written(outcome: Written): StoredUser {
  switch (outcome.kind) {
    case 'written':
      return outcome.user;
    case 'not-found':
      throw notFound();
    case 'user-name-taken':
      throw new ScimError('uniqueness', 'another user has this userName');
    case 'address-taken':
      throw new ScimError('uniqueness', 'another account has one of these addresses');
    case 'unknown-user':
      throw new ScimError('invalidValue', 'manager or owners names a user that there is not');
    case 'full':
      throw new ScimError(403, 'the organisation has as many users as it may have');
  }
}

/** Not there, deleted and of another organisation look alike. */
const notFound = (): ScimError => new ScimError(404, 'there is no such resource');

function expectMethod({ method }: ScimRequest, ...allowed: readonly string[]): void {
  if (!allowed.includes(method)) throw new ScimError(405, 'this cannot be done here');
}

function readBody({ body }: ScimRequest): unknown {
  try {
    return parseStrictJson(body);
  } catch (cause) {
    if (!(cause instanceof StandardError)) throw cause;
    if (cause.code === 'json_too_long') throw new ScimError('tooMany', 'the body is too large');
    throw new ScimError('invalidSyntax', 'the body is not JSON with one meaning', { cause });
  }
}

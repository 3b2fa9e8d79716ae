/**
 * Many requests in one. Each is a transaction of its own. Operations may refer to users that others make, in any order and in
 * circles.
 *
 * Source: RFC 7644, section 3.7.
 */
import { z } from 'zod';

import { errorMessage, ScimError } from '../../../standards/scim/scim-error.ts';
import type { ScimAnswer, ScimRequest } from './answer-request.ts';

/** Most operations in one request. */
export const MAX_OPERATIONS = 50;
/** Largest request, in bytes. */
export const MAX_PAYLOAD = 1_048_576;

const message = z.object({
  schemas: z.tuple([z.literal('urn:ietf:params:scim:api:messages:2.0:BulkRequest')]),
  failOnErrors: z.int().min(1).optional(),
  Operations: z
    .array(
      z
        .object({
          method: z
            .string()
            .transform((method) => method.toUpperCase())
            .pipe(z.enum(['POST', 'PUT', 'PATCH', 'DELETE'])),
          bulkId: z
            .string()
            .regex(/^[\w.~-]{1,64}$/)
            .optional(),
          version: z.string().max(64).optional(),
          path: z.string().max(200),
          data: z.record(z.string(), z.unknown()).optional(),
        })
        .refine(({ method, bulkId }) => method !== 'POST' || bulkId !== undefined),
    )
    .min(1),
});

type Operation = z.infer<typeof message>['Operations'][number];
type Answer = (request: ScimRequest) => Promise<ScimAnswer>;

interface Numbered {
  readonly operation: Operation;
  readonly index: number;
}

interface Result {
  readonly method: string;
  readonly bulkId?: string | undefined;
  readonly location?: string | undefined;
  readonly version?: string | undefined;
  readonly status: string;
  readonly response?: object | undefined;
}

/** `bulkId:qwerty` where the id of a user is expected. */
const REFERENCE = /^bulkId:([\w.~-]{1,64})$/;

/**
 * Carries the operations out.
 *
 * @param base the base address
 * @param answer answers one request
 * @throws {ScimError} `invalidSyntax`, or `tooMany` operations
 */
export async function answerBulk(body: unknown, base: string, answer: Answer): Promise<ScimAnswer> {
  const read = message.safeParse(body);
  if (!read.success) {
    throw new ScimError('invalidSyntax', 'the body is not a BulkRequest message', {
      cause: read.error,
    });
  }
  const { Operations: operations, failOnErrors = Infinity } = read.data;
  if (operations.length > MAX_OPERATIONS) {
    throw new ScimError('tooMany', `there are more than ${String(MAX_OPERATIONS)} operations`);
  }
  const ids = operations.flatMap(({ method, bulkId }) => (method === 'POST' ? [bulkId] : []));
  if (new Set(ids).size < ids.length) {
    throw new ScimError('invalidSyntax', 'two operations have one bulkId');
  }

  const made = new Map<string, string>();
  const results = new Map<number, Result>();
  const incomplete: Numbered[] = [];
  let waiting: readonly Numbered[] = operations.map((operation, index) => ({ operation, index }));
  let errors = 0;
  const note = (index: number, result: Result): void => {
    results.set(index, result);
    if (Number(result.status) >= 400) errors += 1;
  };

  while (errors < failOnErrors) {
    const promised = new Set(waiting.flatMap(({ operation }) => promiseOf(operation)));
    const waits = ({ operation }: Numbered): boolean =>
      referencesOf(operation).some((id) => promised.has(id));
    // In a circle, somebody begins without those it refers to, and names them when they are there.
    const next =
      waiting.find((one) => !waits(one)) ??
      waiting.find(({ operation }) => operation.method === 'POST');
    if (next === undefined) break;
    const { operation, index } = next;
    waiting = waiting.filter((one) => one !== next);
    const isBegun = waits(next);
    const result = await attempt(operation, base, () => {
      const find = (id: string): string | undefined =>
        findMade(id, made, isBegun ? promised : NOBODY);
      return answer(requestOf(operation, find));
    });
    note(index, result);
    const id = /[^/]+$/.exec(result.location ?? '')?.[0];
    if (operation.bulkId !== undefined && id !== undefined) made.set(operation.bulkId, id);
    if (isBegun && id !== undefined) incomplete.push(next);
  }
  for (const { operation, index } of incomplete) {
    if (errors >= failOnErrors) break;
    const path = `/Users/${made.get(operation.bulkId ?? '') ?? ''}`;
    const result = await attempt({ ...operation, method: 'PUT', path }, base, () => {
      const find = (id: string): string | undefined => findMade(id, made, NOBODY);
      return answer(requestOf({ ...operation, method: 'PUT', path }, find));
    });
    const isMade = Number(result.status) < 400;
    note(index, { ...result, method: operation.method, status: isMade ? '201' : result.status });
  }
  return {
    status: 200,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: operations.flatMap((_operation, index) => results.get(index) ?? []),
    },
  };
}

const NOBODY: ReadonlySet<string> = new Set();

const promiseOf = ({ method, bulkId }: Operation): readonly string[] =>
  method === 'POST' && bulkId !== undefined ? [bulkId] : [];

/** The id of a user that another operation made; `undefined` for one that is still to come. */
function findMade(
  bulkId: string,
  made: ReadonlyMap<string, string>,
  promised: ReadonlySet<string>,
): string | undefined {
  const id = made.get(bulkId);
  if (id === undefined && !promised.has(bulkId)) {
    throw new ScimError(409, 'the operation refers to one that made nothing');
  }
  return id;
}

/** Carries one operation out and says what came of it, in the words of the response. */
async function attempt(
  { method, bulkId, path }: Operation,
  base: string,
  run: () => Promise<ScimAnswer>,
): Promise<Result> {
  const about = { method, ...(bulkId === undefined ? {} : { bulkId }) };
  const place = method === 'POST' ? {} : { location: `${base}${path}` };
  try {
    if (!/^\/Users(?:\/[\w.~:-]{1,80})?$/.test(path)) {
      throw new ScimError('invalidPath', 'only users can be changed in bulk');
    }
    const { status, etag, location } = await run();
    return {
      ...about,
      ...place,
      ...(location === undefined ? {} : { location }),
      ...(etag === undefined ? {} : { version: etag }),
      status: String(status),
    };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { ...about, ...place, status: String(error.status), response: errorMessage(error) };
  }
}

function requestOf(
  { method, path, version, data }: Operation,
  find: (bulkId: string) => string | undefined,
): ScimRequest {
  const [, users = '', target = ''] = path.split('/');
  const id = REFERENCE.exec(target)?.[1];
  return {
    method,
    path: id === undefined ? path : `/${users}/${find(id) ?? ''}`,
    query: {},
    ifMatch: version,
    body: JSON.stringify(resolved(data ?? {}, find)),
  };
}

/** A copy with ids for references; those to users who are still to come are left out. */
function resolved(value: unknown, find: (bulkId: string) => string | undefined): unknown {
  if (typeof value === 'string') {
    const id = REFERENCE.exec(value)?.[1];
    return id === undefined ? value : find(id);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const kept = resolved(item, find);
      return kept === undefined ? [] : [kept];
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, resolved(part, find)]),
  );
}

/** Every bulkId that an operation refers to. */
function referencesOf({ path, data }: Operation): readonly string[] {
  const found: string[] = [];
  const note = (id: string): undefined => void found.push(id);
  const target = REFERENCE.exec(path.split('/')[2] ?? '')?.[1];
  if (target !== undefined) note(target);
  resolved(data, note);
  return found;
}

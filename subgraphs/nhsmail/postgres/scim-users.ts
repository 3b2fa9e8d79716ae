/** Users that organisations push, in PostgreSQL. */
import { randomUUID } from 'node:crypto';

import type { Kysely, Transaction } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { canonicalJson } from '../../../standards/canonical-json.ts';
import { foldResource } from '../../../standards/scim/match-filter.ts';
import { isComplex, isList, type ScimResource } from '../../../standards/scim/schema.ts';
import type { AccountSource } from '../domain/account-store.ts';
import { accountOfUser } from '../scim/account-of-user.ts';
import type {
  Refused,
  ScimUserStore,
  ScimWriter,
  StoredUser,
  Written,
} from '../scim/user-store.ts';
import { ENTERPRISE, STAFF_ACCOUNT, USER } from '../scim/user-type.ts';
import type { AccountTables } from './account-tables.ts';
import { postgresAccounts } from './accounts.ts';
import { filterCondition, sortExpression } from './scim-filter.ts';

/** Columns by table. */
export interface ScimTables extends AccountTables {
  scim_user: {
    id: string;
    ods_code: string;
    version: number;
    resource: unknown;
    folded: unknown;
    created_at: Date;
    changed_at: Date;
    changed_by: string;
    deleted_at: Date | null;
  };
  scim_address: { address: string; user_id: string };
}

/** Most users of one organisation: several times the largest one's staff. */
const MAX_USERS = 200_000;

/** Ends a transaction that must not be committed. */
class NotWritten extends Error {
  override readonly name = 'NotWritten';
  readonly code: Refused['kind'];
  constructor(code: Refused['kind']) {
    super('the user was not written');
    this.code = code;
  }
}

/** Users kept in the schema `nhsmail`. `maxUsers` is the most that one organisation may have. */
export function postgresScimUsers(
  db: Kysely<ScimTables>,
  { maxUsers = MAX_USERS }: { readonly maxUsers?: number } = {},
): ScimUserStore {
  return {
    find: (odsCode, id) => orUnavailable(() => find(db, odsCode, id)),
    list: ({ odsCode, filter, sort, offset, limit }) =>
      orUnavailable(async () => {
        let all = db
          .selectFrom('scim_user')
          .where('ods_code', '=', odsCode)
          .where('deleted_at', 'is', null);
        if (filter !== undefined) all = all.where(filterCondition(filter));
        const { total } = await all
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .executeTakeFirstOrThrow();
        if (limit === 0 || offset >= total) return { total, users: [] };
        // Missing values are last in ascending order and first in descending order: PostgreSQL's own way.
        const sorted =
          sort === undefined
            ? all
            : all.orderBy(sortExpression(sort.path), sort.descending ? 'desc' : 'asc');
        const rows = await sorted.selectAll().orderBy('id').offset(offset).limit(limit).execute();
        return { total, users: rows.map(userOf) };
      }),
    create: (resource, writer) =>
      inTransaction(db, async (transaction) => {
        const { odsCode, at, clientId } = writer;
        const { count } = await transaction
          .selectFrom('scim_user')
          .where('ods_code', '=', odsCode)
          .where('deleted_at', 'is', null)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (count >= maxUsers) throw new NotWritten('full');
        const user: StoredUser = {
          id: randomUUID(),
          odsCode,
          version: 1,
          resource,
          createdAt: at,
          changedAt: at,
        };
        await transaction
          .insertInto('scim_user')
          .values({
            id: user.id,
            ods_code: odsCode,
            version: user.version,
            ...documentsOf(user),
            created_at: at,
            changed_at: at,
            changed_by: clientId,
            deleted_at: null,
          })
          .execute();
        await writeAccount(transaction, user, writer);
        return user;
      }),
    change: (id, change, writer) =>
      inTransaction(db, async (transaction) => {
        const before = await find(transaction, writer.odsCode, id, 'for update');
        if (before === undefined) throw new NotWritten('not-found');
        const resource = change(before);
        // Databases do not keep the order of members.
        if (canonicalJson(resource) === canonicalJson(before.resource)) return before;
        const user: StoredUser = {
          ...before,
          resource,
          version: before.version + 1,
          changedAt: writer.at,
        };
        await transaction
          .updateTable('scim_user')
          .set({
            version: user.version,
            ...documentsOf(user),
            changed_at: writer.at,
            changed_by: writer.clientId,
          })
          .where('id', '=', id)
          .execute();
        await writeAccount(transaction, user, writer, before);
        return user;
      }),
    remove: async (id, check, writer) => {
      const { odsCode, at, clientId } = writer;
      const outcome = await inTransaction(db, async (transaction) => {
        const user = await find(transaction, odsCode, id, 'for update');
        if (user === undefined) throw new NotWritten('not-found');
        check(user);
        await transaction
          .updateTable('scim_user')
          .set({ deleted_at: at, changed_at: at, changed_by: clientId, version: user.version + 1 })
          .where('id', '=', id)
          .execute();
        await transaction.deleteFrom('scim_address').where('user_id', '=', id).execute();
        const accounts = postgresAccounts<ScimTables>(transaction);
        const source = sourceOf(odsCode);
        const entry = accountOfUser(user.resource, { ...user, at, isDeleted: true });
        await accounts.upsert(source, [{ entry }], at);
        await accounts.markGone(source, [id], at);
        return user;
      });
      return outcome.kind === 'written' ? 'removed' : 'not-found';
    },
  };
}

const sourceOf = (odsCode: string): AccountSource => `scim:${odsCode}`;

async function inTransaction(
  db: Kysely<ScimTables>,
  work: (transaction: Transaction<ScimTables>) => Promise<StoredUser>,
): Promise<Written> {
  try {
    return await orUnavailable(async () => ({
      kind: 'written',
      user: await db.transaction().execute(work),
    }));
  } catch (error) {
    if (error instanceof NotWritten) return { kind: error.code };
    const taken = takenKey(error);
    if (taken !== undefined) return { kind: taken };
    throw error;
  }
}

/** Which of the unique keys another user has. */
function takenKey(error: unknown): 'user-name-taken' | 'address-taken' | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (error.code !== '23505' || !('constraint' in error)) return undefined;
  if (error.constraint === 'scim_user_has_its_name') return 'user-name-taken';
  return error.constraint === 'scim_address_pkey' ? 'address-taken' : undefined;
}

async function find(
  db: Kysely<ScimTables>,
  odsCode: string,
  id: string,
  lock?: 'for update',
): Promise<StoredUser | undefined> {
  const query = db
    .selectFrom('scim_user')
    .selectAll()
    .where('id', '=', id)
    .where('ods_code', '=', odsCode)
    .where('deleted_at', 'is', null);
  const row = await (lock === undefined ? query : query.forUpdate()).executeTakeFirst();
  return row && userOf(row);
}

/** The account, its addresses, and the people it names, in the same transaction. */
async function writeAccount(
  transaction: Transaction<ScimTables>,
  user: StoredUser,
  { at }: ScimWriter,
  before?: StoredUser,
): Promise<void> {
  const { id, odsCode, resource, createdAt } = user;
  const entry = accountOfUser(resource, { id, odsCode, createdAt, at });
  // Whoever was named before may have been deleted since.
  const past = new Set([id, ...(before === undefined ? [] : namedUsers(before.resource))]);
  const named = new Set([...namedUsers(resource)].filter((other) => !past.has(other)));
  if (named.size > 0) {
    const known = await transaction
      .selectFrom('scim_user')
      .select('id')
      .where('ods_code', '=', odsCode)
      .where('deleted_at', 'is', null)
      .where('id', 'in', [...named])
      .execute();
    if (known.length < named.size) throw new NotWritten('unknown-user');
  }
  const addresses = [entry.mail, ...entry.aliases];
  const accounts = postgresAccounts<ScimTables>(transaction);
  const held = await accounts.findByAddresses(addresses);
  if (held.some((account) => account.goneAt === undefined && account.id !== id)) {
    throw new NotWritten('address-taken');
  }
  await transaction
    .deleteFrom('scim_address')
    .where('user_id', '=', id)
    .where('address', 'not in', addresses)
    .execute();
  const own = await transaction
    .selectFrom('scim_address')
    .select('address')
    .where('user_id', '=', id)
    .execute();
  // In order, so that two users with the same addresses never wait for each other.
  const added = addresses.filter((one) => own.every(({ address }) => address !== one)).sort();
  if (added.length > 0) {
    await transaction
      .insertInto('scim_address')
      .values(added.map((address) => ({ address, user_id: id })))
      .execute();
  }
  await accounts.upsert(sourceOf(odsCode), [{ entry }], at);
}

/** Ids of the manager and of the owners. */
function* namedUsers(resource: ScimResource): Iterable<string> {
  const enterprise = resource[ENTERPRISE];
  const manager = isComplex(enterprise) ? enterprise['manager'] : undefined;
  if (isComplex(manager) && typeof manager['value'] === 'string') yield manager['value'];
  const staffAccount = resource[STAFF_ACCOUNT];
  const owners = isComplex(staffAccount) ? staffAccount['owners'] : undefined;
  for (const owner of isList(owners) ? owners : []) if (typeof owner === 'string') yield owner;
}

const documentsOf = (user: StoredUser) => ({
  resource: JSON.stringify(user.resource),
  folded: JSON.stringify(
    foldResource(USER, {
      ...user.resource,
      id: user.id,
      meta: {
        resourceType: USER.name,
        created: user.createdAt.toISOString(),
        lastModified: user.changedAt.toISOString(),
      },
    }),
  ),
});

/** Rows hold what was read with the schema before it was written. */
const userOf = (row: {
  readonly id: string;
  readonly ods_code: string;
  readonly version: number;
  readonly resource: unknown;
  readonly created_at: Date;
  readonly changed_at: Date;
}): StoredUser => ({
  id: row.id,
  odsCode: row.ods_code,
  version: row.version,
  resource: row.resource as ScimResource,
  createdAt: new Date(row.created_at),
  changedAt: new Date(row.changed_at),
});

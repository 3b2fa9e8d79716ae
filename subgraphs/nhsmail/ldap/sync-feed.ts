/** The directory over LDAP, as something that is read whole and followed. */
import {
  AndFilter,
  EqualityFilter,
  GreaterThanEqualsFilter,
  type LdapEntry,
  type LdapFilter,
  type LdapPool,
  LdapRefused,
  NotFilter,
  OrFilter,
  PresenceFilter,
} from '../../../runtime/ldap-pool.ts';
import { ldapSync, SYNC_REFRESH_REQUIRED, SYNC_REQUEST } from '../../../runtime/ldap-sync.ts';
import { formatGeneralizedTime, parseGeneralizedTime } from '../../../runtime/generalized-time.ts';
import type { DirectoryFeed, FeedItem, FeedWay } from '../domain/directory-feed.ts';
import type { DirectorySchema } from './directory-schema.ts';
import { readAccounts } from './read-accounts.ts';
import { type TimeWindow, timeWindows } from './time-windows.ts';

/** What the feed works with. */
export interface LdapFeedOptions {
  readonly baseDn: string;
  readonly schema: DirectorySchema;
  readonly now: () => Date;
  /** How the directory is followed, when that is not to be found out. */
  readonly way?: FeedWay;
  /** How long the directory may say nothing while it is read, in milliseconds. */
  readonly stallMs?: number;
}

/** Attributes that say which entry it is and when it changed (RFC 4530; RFC 4512, section 3.4). */
const ENTRY_UUID = 'entryUUID';
const MODIFIED = 'modifyTimestamp';
/** Accounts in one question to the server. */
const BATCH = 50;
/** Entries that are turned into accounts together. */
const TOGETHER = 200;
const STALL_MS = 60_000;

/** The directory behind these connections. */
export function ldapDirectoryFeed(pool: LdapPool, options: LdapFeedOptions): DirectoryFeed {
  const { baseDn, schema, now, stallMs = STALL_MS } = options;
  const attributes = [...new Set([...schema.attributes, ENTRY_UUID, MODIFIED])];

  async function* accountsOf(
    entries: AsyncIterable<LdapEntry>,
    count: (entries: number) => void = () => undefined,
  ): AsyncGenerator<FeedItem, void, undefined> {
    let some: LdapEntry[] = [];
    const read = async (): Promise<readonly FeedItem[]> => {
      count(some.length);
      const accounts = await readAccounts(pool, schema, { entries: some, readAt: now() });
      const items = some.flatMap((entry, at): readonly FeedItem[] => {
        const account = accounts[at];
        if (account === undefined) return [];
        const sourceKey = entry.attributes.get(ENTRY_UUID.toLowerCase())?.[0]?.toLowerCase();
        const modifiedAt = parseGeneralizedTime(
          entry.attributes.get(MODIFIED.toLowerCase())?.[0] ?? '',
        );
        return [
          {
            kind: 'account',
            sourced: { entry: account, ...(sourceKey === undefined ? {} : { sourceKey }) },
            ...(modifiedAt === undefined ? {} : { modifiedAt }),
          },
        ];
      });
      some = [];
      return items;
    };
    for await (const entry of entries) {
      if (some.push(entry) >= TOGETHER) yield* await read();
    }
    yield* await read();
  }

  const stream = (filter: LdapFilter) =>
    pool.searchStream(baseDn, { filter, scope: 'sub', attributes });

  async function* byTimes(position: Date | undefined): AsyncGenerator<FeedItem, void, undefined> {
    const windows = timeWindows(position, now());
    let window: TimeWindow | undefined = windows.first;
    while (window !== undefined) {
      let entries = 0;
      const filter = windowFilter(schema.accounts(), window);
      yield* accountsOf(stream(filter), (count) => {
        entries += count;
      });
      if (window.from !== undefined) yield { kind: 'reached', position: window.from };
      window = windows.next(window, entries);
    }
    yield { kind: 'end', everything: true };
  }

  async function* byContent(cookie: Buffer | undefined): AsyncGenerator<FeedItem, void, undefined> {
    const messages = ldapSync(await pool.connect(), baseDn, {
      filter: schema.accounts(),
      scope: 'sub',
      attributes,
      stallMs,
      ...(cookie === undefined ? {} : { cookie }),
    });
    let everything = false;
    try {
      for await (const message of messages) {
        switch (message.kind) {
          case 'entry': {
            const { state, uuid, entry } = message;
            if (state === 'present') yield { kind: 'unchanged', sourceKeys: [uuid] };
            else if (state === 'delete') yield { kind: 'deleted', sourceKeys: [uuid] };
            else {
              const account = schema.parse(entry, now());
              const modifiedAt = account?.modifiedAt;
              if (account === undefined) break;
              yield {
                kind: 'account',
                sourced: { entry: account, sourceKey: uuid },
                ...(modifiedAt === undefined ? {} : { modifiedAt }),
              };
            }
            break;
          }
          case 'ids':
            yield {
              kind: message.state === 'present' ? 'unchanged' : 'deleted',
              sourceKeys: message.uuids,
            };
            break;
          case 'all-present':
            everything = true;
            break;
          case 'done': {
            const next = message.cookie?.toString('base64');
            yield {
              kind: 'end',
              everything: everything || !message.refreshDeletes,
              ...(next === undefined || next === '' ? {} : { cookie: next }),
            };
          }
        }
      }
    } catch (error) {
      const stale = error instanceof LdapRefused && isStale(error.resultCode);
      if (cookie === undefined || !stale) throw error;
      yield { kind: 'refresh-required' };
    }
  }

  return {
    way: async () => options.way ?? findWay(pool, baseDn, schema),
    readAll: (way, position) => {
      switch (way) {
        case 'CONTENT_SYNC':
          return byContent(undefined);
        case 'TIMES':
          return byTimes(position);
        case 'WHOLE_ONLY':
          return ended(accountsOf(stream(schema.accounts())), true);
      }
    },
    readChanges: (after) =>
      'cookie' in after
        ? byContent(Buffer.from(after.cookie, 'base64'))
        : ended(accountsOf(stream(changedFrom(schema.accounts(), after.modifiedFrom))), false),
    findPresent: async (ids) => {
      const present = new Set<string>();
      for (let from = 0; from < ids.length; from += BATCH) {
        const some = ids.slice(from, from + BATCH);
        const entries = await pool.search(baseDn, {
          filter: new AndFilter({
            filters: [
              schema.accounts(),
              new OrFilter({
                filters: some.map(
                  (value) => new EqualityFilter({ attribute: schema.keys.id, value }),
                ),
              }),
            ],
          }),
          scope: 'sub',
          attributes,
        });
        const found = await readAccounts(pool, schema, { entries, readAt: now() });
        for (const account of found) if (account !== undefined) present.add(account.id);
      }
      return present;
    },
  };
}

/** The server does not know our cookie, or has a state of before it: it was restored from a copy. */
const isStale = (code: number): boolean =>
  code === SYNC_REFRESH_REQUIRED || code === UNWILLING_TO_PERFORM;
const UNWILLING_TO_PERFORM = 53;

async function* ended(
  items: AsyncIterable<FeedItem>,
  everything: boolean,
): AsyncGenerator<FeedItem, void, undefined> {
  yield* items;
  yield { kind: 'end', everything };
}

const changedFrom = (accounts: LdapFilter, from: Date): LdapFilter =>
  windowFilter(accounts, { from });

function windowFilter(accounts: LdapFilter, { from, to }: TimeWindow): LdapFilter {
  return new AndFilter({
    filters: [
      accounts,
      ...(from === undefined ? [] : [changedSince(from)]),
      ...(to === undefined ? [] : [new NotFilter({ filter: changedSince(to) })]),
    ],
  });
}

const changedSince = (from: Date): LdapFilter =>
  new GreaterThanEqualsFilter({ attribute: MODIFIED, value: formatGeneralizedTime(from) });

/** How this server can be followed. */
async function findWay(pool: LdapPool, baseDn: string, schema: DirectorySchema): Promise<FeedWay> {
  // What stands below an account's entry changes without it.
  if (schema.below !== undefined) return 'WHOLE_ONLY';
  const [rootDse] = await pool.search('', {
    filter: new PresenceFilter({ attribute: 'objectClass' }),
    scope: 'base',
    attributes: ['supportedControl'],
  });
  const controls = rootDse?.attributes.get('supportedcontrol') ?? [];
  if (controls.includes(SYNC_REQUEST)) return 'CONTENT_SYNC';
  const timed = await pool.search(baseDn, {
    filter: changedFrom(schema.accounts(), new Date(0)),
    scope: 'sub',
    attributes: [MODIFIED],
    sizeLimit: 1,
  });
  return timed.some(({ attributes }) => attributes.has(MODIFIED.toLowerCase()))
    ? 'TIMES'
    : 'WHOLE_ONLY';
}

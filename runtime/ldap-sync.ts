/**
 * What a directory holds and how that has changed, told by the directory itself: the content synchronization operation
 * (RFC 4533) in its mode refreshOnly. The messages are read here: the library knows neither the controls nor the
 * intermediate responses.
 */
import { BER, BerError, berSize, type BerValue, readBer, writeBer } from './ldap-ber.ts';
import {
  type LdapConnection,
  type LdapEntry,
  LdapRefused,
  type LdapSearch,
  LdapUnavailable,
} from './ldap-connection.ts';

/** The control that asks for it, as the root DSE lists it. */
export const SYNC_REQUEST = '1.3.6.1.4.1.4203.1.9.1.1';
const SYNC_STATE = '1.3.6.1.4.1.4203.1.9.1.2';
const SYNC_DONE = '1.3.6.1.4.1.4203.1.9.1.3';
const SYNC_INFO = '1.3.6.1.4.1.4203.1.9.1.4';
/** e-syncRefreshRequired: the cookie is too old, everything has to be read (section 3.6). */
export const SYNC_REFRESH_REQUIRED = 4096;

/** What the directory says of one entry (section 2.3). */
export type SyncState = 'present' | 'add' | 'modify' | 'delete';

/** One message of the answer. `uuid` is an `entryUUID`, in lower case with hyphens. */
export type SyncMessage =
  /** An entry; one that is `present` or deleted comes without attributes. */
  | {
      readonly kind: 'entry';
      readonly state: SyncState;
      readonly uuid: string;
      readonly entry: LdapEntry;
    }
  /** Entries that are there unchanged, or that are there no more. */
  | {
      readonly kind: 'ids';
      readonly state: 'present' | 'delete';
      readonly uuids: readonly string[];
    }
  /** All entries that are there have been named: the others are not. */
  | { readonly kind: 'all-present' }
  /** The end. Unless `refreshDeletes`, entries that were not named are there no more. */
  | { readonly kind: 'done'; readonly refreshDeletes: boolean; readonly cookie?: Buffer };

/** Messages that wait to be taken before the connection is no longer read, and again is. */
const WAITING = { pause: 2_000, resume: 500 };
/** Longest message, in bytes. */
const MESSAGE_LIMIT = 16 * 1024 * 1024;
/** timeLimitExceeded, adminLimitExceeded, busy, unavailable: the server may do better later. */
const PASSING_CODES: ReadonlySet<number> = new Set([3, 11, 51, 52]);
const OPERATION = { entry: 0x64, done: 0x65, reference: 0x73, intermediate: 0x79 } as const;
const STATES: readonly SyncState[] = ['present', 'add', 'modify', 'delete'];

/**
 * Reads what has changed since a cookie, or everything. The connection is used up by it, and closed at the end.
 *
 * @param cookie of the answer before
 * @param stallMs how long the server may say nothing, in milliseconds
 * @throws {LdapRefused} with {@link SYNC_REFRESH_REQUIRED} when the cookie is too old
 * @throws {LdapUnavailable} when the server goes silent or away
 */
export async function* ldapSync(
  connection: LdapConnection,
  baseDn: string,
  search: Omit<LdapSearch, 'sizeLimit'> & { readonly cookie?: Buffer; readonly stallMs: number },
): AsyncGenerator<SyncMessage, void, undefined> {
  const { cookie, stallMs, ...what } = search;
  const waiting: SyncMessage[] = [];
  const failures: Error[] = [];
  const flow: { paused: boolean } = { paused: false };
  let unread: Buffer = Buffer.alloc(0);
  let wake = (): void => undefined;
  const line = connection.listen(baseDn, what, syncRequest(cookie), {
    received: (data) => {
      unread = unread.length === 0 ? data : Buffer.concat([unread, data]);
      let at = 0;
      for (;;) {
        const size = berSize(unread, at);
        if (size !== undefined && size > MESSAGE_LIMIT) throw new BerError('a message is too long');
        if (size === undefined || at + size > unread.length) break;
        waiting.push(...messagesOf(unread.subarray(at, at + size)));
        at += size;
      }
      unread = unread.subarray(at);
      if (waiting.length >= WAITING.pause && !flow.paused) {
        flow.paused = true;
        line.pause();
      }
      wake();
    },
    failed: (error) => {
      failures.push(error);
      wake();
    },
  });
  const more = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(() => {
        failures.push(new LdapUnavailable('the directory did not answer in time'));
        resolve();
      }, stallMs);
    });
    clearTimeout(timer);
  };
  try {
    for (;;) {
      const taken = waiting.splice(0, WAITING.resume);
      for (const message of taken) {
        yield message;
        if (message.kind === 'done') return;
      }
      if (flow.paused && waiting.length <= WAITING.resume) {
        flow.paused = false;
        line.resume();
      }
      if (waiting.length === 0) {
        const [failure] = failures;
        if (failure !== undefined) throw failure;
        await more();
      }
    }
  } finally {
    connection.close();
  }
}

/** SyncRequestValue (section 2.2). No reloadHint: rather an error than everything without a word. */
const syncRequest = (cookie: Buffer | undefined) => ({
  type: SYNC_REQUEST,
  value: writeBer(
    BER.sequence,
    Buffer.concat([
      writeBer(BER.enumerated, Buffer.from([1])),
      ...(cookie === undefined ? [] : [writeBer(BER.octetString, cookie)]),
    ]),
  ),
});

/** LDAPMessage (RFC 4511, section 4.1.1), as far as it belongs to the answer. */
function messagesOf(bytes: Buffer): readonly SyncMessage[] {
  const [message] = readBer(bytes);
  const [, operation, controls] = message?.tag === BER.sequence ? readBer(message.contents) : [];
  if (operation === undefined) throw new BerError('not a message of LDAP');
  switch (operation.tag) {
    case OPERATION.entry:
      return [entryMessage(operation, controlValue(controls, SYNC_STATE))];
    case OPERATION.intermediate:
      return infoMessages(operation);
    case OPERATION.done:
      return [doneMessage(operation, controlValue(controls, SYNC_DONE))];
    case OPERATION.reference:
      // Referrals are not followed.
      return [];
    default:
      throw new BerError('not an answer to a search');
  }
}

/** SearchResultEntry with its syncStateValue. */
function entryMessage(operation: BerValue, control: Buffer | undefined): SyncMessage {
  const [name, attributes] = readBer(operation.contents);
  const [state, uuid] = control === undefined ? [] : sequence(control);
  const stated = STATES[state?.contents[0] ?? -1];
  if (name === undefined || stated === undefined || uuid === undefined) {
    throw new BerError('an entry without its state');
  }
  const values = new Map<string, readonly string[]>();
  for (const attribute of readBer(attributes?.contents ?? Buffer.alloc(0))) {
    const [type, set] = readBer(attribute.contents);
    if (type === undefined || set === undefined) throw new BerError('an attribute without values');
    values.set(
      type.contents.toString('latin1').toLowerCase(),
      readBer(set.contents).map(({ contents }) => contents.toString('utf8')),
    );
  }
  return {
    kind: 'entry',
    state: stated,
    uuid: uuidText(uuid.contents),
    entry: { dn: name.contents.toString('utf8'), attributes: values },
  };
}

/** IntermediateResponse with its syncInfoValue (section 2.5). */
function infoMessages(operation: BerValue): readonly SyncMessage[] {
  const [name, value] = readBer(operation.contents);
  if (name?.tag !== 0x80 || name.contents.toString('latin1') !== SYNC_INFO) return [];
  const [info] = value?.tag === 0x81 ? readBer(value.contents) : [];
  switch (info?.tag) {
    case 0xa2:
      return [{ kind: 'all-present' }];
    case 0xa3: {
      const parts = readBer(info.contents);
      const set = parts.find(({ tag }) => tag === 0x31);
      const deletes = parts.find(({ tag }) => tag === BER.boolean)?.contents[0] ?? 0;
      const uuids = readBer(set?.contents ?? Buffer.alloc(0)).map(({ contents }) =>
        uuidText(contents),
      );
      return [{ kind: 'ids', state: deletes === 0 ? 'present' : 'delete', uuids }];
    }
    default:
      // A new cookie alone, or the end of the deletions: the end of the answer says both again.
      return [];
  }
}

/** SearchResultDone with its syncDoneValue (section 2.4). */
function doneMessage(operation: BerValue, control: Buffer | undefined): SyncMessage {
  const [result] = readBer(operation.contents);
  const code = result === undefined ? -1 : result.contents.readUIntBE(0, result.contents.length);
  if (PASSING_CODES.has(code)) throw new LdapUnavailable('the directory did not answer');
  if (code !== 0) throw new LdapRefused(code);
  // Whoever passes over the control has not understood what was asked.
  if (control === undefined) throw new BerError('an end without its state');
  const parts = sequence(control);
  const cookie = parts.find(({ tag }) => tag === BER.octetString)?.contents;
  const deletes = parts.find(({ tag }) => tag === BER.boolean)?.contents[0] ?? 0;
  return {
    kind: 'done',
    refreshDeletes: deletes !== 0,
    ...(cookie === undefined ? {} : { cookie: Buffer.from(cookie) }),
  };
}

/** The value of one control of a message (RFC 4511, section 4.1.11). */
function controlValue(controls: BerValue | undefined, type: string): Buffer | undefined {
  for (const control of controls?.tag === 0xa0 ? readBer(controls.contents) : []) {
    const [name, ...rest] = readBer(control.contents);
    if (name?.contents.toString('latin1') !== type) continue;
    return rest.find(({ tag }) => tag === BER.octetString)?.contents;
  }
  return undefined;
}

function sequence(bytes: Buffer): readonly BerValue[] {
  const [value] = readBer(bytes);
  if (value?.tag !== BER.sequence) throw new BerError('not a sequence');
  return readBer(value.contents);
}

function uuidText(bytes: Buffer): string {
  if (bytes.length !== 16) throw new BerError('not a UUID');
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import {
  compromiseKeyInput,
  type IssuerKeySummary,
  retireKeyInput,
} from '../../subgraphs/passport/domain/administration.ts';
import type { Compromise, Rotation } from '../../subgraphs/passport/domain/rotate-keys.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** Lists the keys of the issuing trusts. */
export const listIssuerKeys: Command = {
  usage: 'issuer keys [--ods CODE]',
  summary:
    'Lists the keys that trusts sign with: state, since when, what they signed, and what stops counting with them.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { ods: { type: 'string' } });
    noOperands(positionals);
    const odsCode = values.ods === undefined ? undefined : text(values.ods, 'ods');
    const input = odsCode === undefined ? {} : { odsCode };
    const keys = (await operate(io, 'issuerKeys', input)) as readonly IssuerKeySummary[];
    io.out(table(keys));
    return 0;
  },
};

/** Publishes new keys. */
export const rotateIssuerKeys: Command = {
  usage: 'issuer rotate --ods CODE | --all [--by NAME]',
  summary:
    'Publishes new keys for one trust, or for all, which sign once every cached document shows them.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      ods: { type: 'string' },
      all: { type: 'boolean' },
      by: { type: 'string' },
    });
    noOperands(positionals);
    if ((values.ods === undefined) !== (values.all === true)) {
      throw new UsageError('name one trust with --ods, or every trust with --all');
    }
    const input = {
      ...(values.ods === undefined ? {} : { odsCode: text(values.ods, 'ods') }),
      by: operatorName(values.by),
    };
    const rotations = (await operate(io, 'rotateKeys', input)) as readonly Rotation[];
    for (const { odsCode, use, kid, activatesAt, made } of rotations) {
      const what = made ? 'new' : 'waits already';
      io.out(`${odsCode}  ${use}  ${kid}  ${what}, signs from ${moment(activatesAt)}\n`);
    }
    return 0;
  },
};

/** Stops a key from signing. */
export const retireIssuerKey: Command = {
  usage: 'issuer retire KID [--by NAME]',
  summary: 'Stops a key from signing at once. What it signed goes on counting until it expires.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(keysLast(args), { by: { type: 'string' } });
    const input = checked(retireKeyInput, {
      kid: oneOperand(positionals),
      by: operatorName(values.by),
    });
    const { kid } = input;
    await operate(io, 'retireKey', input);
    io.out(`Retired ${kid}.\n`);
    return 0;
  },
};

/** Takes a key out of use because somebody else may have it. */
export const compromiseIssuerKey: Command = {
  usage: 'issuer compromise KID --since TIME [--by NAME]',
  summary:
    'Takes a key out of every document at once, has a new one sign, and revokes every credential it signed since a time (RFC 3339).',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      keysLast(args),
      { since: { type: 'string' }, by: { type: 'string' } },
      ['since'],
    );
    const input = checked(compromiseKeyInput, {
      kid: oneOperand(positionals),
      since: text(values.since, 'since'),
      by: operatorName(values.by),
    });
    const { revoked, since, successor } = (await operate(io, 'compromiseKey', input)) as Compromise;
    io.out(`${input.kid} is out of use. Revoked what it signed since ${moment(since)}: `);
    io.out(`${String(revoked)} credentials.\n`);
    io.out(
      successor === undefined
        ? 'No new key could be made yet; the next signature makes one.\n'
        : `${successor} signs now.\n`,
    );
    return 0;
  },
};

function noOperands(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UsageError('too many operands');
}

function oneOperand(positionals: readonly string[]): string {
  const [kid, ...more] = positionals;
  if (kid === undefined || more.length > 0) throw new UsageError('name one key');
  return kid;
}

/** The id of a key may start with a dash, and is no option then. */
function keysLast(args: readonly string[]): readonly string[] {
  const isKey = (arg: string): boolean => /^-[A-Za-z0-9_-]{42}$/.test(arg);
  if (!args.some(isKey)) return args;
  return [...args.filter((arg) => !isKey(arg)), '--', ...args.filter(isKey)];
}

/** The input, or an error that says which operand or option is wrong and how. */
function checked<Input>(
  shape: {
    readonly safeParse: (input: unknown) =>
      | { readonly success: true; readonly data: Input }
      | {
          readonly success: false;
          readonly error: {
            readonly issues: readonly {
              readonly path: readonly PropertyKey[];
              readonly message: string;
            }[];
          };
        };
  },
  input: unknown,
): Input {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${String(issue?.path[0] ?? 'input')} ${issue?.message ?? 'is wrong'}`);
}

/** A moment as it comes: a date, or its text through the running system's door. */
const moment = (at: Date | string): string => new Date(at).toISOString();

const HEADINGS = ['TRUST', 'USE', 'KEY', 'KEPT', 'STATE', 'SINCE', 'SIGNED', 'ENDS', 'WHAT BREAKS'];

function table(keys: readonly IssuerKeySummary[]): string {
  const rows = keys.map((key) => [
    key.odsCode,
    key.use,
    key.kid,
    key.keeper,
    key.state,
    moment(key.since),
    key.use === 'credential' ? String(key.signed) : '-',
    key.endsAt === undefined ? '-' : moment(key.endsAt),
    whatBreaks(key),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [HEADINGS, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** What no longer counts when the key is gone. */
function whatBreaks({ use, state, inForce }: IssuerKeySummary): string {
  if (state === 'compromised' || state === 'ended') return 'nothing';
  if (use === 'anchor') return 'every certificate';
  if (use === 'status-list')
    return state === 'waiting' ? 'nothing' : 'status lists until signed again';
  if (use === 'registry')
    return state === 'waiting' ? 'nothing' : 'the register until signed again';
  if (use === 'signal') return state === 'waiting' ? 'nothing' : 'signals that are on their way';
  if (use === 'request')
    return state === 'waiting' ? 'nothing' : 'requests that wait for an answer';
  if (use === 'receipt') return state === 'waiting' ? 'nothing' : 'receipts that it signed';
  return inForce === 0 ? 'nothing' : `${String(inForce)} credentials in force`;
}

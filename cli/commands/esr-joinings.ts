import type { JoinOutcome, StaffJoining } from '../../subgraphs/esr/domain/staff-joinings.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** What is said when two ids are not joined. */
const REASONS: Readonly<Record<Exclude<JoinOutcome, 'joined' | 'already-joined'>, string>> = {
  'same-id': 'these are one id',
  'not-found': 'one of the ids is nobody’s',
  'birth-date-differs':
    'the records were born on different days; --whatever-birth-date joins them all the same',
  'parted-before': 'somebody has parted the two before',
};

/** Joins two ids that are of one person. */
export const joinStaff: Command = {
  usage: 'esr join STAFF_ID --into STAFF_ID --reason TEXT [--by NAME] [--whatever-birth-date]',
  summary:
    'Joins two ids that turn out to be of one person, who is shown under the second from then on. Can be undone.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      {
        into: { type: 'string' },
        reason: { type: 'string' },
        by: { type: 'string' },
        'whatever-birth-date': { type: 'boolean', default: false },
      },
      ['into', 'reason'],
    );
    const staffId = oneId(positionals);
    const { outcome } = (await operate(io, 'joinStaff', {
      staffId,
      into: text(values.into, 'into'),
      reason: text(values.reason, 'reason'),
      by: operatorName(values.by),
      whateverBirthDate: values['whatever-birth-date'],
    })) as { readonly outcome: JoinOutcome };
    if (outcome === 'joined' || outcome === 'already-joined') {
      io.out(outcome === 'joined' ? 'Joined.\n' : 'They were joined before.\n');
      return 0;
    }
    io.err(`Not joined: ${REASONS[outcome]}.\n`);
    return 65;
  },
};

/** Parts two ids that were joined. */
export const partStaff: Command = {
  usage: 'esr part STAFF_ID --from STAFF_ID --reason TEXT [--by NAME]',
  summary: 'Parts two ids that were joined and are not of one person. No import joins them again.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      { from: { type: 'string' }, reason: { type: 'string' }, by: { type: 'string' } },
      ['from', 'reason'],
    );
    const staffId = oneId(positionals);
    const { outcome } = (await operate(io, 'partStaff', {
      staffId,
      from: text(values.from, 'from'),
      reason: text(values.reason, 'reason'),
      by: operatorName(values.by),
    })) as { readonly outcome: 'parted' | 'not-joined' };
    if (outcome === 'parted') {
      io.out('Parted.\n');
      return 0;
    }
    io.err('They are not joined.\n');
    return 65;
  },
};

/** Lists ids that were joined. */
export const joinedStaff: Command = {
  usage: 'esr joined [STAFF_ID]',
  summary: 'Lists the latest 100 ids that were joined, or those of one person: by whom and why.',
  run: async (args, io) => {
    const { positionals } = readArguments(args, {});
    const [staffId, ...more] = positionals;
    if (more.length > 0) throw new UsageError('name one id, or none');
    const joinings = (await operate(io, 'staffJoinings', {
      ...(staffId === undefined ? {} : { staffId }),
      limit: 100,
    })) as readonly StaffJoining[];
    io.out(joinings.length === 0 ? 'There are none.\n' : joinings.map(joiningLines).join(''));
    return 0;
  },
};

function joiningLines({ staffId, withStaffId, joinedBy, joinedAt, reason, parted }: StaffJoining) {
  const lines = [
    `${staffId} with ${withStaffId}`,
    `  joined ${day(joinedAt)} by ${joinedBy ?? 'an import'}: ${reason}`,
  ];
  // From another process an undefined one is left out.
  if (parted !== undefined)
    lines.push(`  parted ${day(parted.at)} by ${parted.by}: ${parted.reason}`);
  return `${lines.join('\n')}\n`;
}

const day = (moment: Date): string => new Date(moment).toISOString().slice(0, 10);

function oneId(positionals: readonly string[]): string {
  const [staffId, ...more] = positionals;
  if (staffId === undefined || more.length > 0) throw new UsageError('name one id');
  return staffId;
}

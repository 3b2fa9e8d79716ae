import type { LeaverReport } from '../../subgraphs/esr/domain/leavers.ts';
import { type Command, readArguments, UsageError } from '../command.ts';
import { operate } from '../operate.ts';

/** Lists people who have left an organisation and are still at work. */
export const listLeavers: Command = {
  usage: 'esr leavers [--ods CODE] [--days DAYS]',
  summary: 'Lists employments that ended, of people who still have a post there or work elsewhere.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ods: { type: 'string' }, days: { type: 'string' } });
    const days = values.days === undefined ? 90 : Number(values.days);
    if (!Number.isInteger(days) || days < 1) throw new UsageError('--days is a number of days');
    const { leavers, count } = (await operate(io, 'findLeavers', {
      ...(values.ods === undefined ? {} : { odsCode: values.ods }),
      days,
      limit: 1_000,
    })) as LeaverReport;
    if (count === 0) io.out('Nobody who left is still at work.\n');
    for (const one of leavers) {
      const reason = one.leavingReason === null ? '' : `, ${one.leavingReason}`;
      io.out(
        `${one.finding}  ${one.odsCode} ${one.employeeNumber}  ended ${one.endedOn}${reason}  works at ${one.worksAt.join(', ')}  ${one.staffId}\n`,
      );
    }
    if (count > leavers.length) io.out(`and ${String(count - leavers.length)} more\n`);
    return 0;
  },
};

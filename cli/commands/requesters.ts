import { type Command, readArguments } from '../command.ts';
import { operate } from '../operate.ts';

/** Shows who was reported. */
export const reportedRequesters: Command = {
  usage: 'requesters reported [--from DATE]',
  summary:
    'Lists organisations whose requests members of staff have reported, and why: the last 90 days, or from a date on.',
  run: async (args, io) => {
    const { values } = readArguments(args, { from: { type: 'string' } });
    const { from } = values;
    const counts = (await operate(
      io,
      'requesterReports',
      from === undefined ? {} : { from },
    )) as readonly ReportLine[];
    if (counts.length === 0) io.out('Nobody was reported.\n');
    for (const { odsCode, reason, reports, people, lastAt } of counts) {
      const last = new Date(lastAt).toISOString();
      io.out(
        `${odsCode}  ${reason}  ${String(reports)} reports by ${String(people)} people, the last at ${last}\n`,
      );
    }
    return 0;
  },
};

interface ReportLine {
  readonly odsCode: string;
  readonly reason: string;
  readonly reports: number;
  readonly people: number;
  readonly lastAt: string | Date;
}

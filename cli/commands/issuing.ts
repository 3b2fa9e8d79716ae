import { type Command, readArguments, text } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** Stops issuing. */
export const stopIssuing: Command = {
  usage: 'issuing stop [--ods CODE] --reason TEXT [--by NAME]',
  summary: 'Stops all issuing of credentials at once, or one organisation’s.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      { ods: { type: 'string' }, reason: { type: 'string' }, by: { type: 'string' } },
      ['reason'],
    );
    const stop = (await operate(io, 'stopIssuing', {
      ...whose(values.ods),
      reason: text(values.reason, 'reason'),
      by: operatorName(values.by),
    })) as StopLine & { readonly drained: boolean };
    io.out(`${describeStop(stop)}\n`);
    if (stop.drained) return 0;
    io.err(
      'Nothing new is issued. Something that was being recorded before has not ended yet: repeat the command to wait for it.\n',
    );
    return 1;
  },
};

/** Lets issuing go on. */
export const startIssuing: Command = {
  usage: 'issuing start [--ods CODE] [--by NAME]',
  summary: 'Ends a stop: of all issuing, or of one organisation’s.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ods: { type: 'string' }, by: { type: 'string' } });
    const answer = await operate(io, 'startIssuing', {
      ...whose(values.ods),
      by: operatorName(values.by),
    });
    const { started } = answer as { readonly started: boolean };
    io.out(started ? 'Issuing goes on.\n' : 'It was not stopped.\n');
    return 0;
  },
};

/** Shows what is stopped. */
export const issuingStatus: Command = {
  usage: 'issuing status',
  summary: 'Says whether issuing is stopped, by whom and why, and what was stopped before.',
  run: async (args, io) => {
    readArguments(args, {});
    const stops = (await operate(io, 'issuingStops', {})) as readonly StopLine[];
    const inForce = stops.filter(({ startedAt }) => startedAt === undefined);
    if (inForce.length === 0) io.out('Nothing is stopped.\n');
    for (const stop of [...inForce, ...stops.filter((one) => !inForce.includes(one))]) {
      io.out(`${describeStop(stop)}\n`);
    }
    return 0;
  },
};

/** A stop as it comes from the system, from this process or another. */
interface StopLine {
  readonly odsCode: string;
  readonly reason: string;
  readonly stoppedAt: string | Date;
  readonly stoppedBy: string;
  readonly startedAt?: string | Date;
  readonly startedBy?: string;
}

function describeStop(stop: StopLine): string {
  const when = (moment: string | Date): string => new Date(moment).toISOString();
  const who = stop.odsCode === '*' ? 'everybody' : stop.odsCode;
  const ended =
    stop.startedAt === undefined
      ? ''
      : `, started ${when(stop.startedAt)} by ${stop.startedBy ?? 'somebody'}`;
  return `${who}  stopped ${when(stop.stoppedAt)} by ${stop.stoppedBy}: ${stop.reason}${ended}`;
}

const whose = (ods: string | undefined): { readonly odsCode?: string } =>
  ods === undefined ? {} : { odsCode: text(ods, 'ods') };

import { type Command, type CommandIo, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** Asks for a role for a person. It counts once a second person has approved it. */
export const grantRole: Command = {
  usage: 'role grant --mail ADDRESS --role ROLE --ods CODE [--from DATE] [--until DATE] --by NAME',
  summary:
    'Asks for a role (HR_OFFICER or ADMINISTRATOR) at an organisation for a person, for a year unless told. Somebody else approves it.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        mail: { type: 'string' },
        role: { type: 'string' },
        ods: { type: 'string' },
        from: { type: 'string' },
        until: { type: 'string' },
        by: { type: 'string' },
      },
      ['mail', 'role', 'ods', 'by'],
    );
    const grant = (await operate(io, 'requestRole', {
      mail: text(values.mail, 'mail'),
      role: text(values.role, 'role'),
      odsCode: text(values.ods, 'ods'),
      ...(values.from === undefined ? {} : { from: values.from }),
      ...(values.until === undefined ? {} : { until: values.until }),
      by: text(values.by, 'by'),
    })) as GrantLine;
    io.out(`Asked for: ${grant.grantId}\n`);
    io.out(`Somebody else approves it: lanyard role approve ${grant.grantId} --by NAME\n`);
    return 0;
  },
};

/** Approves a role that somebody else asked for. */
export const approveRole = decision(
  'approve',
  'approveRole',
  'Gives a role that somebody else has asked for.',
);
/** Refuses a role that somebody else asked for. */
export const refuseRole = decision(
  'refuse',
  'refuseRole',
  'Refuses a role that somebody else has asked for.',
);
/** Takes a role away. */
export const endRole = decision(
  'end',
  'endRole',
  'Takes a role away at once, or takes a request back. One person is enough.',
);

/** Lists who has which role, and what waits. */
export const listRoles: Command = {
  usage: 'role list [--ods CODE]',
  summary: 'Lists the latest 200 roles that were asked for, given, refused or taken away.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ods: { type: 'string' } });
    const grants = (await operate(
      io,
      'roleGrants',
      values.ods === undefined ? {} : { odsCode: text(values.ods, 'ods') },
    )) as readonly GrantLine[];
    for (const grant of grants) io.out(`${describeGrant(grant)}\n`);
    if (grants.length === 0) io.out('Nobody has asked for a role.\n');
    return 0;
  },
};

/** A grant as it comes from the system, from this process or another. */
interface GrantLine {
  readonly grantId: string;
  readonly mail: string;
  readonly role: string;
  readonly odsCode: string;
  readonly state: string;
  readonly validFrom: string | Date;
  readonly validUntil: string | Date;
  readonly requestedBy: string;
  readonly decidedBy?: string;
}

function describeGrant(grant: GrantLine): string {
  const day = (moment: string | Date): string => new Date(moment).toISOString().slice(0, 10);
  const decided = grant.decidedBy === undefined ? '' : `, decided by ${grant.decidedBy}`;
  return (
    `${grant.grantId}  ${grant.state.padEnd(9)}  ${grant.role} at ${grant.odsCode}  ${grant.mail}  ` +
    `${day(grant.validFrom)} to ${day(grant.validUntil)}, asked for by ${grant.requestedBy}${decided}`
  );
}

function decision(
  verb: 'approve' | 'refuse' | 'end',
  operation: 'approveRole' | 'refuseRole' | 'endRole',
  summary: string,
): Command {
  return {
    usage: `role ${verb} GRANT --by NAME`,
    summary,
    run: async (args: readonly string[], io: CommandIo) => {
      const { values, positionals } = readArguments(args, { by: { type: 'string' } }, ['by']);
      const [grantId, ...rest] = positionals;
      if (grantId === undefined || rest.length > 0) throw new UsageError('name one grant');
      const grant = (await operate(io, operation, {
        grantId,
        by: operatorName(values.by),
      })) as GrantLine;
      io.out(`${describeGrant(grant)}\n`);
      return 0;
    },
  };
}

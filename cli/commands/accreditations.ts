import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';
import { credentialType } from '../../subgraphs/passport/domain/credential.ts';

/** Accredits an organisation. */
export const accreditIssuer: Command = {
  usage:
    'issuer accredit --ods CODE (--type TYPE... | --all-types) [--from DATE] [--until DATE] [--by NAME]',
  summary: 'Lets an organisation issue types of credential, from a day on (today), to a last day.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      { ...WHICH, from: { type: 'string' }, until: { type: 'string' } },
      ['ods'],
    );
    const granted = await operate(io, 'accreditIssuer', {
      odsCode: text(values.ods, 'ods'),
      ...typesIn(values),
      from: values.from === undefined ? today() : text(values.from, 'from'),
      ...(values.until === undefined ? {} : { until: text(values.until, 'until') }),
      by: operatorName(values.by),
    });
    const lines = (granted as readonly Line[]).map(describe);
    io.out(lines.length === 0 ? 'That holds already.\n' : lines.join(''));
    return 0;
  },
};

/** Ends accreditations. */
export const withdrawAccreditation: Command = {
  usage: 'issuer withdraw --ods CODE (--type TYPE... | --all-types) --reason TEXT [--by NAME]',
  summary: 'Ends what an organisation may issue. What it issued until now still counts.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ...WHICH, reason: { type: 'string' } }, [
      'ods',
      'reason',
    ]);
    const ended = await operate(io, 'withdrawAccreditation', {
      odsCode: text(values.ods, 'ods'),
      ...typesIn(values),
      reason: text(values.reason, 'reason'),
      by: operatorName(values.by),
    });
    const lines = (ended as readonly Line[]).map(describe);
    io.out(lines.length === 0 ? 'There was nothing to end.\n' : lines.join(''));
    return 0;
  },
};

/** Lists accreditations. */
export const listAccreditations: Command = {
  usage: 'issuer accreditations [--ods CODE]',
  summary: 'Lists which organisation may issue what, and what is over.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ods: { type: 'string' } });
    const all = await operate(
      io,
      'accreditations',
      values.ods === undefined ? {} : { odsCode: text(values.ods, 'ods') },
    );
    for (const one of all as readonly Line[]) io.out(describe(one));
    return 0;
  },
};

/** Registers whom to ask at an organisation. */
export const registerContact: Command = {
  usage: 'issuer contact --ods CODE --team NAME --mail ADDRESS [--phone NUMBER] [--by NAME]',
  summary: 'Says whom to ask at an organisation: a team, not a person.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        ods: { type: 'string' },
        team: { type: 'string' },
        mail: { type: 'string' },
        phone: { type: 'string' },
        by: { type: 'string' },
      },
      ['ods', 'team', 'mail'],
    );
    await operate(io, 'registerContact', {
      odsCode: text(values.ods, 'ods'),
      contact: {
        team: text(values.team, 'team'),
        mail: text(values.mail, 'mail'),
        ...(values.phone === undefined ? {} : { phone: values.phone }),
      },
      by: operatorName(values.by),
    });
    io.out('Registered.\n');
    return 0;
  },
};

const WHICH = {
  ods: { type: 'string' },
  type: { type: 'string', multiple: true },
  'all-types': { type: 'boolean' },
  by: { type: 'string' },
} as const;

/** An accreditation as it comes from the system, from this process or another. */
interface Line {
  readonly odsCode: string;
  readonly type: string;
  readonly from: string | Date;
  readonly until?: string | Date;
  readonly grantedBy: string;
  readonly withdrawnAt?: string | Date;
  readonly withdrawnBy?: string;
  readonly withdrawnBecause?: string;
}

function typesIn(values: {
  readonly type?: readonly string[] | undefined;
  readonly 'all-types'?: boolean | undefined;
}) {
  const { type, 'all-types': all = false } = values;
  if (all === (type !== undefined)) throw new UsageError('give either --type or --all-types');
  if (type === undefined) return {};
  return {
    types: type.map((name) => {
      const known = credentialType.safeParse(name);
      if (!known.success) {
        throw new UsageError(`--type takes one of ${credentialType.options.join(', ')}`);
      }
      return known.data;
    }),
  };
}

const today = (): string => new Date().toISOString().slice(0, 10);

function describe(one: Line): string {
  const when = (moment: string | Date): string => new Date(moment).toISOString();
  const until = one.until === undefined ? '' : ` until ${when(one.until)}`;
  const withdrawn =
    one.withdrawnAt === undefined
      ? ''
      : `, withdrawn ${when(one.withdrawnAt)} by ${one.withdrawnBy ?? 'somebody'}: ${one.withdrawnBecause ?? ''}`;
  return `${one.odsCode}  ${one.type}  from ${when(one.from)}${until}, granted by ${one.grantedBy}${withdrawn}\n`;
}

import { type Command, readArguments, text } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** Says whose account one at an OpenID provider is, e.g. a smartcard. */
export const linkExternal: Command = {
  usage: 'provider link --provider ID --subject NAME --staff ID --mail ADDRESS [--by NAME]',
  summary:
    'Links an account at an OpenID provider (a smartcard, say) to a staff record and its NHSmail address.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        provider: { type: 'string' },
        subject: { type: 'string' },
        staff: { type: 'string' },
        mail: { type: 'string' },
        by: { type: 'string' },
      },
      ['provider', 'subject', 'staff', 'mail'],
    );
    await operate(io, 'linkExternal', {
      providerId: text(values.provider, 'provider'),
      subject: text(values.subject, 'subject'),
      staffId: text(values.staff, 'staff'),
      mail: text(values.mail, 'mail'),
      by: operatorName(values.by),
    });
    io.out('Linked.\n');
    return 0;
  },
};

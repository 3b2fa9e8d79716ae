import { type Command, readArguments, text } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** Registers a wallet of another maker, which collects credentials (OpenID4VCI 1.0). */
export const addWallet: Command = {
  usage: 'wallet add --id ID --name NAME [--redirect-uri URI...] [--attested] [--by NAME]',
  summary:
    'Registers a wallet. Without --redirect-uri it only redeems codes; with --attested its maker vouches for it.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        id: { type: 'string' },
        name: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        attested: { type: 'boolean' },
        by: { type: 'string' },
      },
      ['id', 'name'],
    );
    await operate(io, 'addWallet', {
      clientId: text(values.id, 'id'),
      name: text(values.name, 'name'),
      redirectUris: values['redirect-uri'] ?? [],
      attested: values.attested ?? false,
      createdBy: operatorName(values.by),
    });
    io.out(`Registered ${text(values.id, 'id')}.\n`);
    return 0;
  },
};

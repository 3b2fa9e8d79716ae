import { type Command, readArguments, text } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** Makes a code with which somebody who acts for others sets up their first authenticator. */
export const issueSetupCode: Command = {
  usage: 'authenticator code --mail ADDRESS [--by NAME]',
  summary:
    'Makes a setup code for somebody without a passkey or authenticator app: single use, 24 hours, for that person alone.',
  run: async (args, io) => {
    const { values } = readArguments(args, { mail: { type: 'string' }, by: { type: 'string' } }, [
      'mail',
    ]);
    const { code } = (await operate(io, 'issueSetupCode', {
      mail: text(values.mail, 'mail'),
      by: operatorName(values.by),
    })) as { readonly code: string };
    io.out(`${code}\nHand it over in person. It is not shown again.\n`);
    return 0;
  },
};

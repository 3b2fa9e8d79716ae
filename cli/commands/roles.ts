import { type Command, readArguments, text } from '../command.ts';
import { openOperations } from '../operations.ts';

/** Gives a person a role at an organisation. */
export const grantRole: Command = {
  usage: 'role grant --mail ADDRESS --role ROLE --ods CODE --by NAME',
  summary: 'Gives a person a role (HR_OFFICER or ADMINISTRATOR) at an organisation.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        mail: { type: 'string' },
        role: { type: 'string' },
        ods: { type: 'string' },
        by: { type: 'string' },
      },
      ['mail', 'role', 'ods', 'by'],
    );
    const operations = await openOperations(io.env);
    try {
      await operations.run(
        'grantRole',
        {
          mail: text(values.mail, 'mail'),
          role: text(values.role, 'role'),
          odsCode: text(values.ods, 'ods'),
          grantedBy: text(values.by, 'by'),
        },
        () => undefined,
      );
      io.out('Granted.\n');
      return 0;
    } finally {
      await operations.close();
    }
  },
};

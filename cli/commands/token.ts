import { type Command, readArguments, text } from '../command.ts';
import { hrSystem } from '../hr-system.ts';

/** The scope for pushing accounts, which is another resource's. */
const DIRECTORY_SCOPE = 'directory:write';

/** Signs in as an HR system and prints the access token, for curl. */
export const getToken: Command = {
  usage: 'token --client ID --key FILE [--scope SCOPES] [--url URL]',
  summary: 'Signs in as an HR system with its key file and prints an access token (5 minutes).',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        client: { type: 'string' },
        key: { type: 'string' },
        scope: { type: 'string', default: 'hr:read passport:read passport:offer passport:verify' },
        url: { type: 'string', default: 'http://localhost:4000' },
      },
      ['client', 'key'],
    );
    const scope = text(values.scope, 'scope');
    const { accessToken } = await hrSystem(values, {
      resource: scope === DIRECTORY_SCOPE ? '/scim/v2' : '/graphql',
      scope,
    });
    io.out(`${await accessToken()}\n`);
    return 0;
  },
};

/** What `npm start` prints when everything is ready: where to go and how to sign in. */
import { dirname, relative } from 'node:path';

import type { LocalSystem } from './start.ts';

/** The text for the terminal. */
export function welcome(
  { url, demonstration, directoryUrl, setupCodes }: LocalSystem,
  seconds: number,
): string {
  const { people, password, hrSystems } = demonstration;
  const width = Math.max(...people.map(({ mail }) => mail.length));
  const rows = people.map(({ mail, who }) => {
    const code = setupCodes.get(mail);
    return `    ${mail.padEnd(width)}  ${who}${code === undefined ? '' : `, setup code ${code}`}`;
  });
  const [system] = hrSystems;
  const keyFile = system === undefined ? '' : relative(process.cwd(), system.keyFile);
  return `
Lanyard is ready (${seconds.toFixed(1)} s). Everybody in it is invented.

  Look around     ${url}
  Ask the graph   ${url}/explorer

  Sign in as one of these, password ${password}
${rows.join('\n')}
  The first time you set up a passkey or an authenticator app; those who act for others need the setup code for it.

  Your passkeys and sessions   ${url}/account

  An HR system asks with a token of its own:
    npx lanyard token --client ${system?.clientId ?? ''} --key ${keyFile} --url ${url}

  The directory answers its own people too:
    ldapsearch -x -H ${directoryUrl} -b ou=people,dc=nhs,dc=example -D uid=a1000017,ou=people,dc=nhs,dc=example -w ${password} uid=a1000017

  The ESR extracts it has loaded are in ${relative(process.cwd(), dirname(demonstration.directoryFile))}. npx lanyard --help lists the commands.

  This is for trying out: the embedded database does not survive power loss. Ctrl-C stops it.

`;
}

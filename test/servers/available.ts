/** Which real servers this machine has. Without one its tests do not run, and say so; in CI that is a failure. */
import { describe } from '@jest/globals';

import { type ServerName, serverProgram } from './programs.ts';

/**
 * `describe` when every named server is installed. Otherwise the tests are skipped and their title says why; in CI they
 * fail. The closing lines of a run repeat the reasons.
 */
export function describeWithServers(
  ...names: ServerName[]
): (title: string, tests: () => void) => void {
  const missing = names.filter((name) => serverProgram(name) === undefined);
  if (missing.length === 0) return describe;
  const reason = `not run: ${missing.join(', ')} not installed`;
  if (process.env['CI'] === 'true') throw new Error(reason);
  return (title, tests) => {
    // eslint-disable-next-line jest/no-disabled-tests, jest/valid-describe-callback -- the one place that may, and it says why
    describe.skip(`${title} (${reason})`, tests);
  };
}

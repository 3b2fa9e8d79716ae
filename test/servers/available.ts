/** Which real servers this machine has. Without one its tests do not run, and say so; in CI that is a failure. */
import { existsSync } from 'node:fs';
import { readdirSync } from 'node:fs';

import { describe } from '@jest/globals';

/** Where Debian puts each server. */
const PROGRAMS = {
  postgres: () => newestPostgres(),
  redis: () => first('/usr/bin/redis-server', '/usr/local/bin/redis-server'),
  slapd: () => first('/usr/sbin/slapd'),
  chromium: () => first('/usr/bin/chromium'),
  softhsm: () => first('/usr/bin/softhsm2-util'),
} as const;

/** A server that tests can start. */
export type ServerName = keyof typeof PROGRAMS;

/** The program of a server, or `undefined` when it is not installed. */
export const serverProgram = (name: ServerName): string | undefined => PROGRAMS[name]();

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

function first(...paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

function newestPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return first(...versions.map((version) => `${root}/${version}/bin/postgres`));
}

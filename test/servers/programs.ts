/** Where the programs of the real servers are on this machine. */
import { existsSync, readdirSync } from 'node:fs';

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

function first(...paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

function newestPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return first(...versions.map((version) => `${root}/${version}/bin/postgres`));
}

/** Starts the processes of docker-compose.yml, with its settings, as programs of this machine on real servers. */
import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';
import { z } from 'zod';

import { eventually, freePort, startProgram, type Started } from '../servers/child.ts';

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      healthcheck: z
        .object({ test: z.array(z.string()) })
        .loose()
        .optional(),
      image: z.string().optional(),
    }),
  ),
});

/** A process of the file, running. */
export interface ComposedProcess extends Started {
  readonly name: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

/** All processes of the file, running. */
export interface ComposedSystem {
  readonly processes: readonly ComposedProcess[];
  /** The settings of one process, as the command line takes them. */
  readonly settingsOf: (name: string) => Readonly<Record<string, string>>;
  readonly urlOf: (name: string) => string;
}

/** Reads the file. */
export async function readComposeFile(): Promise<z.infer<typeof composeFile>['services']> {
  const text = await readFile(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
  return composeFile.parse(parse(text, { merge: true })).services;
}

/**
 * Puts values in place of `${NAME}`, `${NAME:?message}` and `${NAME:-default}`. A name without a value is an error; with `:-`
 * it is the default, as it is when the value is empty.
 */
export function interpolate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{(?<name>[A-Z_]+)(?::-(?<otherwise>[^}]*)|:\?[^}]*)?\}/g,
    (_all, name: string, otherwise: string | undefined) => {
      const given = values[name];
      // As a shell has it: what is set and empty is not set.
      const value = otherwise !== undefined && given === '' ? otherwise : (given ?? otherwise);
      if (value === undefined) throw new Error(`${name} is not set`);
      return value;
    },
  );
}

/** Puts the places of volumes on this machine in place of those in the container. */
const inFolders = (text: string, folders: Readonly<Record<string, string>>): string =>
  Object.entries(folders).reduce(
    (changed, [inside, here]) =>
      changed.startsWith(inside) ? here + changed.slice(inside.length) : changed,
    text,
  );

/**
 * Starts every service of the file that has a command of ours, in the order that `depends_on` asks for, each once the
 * ones before it are ready.
 *
 * @param servers where the outside servers are, by service name: `{ postgres: '127.0.0.1:5999' }`
 * @param secrets what `.env` would hold
 * @param folders where the volumes are on this machine: `{ '/tls/': '.../tls/' }`
 */
export async function startComposed(
  servers: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
  folders: Readonly<Record<string, string>>,
): Promise<ComposedSystem> {
  const services = await readComposeFile();
  const ours = Object.entries(services).filter(([, { command }]) => command?.[0] === 'node');
  const ports = new Map<string, number>();
  for (const [name] of ours) ports.set(name, await freePort());
  // The public name differs from the address inside, as it does behind a proxy.
  const urlOf = (name: string): string => `http://localhost:${String(ports.get(name))}`;
  const values = {
    // The journeys ask faster than people do.
    GATEWAY_RATE_LIMITS: '{"person":{"perSecond":1000},"machine":{"perSecond":1000}}',
    ...secrets,
    LANYARD_GATEWAY_URL: urlOf('gateway'),
    LANYARD_IDENTITY_URL: urlOf('identity'),
    LANYARD_PASSPORT_URL: urlOf('passport'),
    LANYARD_WEB_URL: urlOf('web'),
  };
  const addresses: Readonly<Record<string, string>> = {
    ...servers,
    ...Object.fromEntries([...ports].map(([name, port]) => [name, `127.0.0.1:${String(port)}`])),
  };
  const settings = (name: string): Record<string, string> => {
    const prefix = name.toUpperCase();
    const given = Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
      key,
      inFolders(interpolate(String(value), values), folders).replace(
        /(?<before>\/\/|@)(?<host>[a-z]+):\d+(?=\/|$)/g,
        (all, before: string, host: string) =>
          addresses[host] === undefined ? all : `${before}${addresses[host]}`,
      ),
    ]);
    return {
      ...(Object.fromEntries(given) as Record<string, string>),
      HOST: 'localhost',
      [`${prefix}_PORT`]: String(ports.get(name)),
    };
  };

  const processes: ComposedProcess[] = [];
  const start = async (name: string): Promise<void> => {
    if (processes.some((process) => process.name === name) || !ports.has(name)) return;
    for (const before of Object.keys(services[name]?.depends_on ?? {})) await start(before);
    const [, ...args] = services[name]?.command ?? [];
    const env = settings(name);
    const started = startProgram(process.execPath, args, {
      env: { PATH: process.env['PATH'], ...env },
    });
    processes.push({ ...started, name, port: ports.get(name) ?? 0, env });
    await eventually(
      async () => {
        const answer = await fetch(`${urlOf(name)}/readyz`);
        if (!answer.ok) throw new Error(await answer.text());
      },
      { output: started.output },
    );
  };
  try {
    for (const [name] of ours) await start(name);
  } catch (error) {
    await Promise.all(processes.map((one) => one.stop()));
    throw error;
  }
  return { processes, settingsOf: settings, urlOf };
}

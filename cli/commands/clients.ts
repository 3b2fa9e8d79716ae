import { readFile } from 'node:fs/promises';

import { type Command, readArguments, text, UsageError, wholeNumber } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

const KEYS = {
  jwks: { type: 'string' },
  'jwks-uri': { type: 'string' },
  alg: { type: 'string' },
} as const;

/** Registers an HR system, which signs in with a key (private_key_jwt, RFC 7523). */
export const addClient: Command = {
  usage:
    'client add --id ID --name NAME --ods CODE (--jwks FILE | --jwks-uri URL) [--alg ES256|PS256|RS512] [--scope SCOPE...] [--purpose CODE...] [--dpop-bound] [--tokens-per-minute N] [--by NAME]',
  summary: "Registers an organisation's HR system with its public keys, or changes what it may do.",
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        id: { type: 'string' },
        name: { type: 'string' },
        ods: { type: 'string' },
        ...KEYS,
        scope: { type: 'string', multiple: true },
        purpose: { type: 'string', multiple: true },
        'dpop-bound': { type: 'boolean' },
        'tokens-per-minute': { type: 'string' },
        by: { type: 'string' },
      },
      ['id', 'name', 'ods'],
    );
    const perMinute = values['tokens-per-minute'];
    const client = await operate(io, 'addClient', {
      clientId: text(values.id, 'id'),
      name: text(values.name, 'name'),
      odsCode: text(values.ods, 'ods'),
      ...(await keysGiven(values)),
      ...(values.scope === undefined ? {} : { scopes: values.scope }),
      ...(values.purpose === undefined ? {} : { purposes: values.purpose }),
      ...(values['dpop-bound'] === true ? { dpopBound: true } : {}),
      ...(perMinute === undefined
        ? {}
        : {
            tokensPerMinute: wholeNumber(perMinute, 'tokens-per-minute', { min: 1, max: 100_000 }),
          }),
      createdBy: operatorName(values.by),
    });
    io.out(`Registered ${(client as ClientLines).clientId}.\n`);
    return 0;
  },
};

/** Shows what is known of an HR system. */
export const showClient: Command = {
  usage: 'client show ID',
  summary: 'Shows an HR system: its organisation, keys, scopes, purposes and state.',
  run: async (args, io) => {
    const clientId = onlyOperand(args);
    const client = await operate(io, 'showClient', { clientId });
    if (client === undefined || client === null) throw new Error(`There is no client ${clientId}.`);
    io.out(describe(client as ClientLines));
    return 0;
  },
};

/** Lists HR systems. */
export const listClients: Command = {
  usage: 'client list [--ods CODE]',
  summary: 'Lists HR systems, those of one organisation with --ods.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ods: { type: 'string' } });
    const clients = (await operate(
      io,
      'listClients',
      values.ods === undefined ? {} : { odsCode: text(values.ods, 'ods') },
    )) as readonly ClientLines[];
    const lines = clients.map(
      ({ clientId, odsCode, status, name }) => `${clientId}  ${odsCode}  ${status}  ${name}\n`,
    );
    io.out(lines.length === 0 ? 'There are none.\n' : lines.join(''));
    return 0;
  },
};

/** Stops an HR system. */
export const stopClient: Command = {
  usage: 'client stop ID [--by NAME]',
  summary: 'Stops an HR system for good; its tokens are refused within five seconds.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { by: { type: 'string' } });
    const [clientId] = positionals;
    if (clientId === undefined || positionals.length !== 1) throw new UsageError('name one client');
    await operate(io, 'stopClient', { clientId, by: operatorName(values.by) });
    io.out(`Stopped ${clientId}.\n`);
    return 0;
  },
};

/** Shows why an HR system was refused. */
export const clientLog: Command = {
  usage: 'client log ID',
  summary: 'Shows why the last requests of an HR system were refused, newest first.',
  run: async (args, io) => {
    const clientId = onlyOperand(args);
    const faults = (await operate(io, 'clientLog', { clientId })) as
      | readonly FaultLine[]
      | null
      | undefined;
    if (faults === undefined || faults === null) throw new Error(`There is no client ${clientId}.`);
    const lines = faults.map(
      ({ at, error, fault, detail }) =>
        `${new Date(at).toISOString()}  ${error}  ${fault}: ${detail}\n`,
    );
    io.out(lines.length === 0 ? 'Nothing was refused in the last day.\n' : lines.join(''));
    return 0;
  },
};

/** Registers an app that people sign in to (authorization code and PKCE). */
export const addApp: Command = {
  usage:
    'app add --id ID --name NAME --redirect-uri URI... [--backchannel-logout-uri URI] [--purpose CODE...] [(--jwks FILE | --jwks-uri URL) [--alg ES256|PS256|RS512]]',
  summary:
    'Registers an app that people sign in to. Repeat --redirect-uri for more than one. With keys it has to sign in.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        id: { type: 'string' },
        name: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        'backchannel-logout-uri': { type: 'string' },
        purpose: { type: 'string', multiple: true },
        ...KEYS,
      },
      ['id', 'name', 'redirect-uri'],
    );
    await operate(io, 'addApp', {
      clientId: text(values.id, 'id'),
      name: text(values.name, 'name'),
      redirectUris: values['redirect-uri'] ?? [],
      ...(values['backchannel-logout-uri'] === undefined
        ? {}
        : { backchannelLogoutUri: values['backchannel-logout-uri'] }),
      ...(values.purpose === undefined ? {} : { purposes: values.purpose }),
      ...(await keysGiven(values)),
    });
    io.out(`Registered ${text(values.id, 'id')}.\n`);
    return 0;
  },
};

/** A client as it is answered; dates are text when it comes from another process. */
interface ClientLines {
  readonly clientId: string;
  readonly name: string;
  readonly odsCode: string;
  readonly status: string;
  readonly algorithm: string;
  readonly keys:
    | { readonly kind: 'value'; readonly keys: readonly { readonly kid: string }[] }
    | { readonly kind: 'address'; readonly jwksUri: string };
  readonly scopes: readonly string[];
  readonly purposes?: readonly string[];
  readonly dpopBound: boolean;
  readonly tokensPerMinute?: number;
  readonly createdAt: string | Date;
  readonly createdBy: string;
  readonly stoppedAt?: string | Date;
  readonly stoppedBy?: string;
}

interface FaultLine {
  readonly at: string | Date;
  readonly error: string;
  readonly fault: string;
  readonly detail: string;
}

function describe(client: ClientLines): string {
  const { keys, stoppedAt } = client;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['client', client.clientId],
    ['name', client.name],
    ['organisation', client.odsCode],
    ['status', client.status],
    ['keys', keys.kind === 'address' ? keys.jwksUri : keys.keys.map(({ kid }) => kid).join(' ')],
    ['algorithm', client.algorithm],
    ['scopes', client.scopes.join(' ')],
    ['purposes', client.purposes?.join(' ') ?? 'those of every organisation'],
    ['tokens', client.dpopBound ? 'bound to a key (DPoP)' : 'bound to a key on request'],
    ['a minute', client.tokensPerMinute?.toString()],
    ['registered', `${new Date(client.createdAt).toISOString()} by ${client.createdBy}`],
    [
      'stopped',
      stoppedAt === undefined
        ? undefined
        : `${new Date(stoppedAt).toISOString()} by ${client.stoppedBy ?? 'somebody'}`,
    ],
  ];
  return lines
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(14)}${value}\n`]))
    .join('');
}

function onlyOperand(args: readonly string[]): string {
  const { positionals } = readArguments(args, {});
  const [clientId] = positionals;
  if (clientId === undefined || positionals.length !== 1) throw new UsageError('name one client');
  return clientId;
}

async function keysGiven(values: {
  readonly jwks?: string | undefined;
  readonly 'jwks-uri'?: string | undefined;
  readonly alg?: string | undefined;
}) {
  return {
    ...(values.jwks === undefined ? {} : { jwks: await readJson(text(values.jwks, 'jwks')) }),
    ...(values['jwks-uri'] === undefined ? {} : { jwksUri: text(values['jwks-uri'], 'jwks-uri') }),
    ...(values.alg === undefined ? {} : { algorithm: text(values.alg, 'alg') }),
  };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as JSON`, { cause });
  }
}

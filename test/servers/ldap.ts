/** An OpenLDAP server of one test's own: private database folder, free loopback port. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { serverProgram } from './programs.ts';
import { eventually, freePort, startProgram } from './child.ts';

const run = promisify(execFile);

/** A running server, filled. */
export interface LdapServer {
  readonly url: string;
  readonly baseDn: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** What the server holds and where it listens. */
export interface LdapOptions {
  /** A file of entries, the base entries included. */
  readonly ldif: string;
  readonly port?: number;
  /** The service account's password. */
  readonly bindPassword?: string;
  /** Whether a bind with a name and no password counts as success, as some directories are set up. */
  readonly allowUnauthenticatedBind?: boolean;
  /** Whether it tells changes (RFC 4533), and how many of them it remembers. */
  readonly contentSync?: { readonly sessionLog: number };
  /** PEM of the server's certificate and its key. Passwords are then taken over TLS alone. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Schemas beside those that slapd comes with. */
const SCHEMAS = [
  new URL('../../deploy/nhsmail.schema', import.meta.url),
  new URL('spine.schema', import.meta.url),
];
const SUFFIX = 'dc=nhs,dc=example';

/** Starts slapd with the entries of an LDIF file. The service account is the database's root. */
export async function startLdap(options: LdapOptions): Promise<LdapServer> {
  const program = serverProgram('slapd');
  if (program === undefined) throw new Error('slapd is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-ldap-'));
  await mkdir(join(folder, 'db'));
  const bindDn = `cn=lanyard,${SUFFIX}`;
  const bindPassword = options.bindPassword ?? 'service-account-of-this-test';
  const config = join(folder, 'slapd.conf');
  if (options.tls !== undefined) {
    await writeFile(join(folder, 'cert.pem'), options.tls.cert);
    await writeFile(join(folder, 'key.pem'), options.tls.key, { mode: 0o600 });
  }
  await writeFile(
    config,
    [
      ...['core', 'cosine', 'inetorgperson'].map(
        (name) => `include /etc/ldap/schema/${name}.schema`,
      ),
      ...SCHEMAS.map((file) => `include ${fileURLToPath(file)}`),
      `pidfile ${folder}/slapd.pid`,
      'modulepath /usr/lib/ldap',
      'moduleload back_mdb',
      ...(options.contentSync === undefined ? [] : ['moduleload syncprov']),
      'sizelimit unlimited',
      ...(options.tls === undefined
        ? []
        : [
            `TLSCertificateFile ${folder}/cert.pem`,
            `TLSCertificateKeyFile ${folder}/key.pem`,
            'security simple_bind=128',
          ]),
      ...(options.allowUnauthenticatedBind === true ? ['allow bind_anon_cred'] : []),
      'database mdb',
      'maxsize 268435456',
      `suffix "${SUFFIX}"`,
      `rootdn "${bindDn}"`,
      `rootpw ${bindPassword}`,
      `directory ${folder}/db`,
      'dbnosync',
      'index objectClass,uid,mail,employeeNumber,departmentNumber,entryUUID,entryCSN,modifyTimestamp eq',
      'access to attrs=userPassword by anonymous auth by * none',
      'access to * by users read by * none',
      ...(options.contentSync === undefined
        ? []
        : [
            'overlay syncprov',
            'syncprov-checkpoint 1 1',
            ...(options.contentSync.sessionLog === 0
              ? ['syncprov-reloadhint TRUE']
              : [`syncprov-sessionlog ${String(options.contentSync.sessionLog)}`]),
          ]),
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  await run('/usr/sbin/slapadd', ['-q', '-f', config, '-l', options.ldif]);
  const port = options.port ?? (await freePort());
  const url = `ldap://127.0.0.1:${String(port)}`;
  const server = startProgram(program, ['-f', config, '-h', url, '-d', '0']);
  await eventually(() => connects(port), { output: server.output });
  return {
    url,
    baseDn: `ou=people,${SUFFIX}`,
    bindDn,
    bindPassword,
    port,
    pid: server.child.pid ?? 0,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function connects(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end();
      resolve();
    });
    socket.on('error', reject);
  });
}

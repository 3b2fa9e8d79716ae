import 'reflect-metadata';

import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { type SecureContextOptions, TLSSocket } from 'node:tls';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import ldap from 'ldapjs';

import { ldapBind } from '../../../runtime/ldap-bind.ts';
import { createLdapPool, EqualityFilter } from '../../../runtime/ldap-pool.ts';
import { createLog } from '../../../runtime/log.ts';
import { describeWithServers } from '../../servers/available.ts';
import { startLdap } from '../../servers/ldap.ts';
import { ldifFile } from './ldap-directory.ts';

/** A deadline that no test waits for, in milliseconds. */
const deadlineMs = 60_000;
const PASSWORD = 'a-password-that-nobody-else-has';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate for one name, signed by itself. */
async function certificateFor(name: x509.JsonGeneralName): Promise<Certificate> {
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as never;
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=directory of a test',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension([name]),
    ],
  });
  const { privateKey } = keys as { privateKey: webcrypto.CryptoKey };
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  return {
    cert: cert.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`,
  };
}

interface TlsDirectory {
  readonly port: number;
  readonly ca: string;
  /** Passwords that have arrived. */
  readonly binds: () => number;
  /** Serves a connection that was encrypted elsewhere. */
  readonly accept: (socket: TLSSocket) => void;
  readonly close: () => void;
}

/** A server that accepts one password. */
async function serve({ cert, key }: Certificate): Promise<TlsDirectory> {
  const server = ldap.createServer({ certificate: cert, key });
  server.on('error', () => undefined);
  let binds = 0;
  server.bind('', (request: { credentials: string }, response: { end: (code: number) => void }) => {
    binds += 1;
    response.end(request.credentials === 'x' ? 0 : 49);
  });
  const net = (server as unknown as { readonly server: Server }).server;
  server.listen(0, '127.0.0.1');
  await once(net, 'listening');
  return {
    port: (net.address() as AddressInfo).port,
    ca: cert,
    binds: () => binds,
    accept: (socket) => {
      net.emit('secureConnection', socket);
    },
    close: () => net.close(),
  };
}

/** What a server does when it is asked to encrypt (RFC 4511, section 4.14). */
type OnStartTls = 'agrees' | 'refuses' | 'agrees and says more' | 'agrees and stays in the clear';

/** A server that encrypts on request. */
async function serveStartTls(
  onStartTls: OnStartTls,
  certificate: Certificate,
  behind: TlsDirectory,
  options: SecureContextOptions = {},
): Promise<{ readonly port: number; readonly seen: () => string; readonly close: () => void }> {
  const seen: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (request: Buffer) => {
      seen.push(request);
      const refused = onStartTls === 'refuses' ? 52 : 0;
      const answer = [0x30, 12, 2, 1, request[4] ?? 0, 0x78, 7, 10, 1, refused, 4, 0, 4, 0];
      // An answer to a sign-in that has not been asked for yet, and the beginning of another message.
      const more = [0x30, 12, 2, 1, 2, 0x61, 7, 10, 1, 0, 4, 0, 4, 0, 0x30, 12];
      socket.write(
        Buffer.from(onStartTls === 'agrees and says more' ? [...answer, ...more] : answer),
      );
      if (onStartTls !== 'agrees') {
        socket.on('data', (bytes: Buffer) => seen.push(bytes));
        return;
      }
      const secure = new TLSSocket(socket, { isServer: true, ...certificate, ...options });
      secure.on('error', () => undefined);
      secure.once('secure', () => {
        behind.accept(secure);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    seen: () => Buffer.concat(seen).toString('latin1'),
    close: () => server.close(),
  };
}

describe('a directory behind TLS', () => {
  let here: Certificate;
  let local: TlsDirectory;
  let elsewhere: TlsDirectory;
  beforeAll(async () => {
    x509.cryptoProvider.set(webcrypto as never);
    here = await certificateFor({ type: 'ip', value: '127.0.0.1' });
    local = await serve(here);
    elsewhere = await serve(await certificateFor({ type: 'dns', value: 'directory.example' }));
  });
  afterAll(() => {
    local.close();
    elsewhere.close();
  });
  const bind = (protocol: string, { port }: TlsDirectory, ca?: string) =>
    ldapBind({
      url: `${protocol}://127.0.0.1:${String(port)}`,
      dn: 'cn=x',
      password: 'x',
      deadlineMs,
      ...(ca === undefined ? {} : { tls: { ca } }),
    });

  it('is believed with a certificate of the given authority', async () => {
    expect(await bind('ldaps', local, local.ca)).toBe('accepted');
  });

  it.each([
    ['an authority that nobody named', () => bind('ldaps', local)],
    ['another authority', () => bind('ldaps', local, elsewhere.ca)],
    ['a certificate of another host', () => bind('ldaps', elsewhere, elsewhere.ca)],
    ['a connection without TLS', () => bind('ldap', local)],
  ])('is not given a password over %s', async (_name, attempt) => {
    const before = [local.binds(), elsewhere.binds()];
    await expect(attempt()).rejects.toMatchObject({ code: 'unavailable' });
    expect([local.binds(), elsewhere.binds()]).toEqual(before);
  });

  it('is sent no byte of a password when somebody in between shows another certificate', async () => {
    const seen: Buffer[] = [];
    const between = createServer((socket) => {
      const onward = connect(elsewhere.port, '127.0.0.1');
      for (const end of [socket, onward]) end.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => seen.push(bytes));
      socket.pipe(onward).pipe(socket);
    });
    between.listen(0, '127.0.0.1');
    await once(between, 'listening');
    const { port } = between.address() as AddressInfo;
    const before = elsewhere.binds();
    await expect(
      ldapBind({
        url: `ldaps://127.0.0.1:${String(port)}`,
        dn: 'cn=x',
        password: PASSWORD,
        deadlineMs,
        tls: { ca: local.ca },
      }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    between.close();
    expect(seen.length).toBeGreaterThan(0);
    expect(Buffer.concat(seen).includes(PASSWORD)).toBe(false);
    expect(elsewhere.binds()).toBe(before);
  });

  const startTls = (port: number, ca: string, password = 'x') =>
    ldapBind({
      url: `ldap://127.0.0.1:${String(port)}`,
      dn: 'cn=x',
      password,
      deadlineMs,
      startTls: true,
      tls: { ca },
    });

  it('is asked to encrypt, and then given the password', async () => {
    const server = await serveStartTls('agrees', here, local);
    expect(await startTls(server.port, here.cert)).toBe('accepted');
    expect(await startTls(server.port, here.cert, PASSWORD)).toBe('rejected');
    expect(server.seen()).toContain('1.3.6.1.4.1.1466.20037');
    expect(server.seen()).not.toContain(PASSWORD);
    server.close();
  });

  it.each<[string, OnStartTls, x509.JsonGeneralName, SecureContextOptions]>([
    ['refuses', 'refuses', { type: 'ip', value: '127.0.0.1' }, {}],
    [
      'answers more than it was asked',
      'agrees and says more',
      { type: 'ip', value: '127.0.0.1' },
      {},
    ],
    [
      'shows a certificate of another host',
      'agrees',
      { type: 'dns', value: 'directory.example' },
      {},
    ],
    // What the library compares with when it is not told the host.
    ['shows a certificate of localhost', 'agrees', { type: 'dns', value: 'localhost' }, {}],
    [
      'speaks an old version of TLS alone',
      'agrees',
      { type: 'ip', value: '127.0.0.1' },
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    ],
  ])('is sent no byte of a password when it %s', async (_name, onStartTls, name, options) => {
    const certificate = await certificateFor(name);
    const server = await serveStartTls(onStartTls, certificate, local, options);
    const before = local.binds();
    await expect(startTls(server.port, certificate.cert, PASSWORD)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(server.seen()).not.toContain(PASSWORD);
    expect(local.binds()).toBe(before);
    server.close();
  });

  it('is sent no byte of a password when it goes on in clear text', async () => {
    const server = await serveStartTls('agrees and stays in the clear', here, local);
    await expect(
      ldapBind({
        url: `ldap://127.0.0.1:${String(server.port)}`,
        dn: 'cn=x',
        password: PASSWORD,
        // Such a server says nothing until the deadline.
        deadlineMs: 500,
        startTls: true,
        tls: { ca: here.cert },
      }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.seen()).not.toContain(PASSWORD);
    server.close();
  });
});

describeWithServers('slapd')('OpenLDAP that takes passwords over TLS alone', () => {
  it('serves with StartTLS, and nobody without', async () => {
    const ldif = await ldifFile();
    const tls = await certificateFor({ type: 'ip', value: '127.0.0.1' });
    const server = await startLdap({ ldif: ldif.path, tls });
    const log = createLog({ name: 'test', level: 'silent' });
    const connect = (encrypted: boolean) =>
      createLdapPool({ ...server, deadlineMs, startTls: encrypted, tls: { ca: tls.cert } }, log);
    const pools = [connect(true), connect(false)] as const;
    const filter = new EqualityFilter({ attribute: 'uid', value: 'a1' });
    const search = { filter, scope: 'sub', attributes: ['uid'] } as const;
    expect(await pools[0].search(server.baseDn, search)).toHaveLength(1);
    await expect(pools[1].search(server.baseDn, search)).rejects.toMatchObject({
      code: 'unavailable',
    });
    await Promise.all(pools.map((pool) => pool.close()));
    await server.stop();
    await ldif.remove();
  });
});

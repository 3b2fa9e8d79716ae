import 'reflect-metadata';

import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import ldap from 'ldapjs';

import { ldapBind } from '../../../runtime/ldap-bind.ts';

/** A deadline that no test waits for, in milliseconds. */
const deadlineMs = 60_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate for one name, signed by itself. */
async function certificateFor(name: x509.JsonGeneralName): Promise<{ cert: string; key: string }> {
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
  readonly close: () => void;
}

/** A server that accepts every password. */
async function serve(name: x509.JsonGeneralName): Promise<TlsDirectory> {
  const { cert, key } = await certificateFor(name);
  const server = ldap.createServer({ certificate: cert, key });
  server.on('error', () => undefined);
  let binds = 0;
  server.bind('', (_request: unknown, response: { end: () => void }) => {
    binds += 1;
    response.end();
  });
  const net = (server as unknown as { readonly server: Server }).server;
  server.listen(0, '127.0.0.1');
  await once(net, 'listening');
  return {
    port: (net.address() as AddressInfo).port,
    ca: cert,
    binds: () => binds,
    close: () => net.close(),
  };
}

describe('a directory behind TLS', () => {
  let local: TlsDirectory;
  let elsewhere: TlsDirectory;
  beforeAll(async () => {
    x509.cryptoProvider.set(webcrypto as never);
    local = await serve({ type: 'ip', value: '127.0.0.1' });
    elsewhere = await serve({ type: 'dns', value: 'directory.example' });
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
    const password = 'a-password-that-nobody-else-has';
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
        password,
        deadlineMs,
        tls: { ca: local.ca },
      }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    between.close();
    expect(seen.length).toBeGreaterThan(0);
    expect(Buffer.concat(seen).includes(password)).toBe(false);
    expect(elsewhere.binds()).toBe(before);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ldapBind } from '../../../runtime/ldap-bind.ts';
import { describeWithServers } from '../../servers/available.ts';
import { freePort } from '../../servers/child.ts';
import { type LdapServer, startLdap } from '../../servers/ldap.ts';
import { ldifFile, PASSWORD, suspend } from './ldap-directory.ts';

/** A deadline that no test waits for, in milliseconds. */
const deadlineMs = 60_000;
const DN = 'uid=a1,ou=people,dc=nhs,dc=example';

describeWithServers('slapd')('signing in at a directory that takes an empty password', () => {
  let ldif: Awaited<ReturnType<typeof ldifFile>>;
  let server: LdapServer;
  beforeAll(async () => {
    ldif = await ldifFile();
    server = await startLdap({ ldif: ldif.path, allowUnauthenticatedBind: true });
  });
  afterAll(async () => {
    await server.stop();
    await ldif.remove();
  });

  it.each([
    ['accepted', DN, PASSWORD],
    ['accepted', 'UID=a1, OU=people, DC=nhs, DC=example', PASSWORD],
    ['accepted', 'uid=\\20\\22q\\22 \\C3\\A9\\2C\\5Cb,ou=people,dc=nhs,dc=example', PASSWORD],
    ['rejected', DN, 'another password'],
    ['rejected', DN, ''],
    ['rejected', DN, '\0'],
    ['rejected', DN, PASSWORD.toUpperCase()],
    ['rejected', '', PASSWORD],
    ['rejected', ' ', PASSWORD],
    ['rejected', '', ''],
    ['rejected', 'uid=nobody,ou=people,dc=nhs,dc=example', PASSWORD],
    ['rejected', 'not a name', PASSWORD],
    ['rejected', 'uid=*,ou=people,dc=nhs,dc=example', PASSWORD],
  ] as const)('is %s: %p with %p', async (outcome, dn, password) => {
    expect(await ldapBind({ url: server.url, dn, password, deadlineMs })).toBe(outcome);
  });

  it('gives no answer, rather than a wrong one, while the server hangs', async () => {
    await suspend(server.pid);
    const attempt = ldapBind({ url: server.url, dn: DN, password: PASSWORD, deadlineMs: 300 });
    await expect(attempt).rejects.toMatchObject({ code: 'unavailable' });
    process.kill(server.pid, 'SIGCONT');
  });
});

describe('signing in while the directory is away', () => {
  it('rejects an empty password without asking, and says unavailable for any other', async () => {
    const url = `ldap://127.0.0.1:${String(await freePort())}`;
    expect(await ldapBind({ url, dn: DN, password: '', deadlineMs })).toBe('rejected');
    await expect(ldapBind({ url, dn: DN, password: 'x', deadlineMs })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

/** A few entries, with names that are awkward on purpose, for the tests of the LDAP client. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The password of every person below. */
export const PASSWORD = 'a password of this test';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const person = (dn: string, uid: string, sn: string, mail: string): string =>
  [
    `dn:: ${base64(`uid=${dn},ou=people,dc=nhs,dc=example`)}`,
    'objectClass: inetOrgPerson',
    `uid:: ${base64(uid)}`,
    `cn:: ${base64(sn)}`,
    `sn:: ${base64(sn)}`,
    `mail: ${mail}`,
    `userPassword: ${PASSWORD}`,
    '',
  ].join('\n');

const LDIF = [
  'dn: dc=nhs,dc=example\nobjectClass: dcObject\nobjectClass: organization\no: NHS\ndc: nhs\n',
  'dn: ou=people,dc=nhs,dc=example\nobjectClass: organizationalUnit\nou: people\n',
  person('a1', 'a1', `O'Brien-Ó "Cáit" \\ *)(`, 'a1@rz1.example'),
  person('\\20\\"q\\" \\C3\\A9\\,\\\\b', ' "q" é,\\b', 'Quoted', 'quoted@rz1.example'),
  ...Array.from({ length: 120 }, (_, n) =>
    person(`b${String(n)}`, `b${String(n)}`, 'Many', `b${String(n)}@rz1.example`),
  ),
].join('\n');

/** The entries in a file. */
export async function ldifFile(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-ldif-'));
  const path = join(folder, 'directory.ldif');
  await writeFile(path, LDIF);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Stops a process where it stands, and waits until all its threads have. */
export async function suspend(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await delay(100);
}

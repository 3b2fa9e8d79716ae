/** How fast accounts are looked up in a directory (OpenLDAP, 20,000 entries), and what happens when it goes away. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { systemClock } from '../runtime/clock.ts';
import { createLdapPool, EqualityFilter, type LdapPool } from '../runtime/ldap-pool.ts';
import { createLog } from '../runtime/log.ts';
import { DIRECTORY_SCHEMAS } from '../subgraphs/nhsmail/ldap/directory-schemas.ts';
import { ldapStaffDirectory } from '../subgraphs/nhsmail/ldap/staff-directory.ts';
import { type LdapServer, startLdap } from '../test/servers/ldap.ts';
import { median } from './percentile.ts';

const ENTRIES = 20_000;
/** Look-ups that are measured, and how many of them wait at the same time. */
const LOOK_UPS = { singles: 4_000, coalesced: 40_000, waiting: 1_000 };
/** Each is measured as often, in turns, and the median counts: the machine may have other work in between. */
const ROUNDS = 3;

const mailOf = (n: number): string => `a${String(n % ENTRIES)}@nhsmail.example`;

/** Starts a directory of its own on loopback. */
export async function benchDirectory(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-bench-'));
  const ldif = join(folder, 'directory.ldif');
  await writeFile(ldif, ldifOf());
  let server = await startLdap({ ldif });
  const pool = createLdapPool(server, createLog({ name: 'bench', level: 'silent' }));
  try {
    await pool.check();
    say(`One after another, and ${String(LOOK_UPS.waiting)} at the same time`);
    const rounds: { readonly singles: number; readonly coalesced: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({
        singles: await measureSingles(pool, server),
        coalesced: await measureCoalesced(pool, server),
      });
    }
    const singles = median(rounds.map((round) => round.singles));
    const coalesced = median(rounds.map((round) => round.coalesced));

    say('The server hangs');
    const hungMs = await measureHung(pool, server);
    say('The server dies and is started again');
    await killed(server);
    server = await startLdap({ ldif, port: server.port });
    const recoveryMs = await untilAnswered(pool, server);

    const result = {
      lookups_per_s: Math.round(coalesced),
      singles_per_s: Math.round(singles),
      ratio: Number((coalesced / singles).toFixed(2)),
      recovery_s: Number((recoveryMs / 1000).toFixed(2)),
      hung_deadline_ms: Math.round(hungMs),
    };
    for (const [name, value] of Object.entries(result))
      say(`  ${name.padEnd(20)} ${String(value)}`);
    return result;
  } finally {
    await pool.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Look-ups a second, each asked for when the one before is answered. */
async function measureSingles(pool: LdapPool, server: LdapServer): Promise<number> {
  const begun = performance.now();
  for (let n = 0; n < LOOK_UPS.singles; n += 1) await lookUp(pool, server, n * 7);
  return (LOOK_UPS.singles * 1000) / (performance.now() - begun);
}

/** Look-ups a second through the adapter that resolvers use. */
async function measureCoalesced(pool: LdapPool, server: LdapServer): Promise<number> {
  const directory = ldapStaffDirectory(pool, {
    baseDn: server.baseDn,
    schema: DIRECTORY_SCHEMAS.nhsmail,
    now: systemClock,
  });
  let next = 0;
  const ask = async (): Promise<void> => {
    while (next < LOOK_UPS.coalesced) {
      const mail = mailOf((next += 1) * 7);
      const found = await directory.findByMail(mail);
      if (found?.mail !== mail) throw new Error('the directory found another account');
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: LOOK_UPS.waiting }, ask));
  return (LOOK_UPS.coalesced * 1000) / (performance.now() - begun);
}

/** Milliseconds until a question to a server that has stopped where it stood is given up. */
async function measureHung(pool: LdapPool, server: LdapServer): Promise<number> {
  process.kill(server.pid, 'SIGSTOP');
  // Until all its threads have stopped.
  await delay(200);
  try {
    const begun = performance.now();
    const answered = await lookUp(pool, server, 0).then(
      () => true,
      () => false,
    );
    if (answered) throw new Error('a server that was stopped has answered');
    return performance.now() - begun;
  } finally {
    process.kill(server.pid, 'SIGCONT');
  }
}

/** Ends the server as a crash would. */
async function killed(server: LdapServer): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
}

/** Milliseconds until a look-up is answered. */
async function untilAnswered(pool: LdapPool, server: LdapServer): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const answered = await lookUp(pool, server, 0).then(
      () => true,
      () => false,
    );
    if (answered) return performance.now() - begun;
    await delay(10);
  }
}

async function lookUp(pool: LdapPool, server: LdapServer, n: number): Promise<void> {
  const found = await pool.search(server.baseDn, {
    filter: new EqualityFilter({ attribute: 'mail', value: mailOf(n) }),
    scope: 'sub',
    attributes: DIRECTORY_SCHEMAS.nhsmail.attributes,
    sizeLimit: 10,
  });
  if (found.length !== 1) throw new Error('the directory did not find the account');
}

const ldifOf = (): string =>
  [
    'dn: dc=nhs,dc=example\nobjectClass: dcObject\nobjectClass: organization\no: NHS\ndc: nhs\n',
    'dn: ou=people,dc=nhs,dc=example\nobjectClass: organizationalUnit\nou: people\n',
    ...Array.from(
      { length: ENTRIES },
      (_, n) => `dn: uid=a${String(n)},ou=people,dc=nhs,dc=example
objectClass: inetOrgPerson
uid: a${String(n)}
cn: Given Family${String(n)}
sn: Family${String(n)}
givenName: Given
displayName: FAMILY${String(n)}, Given
title: Staff Nurse
mail: a${String(n)}@nhsmail.example
telephoneNumber: 01632 960001
employeeNumber: ${String(90_000_000 + n)}
departmentNumber: RZ1
employeeType: USER:ACTIVE
`,
    ),
  ].join('\n');

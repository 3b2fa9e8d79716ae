import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  DEMO_PASSWORD,
  type DemoStoryPerson,
  type DemoSummary,
  generateDemo,
} from '../../../../cli/demo-data/generate.ts';
import { mailOf, mailRegister } from '../../../../cli/demo-data/mail.ts';
import { niNumber } from '../../../../cli/demo-data/reserved.ts';
import { openExtract } from '../../../../subgraphs/esr/files/open-extract.ts';
import { readWhole } from '../../subgraphs/esr/files/read-whole.ts';

let root = '';
let demo: DemoSummary;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lanyard-demo-'));
  demo = await generateDemo({ folder: join(root, 'a'), staff: 400, seed: 7 });
});

afterAll(() => rm(root, { recursive: true }));

/** Of all files of 400 people with the seed 7, by name. Change it when the data are meant to change. */
const PINNED = '091f01fcbe964789c6c8745cc793dedbc5d66c63aaa0b4e0f2b24451332e156e';

async function digests(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const entries = names.map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const isGo2 = (path: string) => path.includes('_GOF_');

const text = (path: string) => readFile(path, 'utf8');

describe('the demonstration data', () => {
  it('is the same, byte for byte, for the same seed, and another for another', async () => {
    await generateDemo({ folder: join(root, 'b'), staff: 400, seed: 7 });
    await generateDemo({ folder: join(root, 'c'), staff: 400, seed: 8 });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => digests(join(root, name))));
    expect(b).toEqual(a);
    // The same on every machine.
    expect(createHash('sha256').update(JSON.stringify(a)).digest('hex')).toBe(PINNED);
    expect(c?.['GO_901_LYD_GOF_20261101_00000001.DAT']).not.toBe(
      a?.['GO_901_LYD_GOF_20261101_00000001.DAT'],
    );
  });

  it('consists of extracts that the importer reads without a rejected row', async () => {
    for (const path of demo.recordFiles) {
      const { content } = await readWhole(await openExtract(path));
      expect(content.rejected).toEqual([]);
      expect(content.rowsRead).toBeGreaterThan(0);
    }
  });

  it('has the number of people that was asked for, and never fewer than the golden ones', async () => {
    expect(demo.staff).toBe(400);
    const few = await generateDemo({ folder: join(root, 'few'), staff: 1, seed: 1 });
    expect(few.staff).toBeGreaterThan(20);
  });

  it('uses reserved identifiers only', async () => {
    const [all, ldif] = await Promise.all([
      Promise.all(demo.recordFiles.map(text)).then((files) => files.join('')),
      text(demo.directoryFile),
    ]);
    expect(all).not.toMatch(/~(?!QQ)[A-Z]{2}\d{6}[A-D]~/);
    expect(all.match(/[\w.-]+@[\w.-]+/g)?.every((mail) => mail.endsWith('.example'))).toBe(true);
    expect(ldif.match(/^mail: .*$/gm)?.every((mail) => mail.endsWith('.example'))).toBe(true);
    expect(
      ldif.match(/^telephoneNumber: .*$/gm)?.every((one) => one.includes('+44 1632 960')),
    ).toBe(true);
    expect(all).not.toMatch(/,NMC,\d{2}[^Z]/);
    expect(all).not.toMatch(/,GMC,[^9]/);
  });

  it('has the faults of real records, about as often as they are found', async () => {
    const truth = (await text(demo.truthFile)).trim().split('\n').slice(1);
    const people = new Set(truth.map((line) => line.split(',')[0]));
    expect(people.size).toBe(demo.staff);
    const extracts = (await Promise.all(demo.recordFiles.filter(isGo2).map(text))).join('');
    const persons = extracts.match(/^PEA~.*$/gm) ?? [];
    const share = (found: readonly string[] | null) => (found ?? []).length / persons.length;
    const columns = persons.map((line) => line.split('~'));
    // Of those who left in the last year: one in ten.
    expect(share(persons.filter((line) => line.includes('~Terminated~')))).toBeGreaterThan(0.05);
    expect(columns.some((row) => row[35] === '')).toBe(true);
    expect(new Set(columns.map((row) => row[3])).size).toBeGreaterThan(3);
    const rowsOfOne = new Map<string, number>();
    for (const [, id, vpd] of extracts.matchAll(/^ASA~\d+~(\d+)~.*?~(\d{3}) Monthly~/gm)) {
      const key = `${vpd ?? ''}/${id ?? ''}`;
      rowsOfOne.set(key, (rowsOfOne.get(key) ?? 0) + 1);
    }
    expect(Math.max(...rowsOfOne.values())).toBe(6);
  });

  it('knows of accounts what a directory knows: registrations, owners, and when they were made and marked', async () => {
    const entries = (await text(demo.directoryFile)).split('\n\n');
    const those = (line: string) => entries.filter((entry) => entry.includes(line));
    const users = those('employeeType: USER:');
    const accounts = those('objectClass: nhsmailAccount');
    expect(accounts.every((entry) => /^createTimestamp: \d{14}Z$/m.test(entry))).toBe(true);
    for (const name of ['nhsmailRegistration', 'nhsmailSmartcardId', 'nhsmailJobRole']) {
      const having = users.filter((entry) => entry.includes(`${name}: `)).length;
      expect([name, having > users.length / 10, having < users.length]).toEqual([name, true, true]);
    }
    const leavers = those('employeeType: USER:LEAVER');
    expect(leavers.length).toBeGreaterThan(3);
    for (const entry of leavers) {
      const [marked, due] = ['LeaverMarkedAt', 'DeleteDueAt'].map((name) => {
        const [, y, m, d] = new RegExp(`${name}: (\\d{4})(\\d\\d)(\\d\\d)`).exec(entry) ?? [];
        return Date.UTC(Number(y), Number(m) - 1, Number(d)) / 86_400_000;
      });
      expect((due ?? 0) - (marked ?? 0)).toBe(30);
      // It would be gone.
      expect(due).toBeGreaterThan(Date.UTC(2026, 10, 1) / 86_400_000);
    }
    const owners = those('employeeType: SHARED:').map((entry) => entry.match(/^owner: /gm)?.length);
    expect(new Set(owners)).toEqual(new Set([undefined, 1, 2]));
  });

  it('has accounts that nobody in the record has, also where an organisation closed', async () => {
    const truth = new Set(
      (await text(demo.truthFile)).split('\n').map((line) => line.split(',')[4]),
    );
    const entries = (await text(demo.directoryFile)).split('\n\n');
    const orphans = entries.filter(
      (entry) =>
        entry.includes('employeeType: USER:') && !truth.has(/^uid: (.+)$/m.exec(entry)?.[1] ?? ''),
    );
    const [closed] = (await text(demo.organisationsFile))
      .split('\n')
      .filter((line) => line.includes(',CLOSED,'))
      .map((line) => line.split(',')[0] ?? '');
    expect(orphans.filter((entry) => entry.includes(`Number: ${closed ?? '?'}`))).toHaveLength(3);
  });

  it('gives every address to one account', async () => {
    const mails = (await text(demo.directoryFile)).match(/^mail: .*$/gm) ?? [];
    expect(new Set(mails).size).toBe(mails.length);
  });

  it('has the password of the demonstration in the form that directories check', async () => {
    const ldif = await text(demo.directoryFile);
    const stored = /uid: a1000017\n[^]*?userPassword: \{SSHA\}(\S+)/.exec(ldif)?.[1] ?? '';
    const bytes = Buffer.from(stored, 'base64');
    const digest = createHash('sha1').update(DEMO_PASSWORD).update(bytes.subarray(20)).digest();
    expect(bytes.subarray(0, 20)).toEqual(digest);
  });
});

describe('a nation', () => {
  let nation: DemoSummary;
  beforeAll(async () => {
    const options = { staff: 1_500, seed: 7, organisations: 'nation' } as const;
    nation = await generateDemo({ folder: join(root, 'nation'), ...options });
  });

  it('has 205 trusts, 42 boards and 10 national bodies, each with an extract, one that closed and the keeper of the register', async () => {
    const rows = (await text(nation.organisationsFile)).trim().split('\n').slice(1);
    const of = (type: string) => rows.filter((row) => row.split(',')[2] === type);
    expect([of('NHS_TRUST'), of('ICB'), of('OTHER')].map((one) => one.length)).toEqual([
      206, 42, 11,
    ]);
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.split(',').at(-1))).size).toBe(rows.length);
    expect(nation.recordFiles.filter(isGo2)).toHaveLength(257);
  });

  it('has everybody once in the truth, and in the extract of each employer that is named there', async () => {
    const truth = (await text(nation.truthFile)).trim().split('\n').slice(1);
    expect(new Set(truth.map((line) => line.split(',')[0])).size).toBe(1_500);
    const vpds = new Map(
      (await text(nation.organisationsFile))
        .split('\n')
        .map((row) => [row.split(',')[0] ?? '', row.split(',').at(-1) ?? '']),
    );
    const held = new Set<string>();
    for (const path of nation.recordFiles.filter(isGo2)) {
      const lines = (await readFile(path, 'latin1')).trimEnd().split(/\r?\n/);
      expect(lines.at(-1)).toBe(`TRL~${String(lines.length)}`);
      const vpd = lines[0]?.split('~')[3] ?? '';
      for (const line of lines) {
        if (line.startsWith('PEA~')) held.add(`${vpd}/${line.split('~')[4] ?? ''}`);
      }
    }
    const named = truth
      .map((line) => line.split(','))
      .map(([, , odsCode = '', number = '']) => `${vpds.get(odsCode) ?? ''}/${number}`);
    expect(new Set(named)).toEqual(held);
  });

  it('is written as UTF-8 and as Latin-1, with both line ends', async () => {
    const files = await Promise.all(nation.recordFiles.filter(isGo2).map((path) => readFile(path)));
    expect(files.filter((bytes) => bytes.includes('\r\n')).length).toBeGreaterThan(50);
    expect(files.filter((bytes) => !isUtf8(bytes)).length).toBeGreaterThan(0);
  });
});

describe('numbers for a whole nation', () => {
  it('are given once each', () => {
    const numbers = new Set<string>();
    for (let ordinal = 1; ordinal <= 1_600_000; ordinal += 7) numbers.add(niNumber(ordinal));
    expect(numbers.size).toBe(Math.ceil(1_600_000 / 7));
  });

  it('give each address once, however many have one name', () => {
    const register = mailRegister(1_000);
    const given = Array.from({ length: 1_000 }, (_, index) =>
      mailOf(
        'Sarah',
        `Jones${'abc'.charAt(index % 3)}`,
        register('Sarah', `Jones${'abc'.charAt(index % 3)}`),
      ),
    );
    expect(new Set(given).size).toBe(1_000);
  });
});

describe('the golden people', () => {
  let people: ReadonlyMap<string, DemoStoryPerson>;
  beforeAll(async () => {
    const list = JSON.parse(await text(demo.peopleFile)) as DemoStoryPerson[];
    people = new Map(list.map((person) => [person.story, person]));
  });

  it.each([
    'story-nurse',
    'hr-officer-rz1',
    'hr-officer-rz2',
    'administrator-rz1',
    'administrator-rz2',
    'both-trusts-nurse',
    'married-name',
    'twin-one',
    'twin-two',
    'father',
    'son',
    'closed-organisation',
    'leap-day',
    'end-of-time',
    'death-in-service',
    'two-hcpc-registers',
    'doctor-gdc-only',
    'resident-doctor',
    'lead-and-host',
    'moved-with-a-new-name',
    'leaver-still-active',
    'bank-post-after-leaving',
    'suspended-nurse',
    'known-as',
    'ni-number-mistyped',
    'ni-number-twice-one',
    'same-name-two',
    'one-name-only',
    'account-at-old-organisation',
    'history-of-six-rows',
  ])('include %s', (story) => {
    expect(people.get(story)).toBeDefined();
  });

  it('include an administrator of who keeps the register, who works at a trust', () => {
    expect(people.get('leap-day')).toMatchObject({
      role: 'ADMINISTRATOR',
      roleAt: 'X26',
      odsCode: 'RZ4',
    });
  });

  it('have fixed ids', () => {
    expect(people.get('story-nurse')).toEqual({
      story: 'story-nurse',
      role: 'STAFF',
      given: 'Amara',
      family: 'Okafor-Lindqvist',
      mail: 'amara.okafor-lindqvist@nhsmail.example',
      uid: 'a1000017',
      odsCode: 'RZ1',
      employments: [{ odsCode: 'RZ1', employeeNumber: '90000017' }],
      registrations: [{ body: 'NMC', number: '18Z0042E' }],
    });
    expect(people.get('both-trusts-nurse')?.employments.map((one) => one.odsCode)).toEqual([
      'RZ1',
      'RZ2',
    ]);
    expect(people.get('doctor-gdc-only')?.registrations).toEqual([
      { body: 'GDC', number: '900033' },
    ]);
    expect(people.get('two-hcpc-registers')?.registrations.map((one) => one.number)).toEqual([
      'PH900032',
      'PYL900032',
    ]);
  });

  it('keep the old name in the directory after a marriage', async () => {
    const entry = /dn: uid=a1000023,[^]*?\n\n/.exec(await text(demo.directoryFile))?.[0];
    expect(entry).toContain('sn: Pryce\n');
    expect(entry).toContain('mail: bethan.pryce@nhsmail.example\n');
  });

  it('sign in with the roles that are listed', async () => {
    expect(await text(demo.rolesFile)).toBe(
      `mail,role,odsCode
harriet.sowerby@nhsmail.example,HR_OFFICER,RZ1
kwame.boateng@nhsmail.example,HR_OFFICER,RZ2
gareth.penhaligon@nhsmail.example,ADMINISTRATOR,RZ1
meera.nair@nhsmail.example,ADMINISTRATOR,RZ2
tomasz.nowak@nhsmail.example,ADMINISTRATOR,X26
desmond.hawthorne@nhsmail.example,ADMINISTRATOR,RZ1
`,
    );
  });
});

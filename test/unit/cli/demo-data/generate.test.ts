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
import { readRecordsFile } from '../../../../subgraphs/esr/files/read-file.ts';

let root = '';
let demo: DemoSummary;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lanyard-demo-'));
  demo = await generateDemo({ folder: join(root, 'a'), staff: 400, seed: 7 });
});

afterAll(() => rm(root, { recursive: true }));

async function digests(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const entries = names.map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const text = (path: string) => readFile(path, 'utf8');

describe('the demonstration data', () => {
  it('is the same, byte for byte, for the same seed, and another for another', async () => {
    await generateDemo({ folder: join(root, 'b'), staff: 400, seed: 7 });
    await generateDemo({ folder: join(root, 'c'), staff: 400, seed: 8 });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => digests(join(root, name))));
    expect(b).toEqual(a);
    expect(c?.['GO_901_LYD_GOF_20261101_00000001.DAT']).not.toBe(
      a?.['GO_901_LYD_GOF_20261101_00000001.DAT'],
    );
  });

  it('consists of extracts that the importer reads without a rejected row', async () => {
    for (const path of demo.recordFiles) {
      const { content } = await readRecordsFile(path);
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
  ])('include %s', (story) => {
    expect(people.get(story)).toBeDefined();
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
`,
    );
  });
});

/** Reading a staff-record service, with a small one of its own: whatever spelling it uses, the feeds are right. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';

import { openExtract } from '../../../../../subgraphs/esr/files/open-extract.ts';
import { feedRowOfRecord } from '../../../../../subgraphs/esr/rest/feed-rows-of-record.ts';
import { readRest } from '../../../../../subgraphs/esr/rest/read-rest.ts';
import { readRestSource } from '../../../../../subgraphs/esr/rest/rest-source.ts';

const PAIR = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = { ...PAIR.privateKey.export({ format: 'jwk' }), kid: 'rest-1' };

type Answer = (response: ServerResponse, tries: number) => void;
const json =
  (value: unknown): Answer =>
  (response) =>
    response.end(JSON.stringify(value));

let server: Server;
let folder = '';
let url = '';
let answers: Record<string, Answer>;
let asked: string[];
let tokens: number;

/** The token endpoint holds the client to its key; the rest is answered as the test says. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/token') {
    let body = '';
    for await (const part of request) body += String(part);
    const form = new URLSearchParams(body);
    const { payload } = await jwtVerify(form.get('client_assertion') ?? '', PAIR.publicKey, {
      audience: `${url}/token`,
      issuer: 'lanyard-rz1',
      subject: 'lanyard-rz1',
    });
    tokens += typeof payload.jti === 'string' ? 1 : 0;
    response.end(
      JSON.stringify({ access_token: 'token-1', token_type: 'Bearer', expires_in: 300 }),
    );
    return;
  }
  const number =
    /^\/organisations\/RZ1\/employees\/(\d+)\/records$/.exec(request.url ?? '')?.[1] ?? '';
  if (request.headers.authorization !== 'Bearer token-1') {
    response.writeHead(401).end();
    return;
  }
  asked.push(number);
  const say = answers[number];
  if (say === undefined) response.writeHead(404).end('{"resourceType":"OperationOutcome"}');
  else say(response, asked.filter((one) => one === number).length);
}

beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  folder = await mkdtemp(join(tmpdir(), 'lanyard-rest-'));
  await writeFile(join(folder, 'key.json'), JSON.stringify(KEY));
  await writeFile(
    join(folder, 'source.json'),
    JSON.stringify({
      url: `${url}/`,
      tokenUrl: `${url}/token`,
      clientId: 'lanyard-rz1',
      keyFile: 'key.json',
    }),
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  answers = {};
  asked = [];
  tokens = 0;
});

async function* pages(...numbers: readonly (readonly string[])[]) {
  await Promise.resolve();
  yield* numbers;
}
const waits: number[] = [];
const read = async (...numbers: readonly (readonly string[])[]) => {
  const source = await readRestSource(join(folder, 'source.json'), () => new Date());
  return readRest({
    source,
    odsCode: 'RZ1',
    people: pages(...numbers),
    folder,
    wait: (milliseconds) => Promise.resolve(waits.push(milliseconds)),
  });
};
const rowsOf = async (file: string) => {
  const extract = await openExtract(join(folder, file));
  const rows: unknown[] = [];
  for await (const batch of extract.batches) rows.push(...batch.rows, ...batch.faults);
  return rows;
};

const NURSE = {
  recordType: 'Professional Registration',
  record: {
    registrationBody: 'nmc',
    registrationNumber: '18Z0042E',
    registrationStatus: 'Interim suspension order',
    expiryDate: '2027-09-30T00:00:00Z',
    lastCheckedAt: '2026-11-01T02:00:00Z',
  },
};

it('reads everybody, person by person, and writes feeds that an import takes', async () => {
  answers['90000001'] = json({
    records: [
      NURSE,
      {
        type: 'CORE-SKILLS-TRAINING',
        subject: 'Fire Safety',
        level: 'Level 1',
        awardDate: '2026-05-01',
        passed: 'true',
      },
      {
        type: 'coreSkillsTraining',
        competence: 'NHS|CSTF|Fire Safety - 2 Years|',
        completionDate: '2026-05-02',
      },
      { type: 'vaccination', code: 'HEPB001' },
      { type: 'professionalRegistration', registrationNumber: 'A, "B"' },
    ],
  });
  answers['90000002'] = json([
    {
      recordType: 'professionalRegistration',
      professionalBody: 'General Medical Council',
      registrationNumber: 123456,
      status: 'REGISTERED',
      hasLicenceToPractise: 'true',
      hasConditions: 'True',
      checkDate: '2026-11-01',
    },
  ]);
  expect(await read(['90000001', '90000002'], ['90000003'])).toEqual({
    files: [join(folder, 'RZ1-registrations.csv'), join(folder, 'RZ1-training.csv')],
    people: 3,
    unknownPeople: 1,
    rows: 4,
    unreadable: 1,
  });
  expect(await rowsOf('RZ1-registrations.csv')).toEqual([
    expect.objectContaining({
      employeeNumber: '90000001',
      body: 'NMC',
      number: '18Z0042E',
      status: 'INTERIM_SUSPENSION',
      expiresOn: '2027-09-30',
      lastCheckedAt: '2026-11-01T02:00:00.000Z',
    }),
    expect.objectContaining({ body: 'GMC', number: '0123456', status: 'CONDITIONS' }),
  ]);
  expect(await rowsOf('RZ1-training.csv')).toEqual([
    expect.objectContaining({ subject: 'Fire Safety', level: '1', awardedOn: '2026-05-01' }),
    expect.objectContaining({ subject: 'Fire Safety', expiresOn: '2028-05-02' }),
  ]);
  const modes = (await readdir(folder))
    .filter((name) => name.endsWith('.csv'))
    .map(async (name) => (await stat(join(folder, name))).mode & 0o777);
  expect(await Promise.all(modes)).toEqual([0o600, 0o600]);
  expect(tokens).toBe(1);
});

it('tries again when it is told to wait, as long as it is told', async () => {
  answers['90000001'] = (response, tries) => {
    if (tries > 2) json([NURSE])(response, tries);
    else response.writeHead(tries === 1 ? 429 : 503, { 'retry-after': '7' }).end();
  };
  waits.length = 0;
  expect(await read(['90000001'])).toMatchObject({ rows: 1 });
  expect(waits).toEqual([7_000, 7_000]);
});

it.each<[string, Answer, string]>([
  ['refuses', (response) => response.writeHead(403).end(), 'rest_refused'],
  ['fails again and again', (response) => response.writeHead(500).end(), 'rest_unavailable'],
  [
    'leads elsewhere',
    (response) => response.writeHead(302, { location: '/token' }).end(),
    'rest_unavailable',
  ],
  ['answers something else', json('hello'), 'rest_answer_invalid'],
  [
    'answers too much',
    (response) => response.end(`[${' '.repeat(1_100_000)}]`),
    'rest_answer_invalid',
  ],
  ['answers too many', json(Array.from({ length: 1_001 }, () => ({}))), 'rest_answer_invalid'],
])(
  'stops when the service %s, and leaves nothing that could be imported',
  async (_what, say, code) => {
    answers['90000001'] = json([NURSE]);
    answers['90000002'] = say;
    await expect(read(['90000001'], ['90000002'])).rejects.toMatchObject({ code });
    await expect(rowsOf('RZ1-registrations.csv')).rejects.toMatchObject({
      code: 'trailer_missing',
    });
  },
);

it.each([
  ['http elsewhere', { url: 'http://records.example' }],
  ['no client', { clientId: '' }],
  ['a setting that is not one', { extra: true }],
])('refuses a source with %s', async (_what, change) => {
  const path = join(folder, 'bad.json');
  const right = { url, tokenUrl: `${url}/token`, clientId: 'c', keyFile: 'key.json' };
  await writeFile(path, JSON.stringify({ ...right, ...change }));
  await expect(readRestSource(path, () => new Date())).rejects.toMatchObject({
    code: 'rest_source_invalid',
  });
});

describe('a registration', () => {
  const right = {
    type: 'professionalRegistration',
    body: 'NMC',
    number: '1',
    lastCheckedAt: '2026-11-01T02:00:00Z',
  };
  it.each<[string, object, string]>([
    ['a word that nobody knows', { status: 'Pending review' }, 'UNKNOWN'],
    ['no word', {}, 'UNKNOWN'],
    ['undertakings', { STATUS: 'undertakings' }, 'UNDERTAKINGS'],
    ['a flag that says otherwise', { status: 'Active', suspended: 'TRUE' }, 'SUSPENDED'],
    ['no licence', { status: 'registered', licence_to_practise: 'false' }, 'NO_LICENCE'],
    [
      'conditions in words',
      { status: 'registered', conditions: 'Supervised practice' },
      'CONDITIONS',
    ],
    ['no conditions in words', { status: 'registered', conditions: 'None' }, 'REGISTERED'],
    ['conditions that are false', { status: 'registered', conditions: 'false' }, 'REGISTERED'],
    ['flags that soften nothing', { status: 'suspended', suspended: 'false' }, 'SUSPENDED'],
  ])('with %s', (_what, change, status) => {
    expect(feedRowOfRecord({ ...right, ...change })).toMatchObject({
      values: ['NMC', '1', status, '', '', '', '2026-11-01T02:00:00.000Z'],
    });
  });
});

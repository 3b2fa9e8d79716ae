/** Checking from the command line, without network. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { runCommand } from '../../../cli/main.ts';
import { KEY_BINDING, ward } from '../standards/verification-bundle/ward.ts';

let folder: string;
let server: Server;
let published: string;
let world: Awaited<ReturnType<typeof ward>>;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-ward-'));
  world = await ward(new Date(Math.floor(Date.now() / 1000) * 1000));
  published = world.bundles.ordinary;
  const pem = (der: string): string =>
    `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
  await Promise.all([
    writeFile(at('anchor.pem'), pem(world.ours.anchor)),
    writeFile(at('other.pem'), pem(world.theirs.anchor)),
    writeFile(at('bundle.json'), world.bundles.ordinary),
    ...world.cases.map(({ presentation }, index) =>
      writeFile(at(`${String(index)}.txt`), `${presentation}\n`),
    ),
  ]);
  server = createServer(({ url }, response) => {
    if (url !== '/passport/verification-bundle') response.statusCode = 404;
    response.end(published);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const run = async (...args: readonly string[]) => {
  const said = { out: '', err: '' };
  const code = await runCommand(args, {
    env: {},
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    terminal: false,
  });
  return { code, ...said };
};
const fileOf = (what: string): string =>
  at(`${String(world.cases.findIndex((one) => one.what === what))}.txt`);
const BOUND = ['--audience', KEY_BINDING.audience, '--nonce', KEY_BINDING.nonce];
const verify = (what: string, ...options: readonly string[]) =>
  run(
    'verify',
    fileOf(what),
    '--bundle',
    at('bundle.json'),
    '--anchor',
    at('anchor.pem'),
    ...options,
  );
const GOOD = 'a placement, shown now by its holder';
const VC_JWT = 'a vc+jwt, where no proof is asked for';

describe('lanyard verify', () => {
  it('says in words what was shown, that nobody was asked, and how old the status is', async () => {
    const { code, out, err } = await verify(GOOD, ...BOUND);
    expect([code, err]).toEqual([0, '']);
    expect(out.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/ \d seconds?/, ' 0 seconds'))
      .toBe(`VALID
What: "Temporary placement"
Issued by: "RZ1" "https://passport.example/trusts/RZ1"
Counts until: TIME
Checked offline. Its status is of TIME, 2 hours 1 minute ago; at most 1 day old counts.
Shown by its holder, now, for "https://passport.example/verifiers/RZ2".
Shown:
  "nhs": {"ods":"RZ1"}
  "host_ods": "RZ2"
  "role": "Staff nurse"
`);
  });

  it('says the same to a program', async () => {
    const { code, out } = await verify(GOOD, ...BOUND, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      offline: true,
      outcome: 'valid',
      keyBinding: 'checked',
      statusAsOf: expect.stringMatching(/Z$/) as never,
      statusMaxAgeSeconds: 86_400,
    });
  });

  it('ends with 65 for what does not hold, and shows nothing of it', async () => {
    const { code, out } = await verify('a revoked one', ...BOUND);
    expect(code).toBe(65);
    expect(out).toMatch(/^REVOKED: its issuer has taken it back \(status_revoked\)\n/);
    expect(out).not.toContain('Staff nurse');
  });

  it('ends with 75 when the status is older than is allowed', async () => {
    const { code, out } = await verify(GOOD, ...BOUND, '--status-max-age', '7200', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([
      75,
      {
        offline: true,
        outcome: 'cannot-check',
        reason: 'status_stale',
        statusMaxAgeSeconds: 7_200,
      },
    ]);
  });

  it('leaves the proof of the holder out when told to, and says so', async () => {
    const bound = await verify(VC_JWT, ...BOUND);
    expect([bound.code, bound.out]).toEqual([65, expect.stringContaining('key_binding_missing')]);
    const unbound = await verify(VC_JWT, '--without-key-binding');
    expect(unbound.code).toBe(0);
    expect(unbound.out).toContain('NOT CHECKED: whether whoever shows it is its holder');
  });

  it.each([
    [[], 'give --audience and --nonce'],
    [['--nonce', 'x'], '--audience needs a value'],
    [[...BOUND, '--without-key-binding'], 'give --audience and --nonce'],
    [[...BOUND, 'second.txt'], 'name one file, or -'],
    [[...BOUND, '--status-max-age', '0'], '--status-max-age takes a whole number'],
  ])('%j ends with 64', async (options, text) => {
    const { code, err } = await verify(GOOD, ...options);
    expect([code, err]).toEqual([64, expect.stringContaining(text)]);
  });

  it('relies on no bundle under another anchor', async () => {
    const files = ['--bundle', at('bundle.json'), '--anchor', at('other.pem')];
    const { code, out } = await run('verify', fileOf(GOOD), ...files, ...BOUND);
    expect([code, out]).toEqual([78, expect.stringContaining('bundle_anchor_wrong')]);
  });

  it('lets nothing that was shown draw on the terminal', async () => {
    const hostile = 'a name that draws';
    const { code, out } = await verify(hostile, ...BOUND);
    expect(code).toBe(0);
    // eslint-disable-next-line no-control-regex -- this is what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).toContain('\\u001b[2J\\u202e');
  });
});

describe('lanyard bundle fetch', () => {
  const fetchTo = (file: string, anchor = 'anchor.pem') => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}/passport`;
    return run('bundle', 'fetch', '--url', url, '--anchor', at(anchor), '--out', at(file));
  };

  it('stores what it has checked', async () => {
    const { code, out } = await fetchTo('new.json');
    expect(code).toBe(0);
    expect(out).toContain('1 issuers, 1 status lists');
    expect(await readFile(at('new.json'), 'utf8')).toBe(world.bundles.ordinary);
  });

  it('stores nothing that is not signed under the anchor', async () => {
    const { code, err } = await fetchTo('foreign.json', 'other.pem');
    expect([code, err]).toEqual([1, expect.stringContaining('bundle_anchor_wrong')]);
    await expect(readFile(at('foreign.json'))).rejects.toThrow('ENOENT');
  });

  it('keeps what is newer than what is published', async () => {
    const newer = await world.sign({ version: 8 });
    await writeFile(at('kept.json'), newer);
    const { code, out } = await fetchTo('kept.json');
    expect([code, out]).toEqual([0, expect.stringContaining('stays')]);
    expect(await readFile(at('kept.json'), 'utf8')).toBe(newer);
  });

  it.each(['http://passport.example', 'ftp://localhost', 'x'])('takes no %s', async (url) => {
    const files = ['--anchor', at('anchor.pem'), '--out', at('x.json')];
    const { code, err } = await run('bundle', 'fetch', '--url', url, ...files);
    expect([code, err]).toEqual([64, expect.stringContaining('--url takes an https address')]);
  });
});

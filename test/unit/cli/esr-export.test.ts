/** The operator's export into a folder: cut off, gone on with, and never a file that is not what was signed. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { runCommand } from '../../../cli/main.ts';
import { serveControl } from '../../../local/control.ts';
import { OperationRefused, type Operations } from '../../../local/operations.ts';
import { createLog } from '../../../runtime/log.ts';

const FILES = new Map(
  ['part-0001.ndjson.gz', 'part-0002.ndjson.gz'].map((name) => [name, randomBytes(1_000)] as const),
);
const PIECE = 300;

/** The running system: what it was asked, how far the export is, and after how many pieces the line goes. */
const system = {
  asked: [] as (readonly [string, Readonly<Record<string, unknown>>])[],
  states: [] as string[],
  piecesLeft: Infinity,
};

const shown = (state: string) => ({
  id: 'exp_1',
  state,
  people: 2,
  done: state === 'READY' ? 2 : 1,
  records: 2,
  left: 0,
  failed: 0,
  waiting: false,
  cursor: '2026-11-22T02:00:00.000Z',
  manifest: state === 'READY' ? 'manifest' : null,
  parts: [...FILES].map(([name, content]) => ({
    name,
    lines: 1,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('base64url'),
  })),
});

const run = ((name: string, input: Readonly<Record<string, unknown>>) => {
  system.asked.push([name, input]);
  if (name === 'startExport' || name === 'showExport') {
    return Promise.resolve(shown(system.states.shift() ?? 'READY'));
  }
  if ((system.piecesLeft -= 1) < 0) {
    return Promise.reject(new OperationRefused('interrupted', 'the line is cut'));
  }
  const from = Number(input['from']);
  const content = FILES.get(String(input['name']))?.subarray(from, from + PIECE);
  return Promise.resolve({ content: content?.toString('base64') });
}) as Operations['run'];

let data: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'lanyard-x-'));
  stop = await serveControl(data, { run }, createLog({ name: 'test', level: 'silent' }));
});
afterAll(async () => {
  await stop();
  await rm(data, { recursive: true });
});
beforeEach(() => {
  Object.assign(system, { asked: [], states: [], piecesLeft: Infinity });
});

async function exportTo(folder: string, more: readonly string[] = []) {
  const said = { out: '', err: '' };
  const args = ['esr', 'export', 'RZ1', '--out', join(data, folder), '--by', 'night', ...more];
  const code = await runCommand(args, {
    env: { LANYARD_DATA: data },
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    terminal: false,
  });
  return { code, ...said };
}
const pieces = () =>
  system.asked.filter(([name]) => name === 'exportPiece').map(([, input]) => input);

describe('lanyard esr export', () => {
  it('waits, fetches every part, and says where to go on next time', async () => {
    system.states = ['QUEUED', 'RUNNING'];
    expect(await exportTo('whole')).toEqual({
      code: 0,
      out: 'RZ1: 2 records, 0 left, 0 failed, in 2 parts\nNext time: --since 2026-11-22T02:00:00.000Z\n',
      err: 'RZ1: 1 of 2 people\n',
    });
    const folder = join(data, 'whole');
    expect((await readdir(folder)).sort()).toEqual([
      'export.json',
      'manifest.jws',
      ...FILES.keys(),
    ]);
    for (const [name, content] of FILES) {
      expect((await readFile(join(folder, name))).equals(content)).toBe(true);
    }
    expect(system.asked[0]).toEqual([
      'startExport',
      {
        odsCode: 'RZ1',
        purpose: 'HR_ADMINISTRATION',
        by: 'night',
        key: expect.any(String) as unknown,
      },
    ]);
  });

  it('goes on from the byte where it was cut off, with the same export', async () => {
    system.piecesLeft = 5;
    expect(await exportTo('cut')).toMatchObject({ code: 65, err: expect.stringContaining('cut') });
    const [first] = system.asked;
    Object.assign(system, { asked: [], piecesLeft: Infinity });
    expect((await exportTo('cut')).code).toBe(0);
    expect(system.asked[0]).toEqual(first);
    expect(pieces().map(({ name, from }) => [name, from])).toEqual([
      ['part-0002.ndjson.gz', 300],
      ['part-0002.ndjson.gz', 600],
      ['part-0002.ndjson.gz', 900],
    ]);
    Object.assign(system, { asked: [] });
    expect((await exportTo('cut')).code).toBe(0);
    expect(pieces()).toEqual([]);
  });

  it('keeps no file that is not what the manifest says', async () => {
    await exportTo('spoilt');
    const folder = join(data, 'spoilt');
    await writeFile(join(folder, 'part-0001.ndjson.gz'), 'spoilt');
    await writeFile(join(folder, 'part-0001.ndjson.gz.begun'), 'spoilt');
    expect(await exportTo('spoilt')).toMatchObject({
      code: 1,
      err: expect.stringContaining('not what the manifest says'),
    });
    expect((await exportTo('spoilt')).code).toBe(0);
    const [name = '', content] = [...FILES][0] ?? [];
    expect((await readFile(join(folder, name))).equals(content ?? Buffer.alloc(0))).toBe(true);
  });

  it('begins anew when the parts have been erased', async () => {
    system.states = ['EXPIRED'];
    expect(await exportTo('late')).toMatchObject({ code: 1 });
    const key = system.asked[0]?.[1]['key'];
    expect((await exportTo('late')).code).toBe(0);
    const starts = system.asked.filter(([name]) => name === 'startExport');
    expect(starts.map(([, input]) => input['key'] === key)).toEqual([true, false]);
  });

  it.each<[string, readonly string[], string]>([
    ['of another kind', ['--since', '2026-11-01T00:00:00Z'], 'holds another export'],
    ['since no moment', ['--since', 'yesterday'], '--since takes a moment'],
    ['for no purpose there is', ['--purpose', 'CURIOSITY'], '--purpose takes one of'],
  ])('is not made in a folder of an export %s', async (_what, more, words) => {
    expect(await exportTo('whole', more)).toMatchObject({
      code: 64,
      err: expect.stringContaining(words),
    });
    expect(system.asked).toEqual([]);
  });
});

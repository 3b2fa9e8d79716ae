/** The checklist of the conformance suite's modules: complete, and every test it points at is there. */
import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

const page = await read('docs/conformance.md');
const rows = [...page.matchAll(/^\| `(?<name>[^`]+)` +\| (?<proof>.+?) +\|$/gm)].map(
  ({ groups }) => ({ name: groups?.['name'] ?? '', proof: groups?.['proof'] ?? '' }),
);

describe('docs/conformance.md', () => {
  it('has every module once', async () => {
    const names = (await read('test/vectors/openid-conformance-modules.txt')).trim().split('\n');
    expect(rows.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  it('points at tests that exist, or says why there is none', async () => {
    const wrong: string[] = [];
    for (const { name, proof } of rows) {
      if (proof.startsWith('No test')) continue;
      const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(proof) ?? [];
      const source = file === '' ? '' : await read(file);
      if (title === '' || !source.includes(title.replaceAll('\\', ''))) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  });
});

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { operationChecker } from '../../../gateway/operation-faults.ts';
import { shippedOperations } from '../../../runtime/shipped-operations.ts';
import { RULED_SUPERGRAPH } from './test-graph.ts';

const faultsOf = operationChecker(RULED_SUPERGRAPH, 50);

describe('what keeps an operation from being run', () => {
  it.each<[string, string, readonly RegExp[]]>([
    ['nothing, of a query', '{ me { id } }', []],
    [
      'nothing, of a subscription',
      'subscription W($id: ID!) { credentialStatusChanged(id: $id) { ...F } } fragment F on Credential { id }',
      [],
    ],
    ['a field that is not there', '{ me { nothing } }', [/nothing/]],
    [
      'a field that is not there, of a subscription',
      'subscription { credentialStatusChanged(id: "1") { nothing } }',
      [/nothing/],
    ],
    ['a subscription to nothing', 'subscription { me { id } }', [/not one subscription/]],
    [
      'a subscription beside a query',
      'query Q { me { id } } subscription S { credentialStatusChanged(id: "1") { id } }',
      [/not one subscription/],
    ],
    [
      'the limits, of a subscription',
      `subscription { credentialStatusChanged(id: "1") { ${'id '.repeat(100)} } }`,
      [/^beyond the limits: too-large$/],
    ],
    ['the cost', '{ page(first: 100) { id } }', [/^costs \d+, more than 50$/]],
  ])('is %s', (_what, text, faults) => {
    expect(faultsOf(text)).toEqual(faults.map((fault): unknown => expect.stringMatching(fault)));
  });
});

it('reads the operations that are shipped, as they are written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-operations-'));
  const text = 'query Passport { me { id } }\n';
  await mkdir(join(folder, 'web'));
  await writeFile(join(folder, 'web', 'Passport.graphql'), text);
  const from = pathToFileURL(`${folder}/`);
  const passport = { name: 'Passport', text, sha256: hash('sha256', text) };
  expect(await shippedOperations('web', from)).toEqual([passport]);
  expect(await shippedOperations('*', from)).toEqual([passport]);
  expect(await shippedOperations('esr', from)).toEqual([]);
  await rm(folder, { recursive: true });
});

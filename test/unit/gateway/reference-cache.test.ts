import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';

import { readRequirements } from '../../../gateway/authorization/requirements.ts';
import type { GatewayContext } from '../../../gateway/context.ts';
import { type Graph, readGraph } from '../../../gateway/execution/graph.ts';
import type { SubgraphAnswer } from '../../../gateway/execution/ports.ts';
import { referenceCache } from '../../../gateway/reference-cache/reference-cache.ts';
import {
  REFERENCE_FIELDS,
  readsReference,
} from '../../../gateway/reference-cache/reference-fields.ts';
import { createLog } from '../../../runtime/log.ts';
import { memoryKeyValue } from '../../../runtime/memory-key-value.ts';
import { EDITION_KEY } from '../../../runtime/reference-edition.ts';

let graph: Graph;
let ruled: ReturnType<typeof readRequirements>;
beforeAll(async () => {
  ruled = readRequirements(await readFile('schema/supergraph.graphql', 'utf8'));
  graph = readGraph(ruled.sdl);
});

const ENTITIES = 'query($representations:[_Any!]!){_entities(representations:$representations)';

describe('reference data', () => {
  it.each([
    ['{organisation(odsCode:"RZ1"){name type successor{name}}}', true],
    ['query($s:CodeSystem!){codeList(system:$s){code display}}', true],
    [`${ENTITIES}{...on Organisation{name vpd}}}`, true],
    [`${ENTITIES}{__typename ...on Organisation{__typename name}}}`, true],
    ['{organisation(odsCode:"RZ1"){name status}}', false],
    ['{organisation(odsCode:"RZ1"){staff{edges{node{id}}}}}', false],
    ['{organisation(odsCode:"RZ1"){successor{staff{edges{node{id}}}}}}', false],
    ['{organisation(odsCode:"RZ1"){name} me{id}}', false],
    ['{me{id}}', false],
    [`${ENTITIES}{...on StaffMember{id}}}`, false],
    [`${ENTITIES}{...on Organisation{name} ...on StaffMember{id}}}`, false],
    ['query{organisation(odsCode:"RZ1"){...a}} fragment a on Organisation{name}', false],
    ['mutation{transferRequest{errors{code}}}', false],
  ])('is all of %s: %p', (operation, expected) => {
    expect(readsReference(graph.supergraph, operation)).toBe(expected);
  });

  it('is about nobody: no field of it is a person, leads to one, or has a rule of its own', () => {
    for (const [typeName, fields] of Object.entries(REFERENCE_FIELDS)) {
      const type = graph.schema.getType(typeName);
      if (!isObjectType(type)) throw new Error(typeName);
      for (const name of fields) {
        const field = type.getFields()[name];
        const led = String(field?.type).replace(/[[\]!]/g, '');
        const isLeaf = !isObjectType(graph.schema.getType(led));
        expect([name, isLeaf || Object.hasOwn(REFERENCE_FIELDS, led)]).toEqual([name, true]);
        expect([name, field?.args]).toEqual([name, []]);
        expect(ruled.requirements.get(`${typeName}.${name}`)).toBeUndefined();
      }
    }
  });
});

describe('an answer about reference data', () => {
  const context = {} as GatewayContext;
  const request = { body: '{"query":"x"}', mutation: false, reference: true };
  const log = createLog({ name: 'test', level: 'silent' });

  /** Two replicas before one subgraph. */
  async function replicas(edition: string | undefined) {
    const store = memoryKeyValue(() => new Date());
    if (edition !== undefined) await store.set(EDITION_KEY, edition, 60);
    const subgraph = {
      asked: 0,
      answer: { data: { organisation: { name: 'Old' } } } as SubgraphAnswer,
    };
    const ask = () => {
      subgraph.asked += 1;
      return Promise.resolve(structuredClone(subgraph.answer));
    };
    const open = async () => {
      const cache = referenceCache(store, ask, log);
      await new Promise((resolve) => setImmediate(resolve));
      return cache;
    };
    return { store, subgraph, open };
  }

  it('is asked for once, by whichever replica', async () => {
    const { subgraph, open } = await replicas('1.1');
    const [one, other] = [await open(), await open()];
    const first = await one.ask('esr', request, context);
    expect(await other.ask('esr', request, context)).toEqual({ data: first.data });
    const again = await one.ask('esr', request, context);
    expect([again, subgraph.asked]).toEqual([first, 1]);
    // It belongs to whoever asked.
    expect(again.data).not.toBe((await one.ask('esr', request, context)).data);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is asked for again under another edition', async () => {
    const { store, subgraph, open } = await replicas('1.1');
    const one = await open();
    await one.ask('esr', request, context);
    await store.set(EDITION_KEY, '1.2', 60);
    const other = await open();
    subgraph.answer = { data: { organisation: { name: 'New' } } };
    expect(await other.ask('esr', request, context)).toEqual(subgraph.answer);
    await Promise.all([one.stop(), other.stop()]);
  });

  it.each<[string, string | undefined, Partial<typeof request>, string]>([
    ['nobody tells the edition', undefined, {}, 'esr'],
    ['anything else is asked', '1.1', { reference: false }, 'esr'],
    ['another subgraph is asked', '1.1', {}, 'passport'],
  ])('is not kept when %s', async (_when, edition, changed, name) => {
    const { subgraph, open } = await replicas(edition);
    const one = await open();
    await one.ask(name, { ...request, ...changed }, context);
    await one.ask(name, { ...request, ...changed }, context);
    expect(subgraph.asked).toBe(2);
    await one.stop();
  });

  it('is not kept when it has errors', async () => {
    const { subgraph, open } = await replicas('1.1');
    subgraph.answer = { data: { organisation: null }, errors: [{ message: 'down' }] };
    const one = await open();
    await one.ask('esr', request, context);
    await one.ask('esr', request, context);
    expect(subgraph.asked).toBe(2);
    await one.stop();
  });
});

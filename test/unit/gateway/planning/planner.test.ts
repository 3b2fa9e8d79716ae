import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';

import { readRequirements } from '../../../../gateway/authorization/requirements.ts';
import { startPlanner } from '../../../../gateway/planning/planner.ts';
import type { Planner } from '../../../../gateway/planning/planner-port.ts';
import { createLog } from '../../../../runtime/log.ts';
import { impatient } from '../../../impatient.ts';

const log = createLog({ name: 'test', level: 'silent' });

describe('the planner', () => {
  it('plans against the composed graph', async () => {
    const { sdl } = readRequirements(
      await readFile(new URL('../../../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    );
    const planner = startPlanner({ supergraphSdl: sdl, log });
    const text =
      'query Other { me { id } } query Q($e: String!) { staff(by: { employee: { odsCode: "RZ1", employeeNumber: $e } }) { name { given } mailboxes { mail } passport { status } } }';
    const plan = await planner.plan(parse(text), 'Q');
    expect(plan).toMatchObject({
      kind: 'QueryPlan',
      node: {
        kind: 'Sequence',
        nodes: [
          { kind: 'Fetch', serviceName: 'esr', operationName: 'Q__esr__0', variableUsages: ['e'] },
          { kind: 'Parallel' },
        ],
      },
    });
    await planner.stop();
  });
});

describe('an operation that is hard to plan', () => {
  let planner: Planner;
  let patient: () => void;
  beforeAll(async () => {
    patient = impatient();
    planner = startPlanner({
      supergraphSdl: '',
      log,
      worker: new URL('obedient-worker.ts', import.meta.url),
    });
    await planner.ready();
  });
  afterAll(async () => {
    await planner.stop();
    patient();
  });
  const plan = (name: string) => planner.plan(parse(`query ${name} { a }`), name);

  it.each(['Spin', 'Hoard', 'Throw'])('is refused, and the next one planned: %s', async (name) => {
    await expect(plan(name)).rejects.toMatchObject({ code: 'OPERATION_TOO_COMPLEX' });
    await expect(plan(`After${name}`)).resolves.toEqual({ kind: 'QueryPlan' });
  });

  it('is refused again without being tried', async () => {
    await expect(plan('SpinAgain')).rejects.toMatchObject({ code: 'OPERATION_TOO_COMPLEX' });
    const first = planner.plan(parse('query First { a }'), 'First');
    const answers: string[] = [];
    await Promise.all([
      first.then(() => answers.push('planned')),
      plan('SpinAgain').catch(() => answers.push('refused')),
    ]);
    expect(answers).toEqual(['refused', 'planned']);
  });

  it('does not get an operation refused that was planned when the thread ended by itself', async () => {
    await expect(plan('End')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(plan('AfterEnd')).resolves.toEqual({ kind: 'QueryPlan' });
  });

  it('lets no more than 64 wait', async () => {
    const asked = Array.from({ length: 70 }, (_, index) => plan(`One${String(index)}`));
    const same = Array.from({ length: 70 }, () => plan('One0'));
    const ends = await Promise.allSettled(asked);
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    expect(await Promise.all(same)).toHaveLength(70);
  });
});

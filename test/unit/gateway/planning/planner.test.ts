import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';

import { readRequirements } from '../../../../gateway/authorization/requirements.ts';
import { startPlanner } from '../../../../gateway/planning/planner.ts';
import type { Planner } from '../../../../gateway/planning/planner-port.ts';
import type { Waiter } from '../../../../runtime/in-turn.ts';
import { createLog } from '../../../../runtime/log.ts';
import { impatient } from '../../../impatient.ts';

const log = createLog({ name: 'test', level: 'silent' });

const { signal: STAYS } = new AbortController();
const somebody = { holder: 'somebody', left: STAYS };

describe('the planner', () => {
  it('plans against the composed graph', async () => {
    const { sdl } = readRequirements(
      await readFile(new URL('../../../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    );
    const planner = startPlanner({ supergraphSdl: sdl, log });
    const text =
      'query Other { me { id } } query Q($e: String!) { staff(by: { employee: { odsCode: "RZ1", employeeNumber: $e } }) { name { given } mailboxes { mail } passport { status } } }';
    const plan = await planner.plan(parse(text), 'Q', somebody);
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
    // Half of a server's: a new process has to be able to answer within it.
    patient = impatient(0.5);
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
  const plan = (name: string, waiter: Waiter = somebody) =>
    planner.plan(parse(`query ${name} { a }`), name, waiter);

  it.each(['Spin', 'Hoard', 'Map', 'Throw'])(
    'is refused, and the next one planned: %s',
    async (name) => {
      await expect(plan(name)).rejects.toMatchObject({ code: 'OPERATION_TOO_COMPLEX' });
      await expect(plan(`After${name}`)).resolves.toEqual({ kind: 'QueryPlan' });
    },
  );

  it('is refused again without being tried', async () => {
    await expect(plan('SpinAgain')).rejects.toMatchObject({ code: 'OPERATION_TOO_COMPLEX' });
    const first = plan('First');
    const answers: string[] = [];
    await Promise.all([
      first.then(() => answers.push('planned')),
      plan('SpinAgain').catch(() => answers.push('refused')),
    ]);
    expect(answers).toEqual(['refused', 'planned']);
  });

  it.each(['End', 'Kill', 'Stop'])(
    'is not refused when what planned it ended or hung by itself: %s',
    async (name) => {
      await expect(plan(name)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(plan(`After${name}`)).resolves.toEqual({ kind: 'QueryPlan' });
    },
  );

  const endsOf = async (plans: readonly Promise<unknown>[]): Promise<readonly string[]> =>
    (await Promise.allSettled(plans)).map(({ status }) => status);

  it('lets no more than 64 wait', async () => {
    const by = (nth: number) => ({ holder: `person ${String(nth)}`, left: STAYS });
    const asked = Array.from({ length: 67 }, (_, nth) => plan(`One${String(nth)}`, by(nth)));
    const same = Array.from({ length: 67 }, (_, nth) => plan('One0', by(nth)));
    const ends = await endsOf(asked);
    expect(ends.filter((status) => status === 'rejected')).toHaveLength(2);
    expect(await Promise.all(same)).toHaveLength(67);
  });

  it('leaves places to others, however much one asks for', async () => {
    const crowd = Array.from({ length: 60 }, (_, nth) => plan(`Crowd${String(nth)}`));
    const other = plan('Bystander', { holder: 'bystander', left: STAYS });
    await expect(other).resolves.toEqual({ kind: 'QueryPlan' });
    const ends = await endsOf(crowd);
    // One is planned and four wait.
    expect(ends.filter((status) => status === 'fulfilled')).toHaveLength(5);
    await expect(plan('Crowd5')).resolves.toEqual({ kind: 'QueryPlan' });
  });

  it('is dropped when the last who waited for it has left, and not before', async () => {
    const leaving = new AbortController();
    const leaver = { holder: 'leaver', left: leaving.signal };
    const first = plan('SpinFirst');
    const alone = ['Alone1', 'Alone2', 'Alone3'].map((name) => plan(name, leaver));
    const together = [plan('Together', leaver), plan('Together')];
    leaving.abort(new Error('gone'));
    // Whoever comes now does not join what is dropped.
    const again = plan('Alone1');
    const more = ['More1', 'More2', 'More3', 'More4'].map((name) =>
      plan(name, { holder: 'leaver', left: STAYS }),
    );
    expect(await endsOf([first, ...alone])).toEqual(Array(4).fill('rejected'));
    await expect(alone[0]).rejects.toMatchObject({ code: 'unavailable' });
    expect(await endsOf([...together, again])).toEqual(Array(3).fill('fulfilled'));
    // The plan that others wait for keeps its place.
    expect(await endsOf(more)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
  });
});

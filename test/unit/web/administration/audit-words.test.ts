import { expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';

import { AUDIT_ACTIONS } from '../../../../web/words/administration/audit.ts';

it('the audit trail has words for everything that passport writes into it', async () => {
  const source = await readFile('subgraphs/passport/domain/audit.ts', 'utf8');
  const actions = Array.from(source.matchAll(/^ {2}\| '([\w.-]+)'/gm), ([, action]) => action);
  expect(actions.length).toBeGreaterThan(40);
  expect(Object.keys(AUDIT_ACTIONS).sort()).toEqual(actions.sort());
});

/** Whatever the graph asks people to confirm, the page can tell them about. */
import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { readRequirements } from '../../../gateway/authorization/requirements.ts';
import { transactionWords } from '../../../identity/domain/transaction-words.ts';
import { DEFAULT_POLICY } from '../../../subgraphs/passport/domain/policy.ts';
import { transactionOf } from '../../../standards/transaction.ts';

const sdl = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const confirmed = [...readRequirements(sdl).requirements].flatMap(([coordinate, rules]) =>
  rules.some(({ policies }) => policies.flat().includes('step_up')) ? [coordinate] : [],
);

describe('what is confirmed with a passkey', () => {
  it.each(confirmed)('%s is told in words', (operation) => {
    expect(transactionWords(transactionOf(operation, {}))?.heading).toMatch(/^[A-Z].* /);
  });

  it('can be a policy as long as one may be', () => {
    const training = Array.from({ length: 25 }, () => ({
      subject: 'FIRE_SAFETY',
      level: 1,
      renewalMonths: 12,
    }));
    const content = { ...DEFAULT_POLICY, training };
    const input = { idempotencyKey: 'k', staffGroup: 'STUDENTS', content };
    const words = transactionWords(
      transactionOf('Mutation.checkPolicyDraft', { checkPolicyDraft: { input } }),
    );
    expect(words?.lines.length).toBeGreaterThan(90);
  });
});

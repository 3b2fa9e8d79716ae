import { describe, expect, it } from '@jest/globals';

import { CHECKS } from '../../../../../standards/sd-jwt-vc/checks.ts';
import { howChecked } from '../../../../../web/domain/hr/how-checked.ts';

const told = (outcomeOf: (name: string, index: number) => string) =>
  howChecked(
    CHECKS.map(([name], index) => ({
      name,
      outcome: outcomeOf(name, index),
      code: outcomeOf(name, index) === 'FAILED' ? `${name}_wrong` : null,
    })),
  ).map(({ step, outcome, codes }) => [step, outcome, ...codes]);

describe('how a credential was checked', () => {
  it('is told in steps, whatever did not apply', () => {
    expect(told((name) => (name === 'aka_vcts' ? 'NOT_REACHED' : 'PASSED'))).toEqual([
      ['SIGNATURE', 'PASSED'],
      ['TRUST', 'PASSED'],
      ['HOLDER', 'PASSED'],
      ['STATUS', 'PASSED'],
      ['CONTENTS', 'PASSED'],
    ]);
  });

  it('says where it ended', () => {
    const names = CHECKS.map(([name]) => name);
    const end = names.indexOf('kb_signature');
    expect(
      told((_, index) => (index < end ? 'PASSED' : index === end ? 'FAILED' : 'NOT_REACHED')),
    ).toEqual([
      ['SIGNATURE', 'PASSED'],
      ['TRUST', 'PASSED'],
      ['HOLDER', 'FAILED', 'kb_signature_wrong'],
      ['STATUS', 'NOT_REACHED'],
      ['CONTENTS', 'PASSED'],
    ]);
  });
});

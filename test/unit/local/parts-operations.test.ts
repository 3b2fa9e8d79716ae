/** What an operator is told when a part refuses. */
import { describe, expect, it } from '@jest/globals';

import { RegistrationRefused } from '../../../identity/domain/registration-refused.ts';
import { OperationRefused } from '../../../local/operations.ts';
import { type OperatedParts, partsOperations } from '../../../local/parts-operations.ts';
import { IssuerKeyRefused } from '../../../subgraphs/passport/domain/administration.ts';
import { AdministrationRefused } from '../../../subgraphs/passport/domain/issuing-administration.ts';
import { TokenRefused } from '../../../subgraphs/passport/domain/reconcile-status-lists.ts';

const carryOut = (error: Error) => {
  const passport = { issuingStops: () => Promise.reject(error) };
  return partsOperations({ passport: passport as unknown as OperatedParts['passport'] }).run(
    'issuingStops',
    {},
    () => undefined,
  );
};

describe('an operation', () => {
  it.each([
    ['an operator’s input', new AdministrationRefused('invalid_input', 'no')],
    ['a key', new IssuerKeyRefused('key_unknown')],
    ['an entry', new RegistrationRefused(['name', 'no'])],
    ['a token', new TokenRefused('no')],
  ])('that is refused because of %s says so, with its code', async (_what, error) => {
    await expect(carryOut(error)).rejects.toEqual(new OperationRefused(error.code, error.message));
    await expect(carryOut(error)).rejects.toMatchObject({
      name: 'OperationRefused',
      code: error.code,
    });
  });

  it('that fails is not refused', async () => {
    const failure = Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' });
    await expect(carryOut(failure)).rejects.toBe(failure);
  });
});

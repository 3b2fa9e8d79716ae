import { describe, expect, it } from '@jest/globals';

import { openPostgres } from '../../../runtime/database.ts';
import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { postgresStaffRecords } from '../../../subgraphs/esr/postgres/staff-records.ts';

const failing = (error: unknown) => orUnavailable(() => Promise.reject(error as Error));

describe('a database that is down', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '08006', '57P01', '53300', '57014', 'unavailable'])(
    'is told by the code %s',
    async (code) => {
      await expect(failing(Object.assign(new Error('x'), { code }))).rejects.toMatchObject({
        code: 'unavailable',
      });
    },
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    'is told by pg’s words: %s',
    async (message) => {
      await expect(failing(new Error(message))).rejects.toMatchObject({ code: 'unavailable' });
    },
  );

  it('is not a statement that is wrong', async () => {
    const wrong = Object.assign(new Error('syntax error'), { code: '42601' });
    await expect(failing(wrong)).rejects.toBe(wrong);
  });

  it('is what a port without a listener is', async () => {
    const database = openPostgres('postgres://lanyard@127.0.0.1:1/none');
    const records = postgresStaffRecords(database.schema('esr'));
    await expect(records.findOrganisations(['RZ1'])).rejects.toMatchObject({ code: 'unavailable' });
    await database.close();
  });
});

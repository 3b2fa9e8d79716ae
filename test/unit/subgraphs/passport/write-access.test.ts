import { describe, expect, it } from '@jest/globals';

import { DatabaseUnavailable } from '../../../../runtime/database-unavailable.ts';
import type { AccessLogRecord } from '../../../../subgraphs/passport/domain/ports/access-log.ts';
import { writeEntries } from '../../../../subgraphs/passport/domain/write-access.ts';

const entry = (...staffIds: readonly string[]): readonly AccessLogRecord[] =>
  staffIds.map((staffId) => ({
    staffId,
    at: new Date(0),
    actor: 'stf_reader',
    actorName: 'A Reader',
    purpose: 'AUDIT',
    fields: ['name'],
    requestId: 'request-0001',
  }));

/** A log that cannot write records about some people. */
const logWithout = (
  refused: string,
  fault: Error = new Error('a record that cannot be written'),
) => {
  const statements: string[][] = [];
  return {
    statements,
    write: (records: readonly AccessLogRecord[]) => {
      const ids = records.map(({ staffId }) => staffId);
      if (ids.includes(refused)) return Promise.reject(fault);
      statements.push(ids);
      return Promise.resolve();
    },
  };
};

describe('entries of the access log', () => {
  it('are written in one statement', async () => {
    const log = logWithout('nobody');
    const entries = [entry('stf_1', 'stf_2'), undefined, entry('stf_3')];
    expect(await writeEntries(entries, log)).toEqual([true, false, true]);
    expect(log.statements).toEqual([['stf_1', 'stf_2', 'stf_3']]);
  });

  it('do not fail with one that cannot be written', async () => {
    const log = logWithout('stf_2');
    const entries = [entry('stf_1'), entry('stf_2'), undefined, entry('stf_3')];
    expect(await writeEntries(entries, log)).toEqual([true, false, false, true]);
    expect(log.statements).toEqual([['stf_1'], ['stf_3']]);
  });

  it('all fail when the log is away, and are not tried again', async () => {
    const log = logWithout('stf_1', new DatabaseUnavailable('down'));
    await expect(writeEntries([entry('stf_1'), entry('stf_2')], log)).rejects.toThrow('down');
    expect(log.statements).toEqual([]);
  });
});

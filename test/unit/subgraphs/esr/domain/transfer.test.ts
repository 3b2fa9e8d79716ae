import { describe, expect, it } from '@jest/globals';

import {
  type ComparedRecord,
  maskRecord,
  matchTransfer,
} from '../../../../../subgraphs/esr/domain/transfer.ts';

const record = (change: Partial<ComparedRecord> = {}): ComparedRecord => ({
  esrPersonId: '1',
  staffId: 'stf_1',
  employeeNumber: '90000012',
  family: "O'Neill-Ashe",
  given: 'Ámbar',
  birthDate: '1985-03-14',
  niNumber: 'QQ123456A',
  ...change,
});
const other = record({ esrPersonId: '2' });

describe('a transfer', () => {
  it.each<[string, Partial<ComparedRecord>]>([
    ['all three are the same', {}],
    ['the name is written in capitals', { family: "O'NEILL-ASHE " }],
    ['somebody else has the name and the birthday', {}],
  ])('is certain when %s', (_when, change) => {
    const alike = record({ esrPersonId: '3', niNumber: 'QQ654321A' });
    const candidates = [record(change), ...(Object.keys(change).length === 0 ? [alike] : [])];
    expect(matchTransfer(record(), candidates)).toEqual({ kind: 'certain', esrPersonId: '1' });
  });

  it.each<[string, readonly ComparedRecord[]]>([
    ['NI_MATCH_NAME_DIFFERS', [record({ family: 'Ashe' })]],
    ['NI_MATCH_NAME_DIFFERS', [record({ family: "O'Neill Ashe" })]],
    ['NI_MATCH_NAME_DIFFERS', [record({ family: 'Ashe', birthDate: '1985-03-15' })]],
    ['NI_MATCH_BIRTH_DATE_DIFFERS', [record({ birthDate: '1985-03-15' })]],
    ['NAME_MATCH_NI_DIFFERS', [record({ niNumber: 'QQ123457A' })]],
    ['NAME_MATCH_NI_DIFFERS', [record({ niNumber: null })]],
    // One of the two is all the same, and that does not make it certain.
    ['DUPLICATE_NI_NUMBERS', [record(), record({ ...other, family: 'Ashe' })]],
    ['DUPLICATE_NI_NUMBERS', [record(), other]],
    // Twins.
    ['UNABLE_TO_MATCH', [record({ niNumber: null }), record({ ...other, niNumber: null })]],
    ['UNABLE_TO_MATCH', []],
  ])('takes a person: %s', (queue, candidates) => {
    expect(matchTransfer(record(), candidates)).toEqual({ kind: 'case', queue });
  });

  it('is never certain without a National Insurance number', () => {
    const queue = 'NAME_MATCH_NI_DIFFERS';
    expect(matchTransfer(record({ niNumber: null }), [record({ niNumber: null })])).toEqual({
      kind: 'case',
      queue,
    });
  });

  it('shows a person no more of a record than it takes', () => {
    expect(maskRecord(record())).toEqual({
      employeeNumber: '******12',
      familyName: 'O…',
      givenName: 'Á…',
      birthDate: '1985-**-**',
      niNumber: 'QQ****56A',
    });
  });
});

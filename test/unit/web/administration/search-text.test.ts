import { expect, it } from '@jest/globals';

import { readSearch } from '../../../../web/domain/administration/search-text.ts';

const reference = 'abcdefghijklmnopqrst-_';

it.each([
  [' Okafor ', { kind: 'words', words: 'Okafor' }],
  [
    'Amara.Okafor-Lindqvist2@nhs.net',
    {
      kind: 'mail',
      mail: 'amara.okafor-lindqvist2@nhs.net',
      words: 'Amara Okafor-Lindqvist',
    },
  ],
  ['12@nhs.net', { kind: 'mail', mail: '12@nhs.net', words: '12@nhs.net' }],
  [`crd_${reference}`, { kind: 'credential', id: `crd_${reference}` }],
  [`stp_${reference}`, { kind: 'stop', id: `stp_${reference}` }],
  ['crd_short', { kind: 'words', words: 'crd_short' }],
])('reads %j', (typed, meant) => {
  expect(readSearch(typed)).toEqual(meant);
});

/** The published column descriptions are those of the code. */
import { readFileSync } from 'node:fs';

import { expect, it } from '@jest/globals';

import { REGISTRATION_STATUSES } from '../../../../../subgraphs/esr/domain/records.ts';
import {
  PLACEMENT_FEED,
  QUALIFICATION_FEED,
  REGISTRATION_FEED,
  TRAINING_FEED,
} from '../../../../../subgraphs/esr/files/feed-layout.ts';
import {
  TIS_NOTIFICATION,
  TIS_POSITION,
  TIS_TYPES,
} from '../../../../../subgraphs/esr/files/tis-layout.ts';

const text = readFileSync('docs/feeds.md', 'utf8');

/** First cells of the rows of a table under a heading. */
function firstCells(heading: string, header: string): string[] {
  const [, section = ''] = text.split(`### ${heading}\n`);
  const [, table = ''] = (section.split('\n##')[0] ?? '').split(
    new RegExp(`^\\| ${header} .*\\n`, 'm'),
  );
  const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(1);
  return rows.flatMap((row) => /^\| `(\w+)`/.exec(row)?.[1] ?? []);
}

it.each<[string, readonly string[]]>([
  ['Registrations', REGISTRATION_FEED],
  ['Training', TRAINING_FEED],
  ['Qualifications', QUALIFICATION_FEED],
  ['Placements', PLACEMENT_FEED],
  ['Positions (RMF, RMC)', TIS_POSITION],
  ['Notifications (DNF, DNC)', TIS_NOTIFICATION],
])('describes every column of %s, in order', (heading, columns) => {
  expect(firstCells(heading, 'column')).toEqual(columns);
});

it('describes every status of a registration and every file of the training record', () => {
  expect(firstCells('Registrations', 'status')).toEqual(REGISTRATION_STATUSES);
  for (const type of Object.keys(TIS_TYPES)) expect(text).toContain(`\`${type}\``);
});

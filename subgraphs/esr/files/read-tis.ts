/** Reads the rows of a file of the training record. */
import type { TisHeader } from '../domain/extract.ts';
import type { PlacementNotificationRow, TrainingPostRow } from '../domain/feed-rows.ts';
import { FileRefused } from '../domain/import-outcome.ts';
import type { ExtractFormat } from './extract-format.ts';
import { fieldsAt, placesOf } from './fields.ts';
import type { Line } from './read-lines.ts';
import {
  TIS_FILE_NAME,
  TIS_NOTIFICATION,
  TIS_POS_WIDTH,
  TIS_POSITION,
  TIS_TYPES,
} from './tis-layout.ts';
import { readNotification } from './tis-notification.ts';
import { readPosition } from './tis-position.ts';

/** A file of the training record. */
type TisFormat =
  | ExtractFormat<'TRAINING_POSTS', TisHeader, TrainingPostRow>
  | ExtractFormat<'PLACEMENT_NOTIFICATIONS', TisHeader, PlacementNotificationRow>;

/** How the header of such a file begins. */
export const TIS_HEADER = 'HDR~DE_';

/**
 * The format of a file that begins with this header.
 *
 * @throws {FileRefused} `header_invalid`, `tis_file_not_read`
 */
export function tisFormat({ number, text }: Line): TisFormat {
  const columns = text.split('~');
  const [, name = '', created = '', vpd = ''] = columns;
  const match = TIS_FILE_NAME.exec(name);
  const moment = /^(\d{4})(\d{2})(\d{2}) (\d{2})(\d{2})(\d{2})$/.exec(created);
  if (columns.length !== 4) throw new FileRefused(number, 'header', 'tis_header_invalid');
  if (match === null) throw new FileRefused(number, 'fileName', 'tis_header_invalid');
  const [, year, month, day, hours, minutes, seconds] = moment ?? [];
  const updatedAt = `${[year, month, day].join('-')}T${[hours, minutes, seconds].join(':')}Z`;
  if (Number.isNaN(Date.parse(updatedAt))) {
    throw new FileRefused(number, 'created', 'tis_header_invalid');
  }
  if (!/^\d{3}$/.test(vpd)) throw new FileRefused(number, 'vpd', 'tis_header_invalid');
  const [, type = '', fileDay = '', sequence] = match;
  if (!isRead(type)) throw new FileRefused(number, 'fileName', 'tis_file_not_read');
  const header = {
    vpd,
    sequence: Number(sequence),
    full: type.endsWith('F'),
    day: `${fileDay.slice(0, 4)}-${fileDay.slice(4, 6)}-${fileDay.slice(6)}`,
  };
  const shape = { header, split: (line: string) => line.split('~'), headerMark: 'HDR' };
  if (TIS_TYPES[type] === 'TRAINING_POSTS') {
    const fields = fieldsAt(placesOf(TIS_POSITION));
    return {
      kind: 'TRAINING_POSTS',
      ...shape,
      read: (row, line) => {
        checkWidth(row, line, { POS: TIS_POS_WIDTH, POR: TIS_POSITION.length });
        return readPosition(fields(line, row), { vpd, updatedAt });
      },
    };
  }
  const fields = fieldsAt(placesOf(TIS_NOTIFICATION));
  return {
    kind: 'PLACEMENT_NOTIFICATIONS',
    ...shape,
    read: (row, line) => {
      checkWidth(row, line, { NTF: TIS_NOTIFICATION.length });
      return readNotification(fields(line, row), updatedAt);
    },
  };
}

const isRead = (type: string): type is keyof typeof TIS_TYPES => Object.hasOwn(TIS_TYPES, type);

function checkWidth(
  row: readonly string[],
  line: number,
  widths: Readonly<Record<string, number>>,
): void {
  const code = row[0] ?? '';
  if (!Object.hasOwn(widths, code)) throw new FileRefused(line, 'record', 'record_code_unknown');
  if (row.length !== widths[code]) throw new FileRefused(line, 'record', 'column_count');
}

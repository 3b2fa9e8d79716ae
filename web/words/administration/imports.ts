/** Words of imports of staff records. */

const number = new Intl.NumberFormat('en-GB');

/** What was imported. */
export const IMPORTS = {
  title: 'Imports of staff records',
  back: 'Back to passports',
  lede: 'Files from ESR and the registers that were sent for your trust.',
  empty: 'Nothing has been imported yet. The first file shows here as soon as it is sent.',
  unavailable: 'We cannot show imports right now. Try again in a few minutes.',
  list: 'Files, newest first',
  file: 'File',
  kind: 'What it is',
  state: 'State',
  rows: 'Rows',
  failed: 'Left out',
  when: 'When',
  notYet: 'Not known yet',
  next: 'Older',
  last: (file: string, when: string): string => `The last file, ${file}, came ${when}.`,
} as const;

/** One file. */
export const IMPORT = {
  caption: 'Import',
  back: 'Back to imports',
  state: 'State',
  said: {
    READING:
      'It has not been read to its end: either it is being read now, or it was cut off. Nothing in the records has changed.',
    STAGED: 'The whole file was read. Nothing in the records has changed yet.',
    APPLIED: 'Everything that was right in it is in the records.',
    REFUSED: 'The whole file was refused. Nothing in the records has changed.',
    ALREADY_IMPORTED: 'The same file had been imported before. There was nothing to do.',
  } as Readonly<Record<string, string>>,
  refusedBecause: 'Why it was refused',
  because: (rule: string, line: number, field: string): string =>
    line === 0 ? rule : `${rule} (line ${number.format(line)}, ${field})`,
  kind: 'What it is',
  full: 'Everybody',
  changes: 'Only what changed',
  sequence: 'Number',
  fileDay: 'Made on',
  started: 'Begun',
  finished: 'Finished',
  updated: 'Last came further',
  totals: 'Do the totals agree?',
  total: 'What',
  count: 'How many',
  read: 'Rows in the file',
  taken: 'of those, taken',
  left: 'of those, left out',
  agrees: 'Every row of the file is accounted for.',
  notRead: 'The file has not been read to its end, so there is no total yet.',
  records: 'Records',
  added: 'New',
  changed: 'Changed',
  unchanged: 'The same as before',
  ended: 'Ended',
  absent: 'People missing from the file',
  absentText:
    'So many do not leave by missing from a file. They stay until somebody confirms that they left.',
  absences: 'Did they leave?',
  absencesText: (count: number): string =>
    count === 1
      ? '1 person who works at your trust is missing from this file. If you confirm that they left, their employment ends before the day of the file, and their employment credential is stopped.'
      : `${number.format(count)} people who work at your trust are missing from this file. If you confirm that they left, their employments end before the day of the file, and their employment credentials are stopped.`,
  absencesMistake:
    'If the file was cut short, do not confirm it. The next whole file puts it right.',
  absencesNumber: 'To go on, enter how many people have left',
  absencesMissing: (count: number): string =>
    `Enter ${number.format(count)} to say that so many people have left`,
  absencesConfirm: 'Confirm that they left',
  absencesPasskey: 'You confirm it with your passkey.',
  absencesEnded: (count: number): string =>
    count === 1 ? '1 employment has ended' : `${number.format(count)} employments have ended`,
  failedRows: 'Rows that were left out',
  noFailed: 'No row was left out.',
  failedText:
    'Correct them in ESR: the next file brings them. What a row says is not shown here, only where it is and which rule it broke.',
  line: 'Line',
  field: 'Field',
  rule: 'The rule that it broke',
  code: 'Code',
  more: (count: number): string =>
    `The first ${String(count)} are shown. Download them to see all.`,
  download: 'Download all rows that were left out',
  fileName: 'rows-left-out.csv',
  resume: 'Go on with it',
  resumeText:
    'If it was cut off, go on with it where it was. If it is being read now, this changes nothing.',
  again: 'Take the file again',
  againText: 'Once the file has been corrected where it is, take it again.',
  going: 'It goes on. Load this page again to see how far it is',
  stillRefused: (code: string, field: string, line: number): string =>
    `The file was refused again: ${code}, line ${number.format(line)}, ${field}`,
} as const;

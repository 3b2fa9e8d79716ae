/**
 * The record of one person on its way from one employer to the next: ESR's Inter Authority Transfer. Automatic only when
 * National Insurance number, date of birth and last name are exactly the same; otherwise a person decides.
 */
import { maskNiNumber } from './identifiers.ts';
import { comparableName } from './match-person.ts';

/** Where a transfer stands. */
export type TransferState = 'AWAITING_CONSENT' | 'CASE_OPEN' | 'RELEASED' | 'REFUSED' | 'WITHDRAWN';

/** Why a person has to decide. */
export type TransferQueue =
  | 'NI_MATCH_NAME_DIFFERS'
  | 'NI_MATCH_BIRTH_DATE_DIFFERS'
  | 'NAME_MATCH_NI_DIFFERS'
  | 'DUPLICATE_NI_NUMBERS'
  | 'UNABLE_TO_MATCH';

/** A transfer as it is kept. */
export interface StoredTransfer {
  readonly id: string;
  /** Rises with every transfer. */
  readonly position: number;
  /** The person, as the new employer has them. */
  readonly staffId: string;
  /** Every id that the person is known by. */
  readonly personIds: readonly string[];
  readonly toOds: string;
  readonly toEsrPersonId: string;
  readonly fromOds: string;
  readonly state: TransferState;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly consent: {
    readonly state: 'WAITING' | 'GIVEN' | 'WITHDRAWN';
    readonly at: Date | null;
    readonly recordedBy: 'PERSON' | 'NEW_EMPLOYER' | null;
  };
  readonly queue: TransferQueue | null;
  /** The employment at the previous employer, once it is certain. */
  readonly fromEsrPersonId: string | null;
  readonly completedAt: Date | null;
  /** When anything last happened to it, alerts included. */
  readonly changedAt: Date;
  /** How it stood on the day that was asked about. */
  readonly then?: Pick<StoredTransfer, 'state' | 'consent' | 'completedAt'>;
}

/** One thing that was done to a transfer, with the state that it led to. */
export interface TransferHistoryEntry {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly state: TransferState;
}

/** How a transfer stood after what was done to it until some moment; oldest first. */
export function standingAfter(
  history: readonly TransferHistoryEntry[],
  personIds: readonly string[],
): StoredTransfer['then'] {
  const last = history.at(-1);
  if (last === undefined) return undefined;
  const completedAt = history.find(({ action }) => action === 'complete')?.at ?? null;
  const { state } = last;
  if (state === 'AWAITING_CONSENT') {
    return { state, consent: { state: 'WAITING', at: null, recordedBy: null }, completedAt };
  }
  // Without an act of its own, consent was recorded when the transfer was asked for.
  const consent = history.findLast(({ action }) => action.startsWith('consent-')) ?? history[0];
  return {
    state,
    consent: {
      state: state === 'WITHDRAWN' ? 'WITHDRAWN' : 'GIVEN',
      at: consent?.at ?? null,
      recordedBy: personIds.includes(consent?.actor ?? '') ? 'PERSON' : 'NEW_EMPLOYER',
    },
    completedAt,
  };
}

/** What is compared of one employment. */
export interface ComparedRecord {
  readonly esrPersonId: string;
  readonly staffId: string;
  readonly employeeNumber: string;
  /** The name in force, else the latest. */
  readonly family: string;
  readonly given: string | null;
  readonly birthDate: string;
  readonly niNumber: string | null;
}

/** Whether a field is the same in two records. */
export type ComparedOutcome = 'SAME' | 'DIFFERENT' | 'NOT_HELD';

/** What came of comparing two records, field by field. */
export interface Comparison {
  readonly NI_NUMBER: ComparedOutcome;
  readonly BIRTH_DATE: ComparedOutcome;
  readonly LAST_NAME: ComparedOutcome;
}

/** Compares two records. Last names compare without case and surrounding spaces, as when a file is read. */
export function compareRecords(one: ComparedRecord, other: ComparedRecord): Comparison {
  const same = (equal: boolean): ComparedOutcome => (equal ? 'SAME' : 'DIFFERENT');
  return {
    NI_NUMBER:
      one.niNumber === null || other.niNumber === null
        ? 'NOT_HELD'
        : same(one.niNumber === other.niNumber),
    BIRTH_DATE: same(one.birthDate === other.birthDate),
    LAST_NAME: same(comparableName(one.family) === comparableName(other.family)),
  };
}

/** Whose record it is, or why a person has to say. */
export type TransferMatch =
  | { readonly kind: 'certain'; readonly esrPersonId: string }
  | { readonly kind: 'case'; readonly queue: TransferQueue };

/** Finds the one record at the previous employer that is certainly of the same person. */
export function matchTransfer(
  subject: ComparedRecord,
  candidates: readonly ComparedRecord[],
): TransferMatch {
  const compared = candidates.map((record) => ({
    record,
    outcome: compareRecords(subject, record),
  }));
  const sharing = compared.filter(({ outcome }) => outcome.NI_NUMBER === 'SAME');
  const [first, second] = sharing;
  if (second !== undefined) return { kind: 'case', queue: 'DUPLICATE_NI_NUMBERS' };
  if (first !== undefined) {
    const { record, outcome } = first;
    if (outcome.LAST_NAME !== 'SAME') return { kind: 'case', queue: 'NI_MATCH_NAME_DIFFERS' };
    return outcome.BIRTH_DATE === 'SAME'
      ? { kind: 'certain', esrPersonId: record.esrPersonId }
      : { kind: 'case', queue: 'NI_MATCH_BIRTH_DATE_DIFFERS' };
  }
  const alike = compared.filter(
    ({ outcome }) => outcome.LAST_NAME === 'SAME' && outcome.BIRTH_DATE === 'SAME',
  );
  return { kind: 'case', queue: alike.length === 1 ? 'NAME_MATCH_NI_DIFFERS' : 'UNABLE_TO_MATCH' };
}

/** A record with all but a little of it hidden. */
export interface MaskedRecord {
  readonly employeeNumber: string;
  readonly familyName: string;
  readonly givenName: string | null;
  readonly birthDate: string;
  readonly niNumber: string | null;
}

/** Hides a record. The length of a name tells something too, so every name is one letter and an ellipsis. */
export const maskRecord = (record: ComparedRecord): MaskedRecord => ({
  employeeNumber: `******${record.employeeNumber.slice(-2)}`,
  familyName: maskName(record.family),
  givenName: record.given === null ? null : maskName(record.given),
  birthDate: `${record.birthDate.slice(0, 4)}-**-**`,
  niNumber: record.niNumber === null ? null : maskNiNumber(record.niNumber),
});

/** The first letter as a reader sees it, whatever it is made of. */
const maskName = (name: string): string =>
  `${/^./u.exec(name.normalize('NFC').trim())?.[0] ?? ''}…`;

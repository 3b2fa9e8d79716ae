/** What is done to a transfer: asking, agreeing, agreeing no longer, deciding and completing. Each may be repeated. */
import { createHash, randomBytes } from 'node:crypto';

import { type ComparedRecord, matchTransfer, type StoredTransfer } from './transfer.ts';
import type {
  TransferAct,
  TransferActor,
  TransferChange,
  TransferRecords,
  Transfers,
} from './transfer-ports.ts';

/** Why something was not done, and which part of the input is to blame. */
export interface TransferRefusal {
  readonly kind: 'refused';
  readonly code:
    | 'INVALID_VALUE'
    | 'NOT_FOUND'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'SECOND_PERSON_REQUIRED'
    | 'TOO_MANY';
  readonly field: string;
}

/** What came of it. */
export type TransferOutcome = StoredTransfer | TransferRefusal;

/** What acting needs. */
export interface TransferParts {
  readonly transfers: Transfers;
  readonly now: Date;
  /** Today in the United Kingdom, `YYYY-MM-DD`. */
  readonly day: string;
}

interface Acting {
  readonly idempotencyKey: string;
  readonly by: TransferActor;
}

/** Most previous employers that one person's record is asked of. */
const MOST_MOVES = 10;

const refused = (code: TransferRefusal['code'], field: string): TransferRefusal => ({
  kind: 'refused',
  code,
  field,
});

/** Asks the previous employer for a record, for an organisation that holds one of the same person already. */
export function requestTransfer(
  {
    staffId,
    fromOds,
    toOds,
    consentGivenOn,
    ...acting
  }: Acting & {
    readonly staffId: string;
    readonly fromOds: string;
    readonly toOds: string;
    /** `YYYY-MM-DD`. */
    readonly consentGivenOn: string | undefined;
  },
  parts: TransferParts,
): Promise<TransferOutcome> {
  const { transfers, now, day } = parts;
  if (fromOds === toOds) return Promise.resolve(refused('INVALID_VALUE', 'from'));
  if ((consentGivenOn ?? day) > day) {
    return Promise.resolve(refused('INVALID_VALUE', 'consentGivenOn'));
  }
  const act = actOf('request', acting, now, [staffId, fromOds, toOds, consentGivenOn ?? null]);
  return transfers.inTransaction(async (records) => {
    const repeat = await records.findRepeat(act);
    if (repeat === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    if (repeat !== undefined) return repeat;
    const move = { id: mintTransferId(), staffId, toOds, fromOds, limit: MOST_MOVES };
    const found = await records.findOrAdd(move, act, day);
    if (found === undefined) return refused('NOT_FOUND', 'from');
    if (found === 'too-many') return refused('TOO_MANY', 'staffId');
    const { consent } = found;
    // What the person has said themselves, an employer does not say again.
    if (consent.state === 'WAITING' && consentGivenOn !== undefined) {
      const given = {
        state: 'GIVEN',
        at: new Date(`${consentGivenOn}T00:00:00Z`),
        recordedBy: 'NEW_EMPLOYER',
      } as const;
      const change = await lookUp({ ...found, consent: given }, records, parts);
      return records.write(found, { consent: given, ...change }, act);
    }
    const undecided = found.state === 'CASE_OPEN';
    return records.write(found, undecided ? await lookUp(found, records, parts) : {}, act);
  });
}

/** The person agrees. */
export const giveConsent = (request: OnTransfer, parts: TransferParts): Promise<TransferOutcome> =>
  actOn(request, 'consent-give', parts, async (found, act, records) => {
    if (!found.personIds.includes(act.by.subject)) return refused('NOT_FOUND', 'transferId');
    if (found.consent.state === 'GIVEN') return records.write(found, {}, act);
    const consent = { state: 'GIVEN', at: act.at, recordedBy: 'PERSON' } as const;
    const change = await lookUp({ ...found, consent }, records, parts);
    return records.write(found, { consent, ...change }, act);
  });

/** The person agrees no longer, or has told the new employer so: what was found out is forgotten. */
export const withdrawConsent = (
  request: OnTransfer,
  parts: TransferParts,
): Promise<TransferOutcome> =>
  actOn(request, 'consent-withdraw', parts, (found, act, records) => {
    const recordedBy = found.personIds.includes(act.by.subject) ? 'PERSON' : 'NEW_EMPLOYER';
    if (recordedBy === 'NEW_EMPLOYER' && found.toOds !== act.by.odsCode) {
      return Promise.resolve(refused('NOT_FOUND', 'transferId'));
    }
    return records.write(
      found,
      {
        state: 'WITHDRAWN',
        consent: { state: 'WITHDRAWN', at: act.at, recordedBy },
        queue: null,
        fromEsrPersonId: null,
      },
      act,
    );
  });

/** The new employer has accepted the person as a joiner. */
export const completeTransfer = (
  request: OnTransfer,
  parts: TransferParts,
): Promise<TransferOutcome> =>
  actOn(request, 'complete', parts, (found, act, records) =>
    found.toOds === act.by.odsCode
      ? records.write(found, { completedAt: found.completedAt ?? act.at }, act)
      : Promise.resolve(refused('NOT_FOUND', 'transferId')),
  );

/** Which transfer is acted on. */
export interface OnTransfer extends Acting {
  readonly transferId: string;
}

/** A person at the previous employer says whose record it is. */
export function decideTransfer(
  {
    decision,
    employeeNumber,
    reason,
    ...request
  }: OnTransfer & {
    readonly decision: 'SAME_PERSON' | 'DIFFERENT_PEOPLE';
    readonly employeeNumber: string | undefined;
    readonly reason: string;
  },
  parts: TransferParts,
): Promise<TransferOutcome> {
  const said = [decision, employeeNumber ?? null, reason];
  return actOn(
    request,
    'decide',
    parts,
    async (found, act, records) => {
      const { by } = act;
      if (found.fromOds !== by.odsCode || found.state !== 'CASE_OPEN') {
        return refused('NOT_FOUND', 'transferId');
      }
      if (
        by.kind !== 'person' ||
        by.subject === found.requestedBy ||
        found.personIds.includes(by.subject)
      ) {
        return refused('SECOND_PERSON_REQUIRED', 'transferId');
      }
      const decidedBy = by.subject;
      if (decision === 'DIFFERENT_PEOPLE') {
        return records.write(found, { state: 'REFUSED', decidedBy }, { ...act, reason });
      }
      const fromEsrPersonId = await namedRecord(found, employeeNumber ?? '', records, parts);
      return fromEsrPersonId === undefined
        ? refused('INVALID_VALUE', 'employeeNumber')
        : records.write(
            found,
            { state: 'RELEASED', fromEsrPersonId, decidedBy },
            { ...act, reason },
          );
    },
    said,
  );
}

/** The record that a person named: one of those that may be it, or any here when none was found. */
async function namedRecord(
  transfer: StoredTransfer,
  employeeNumber: string,
  records: TransferRecords,
  { day }: TransferParts,
): Promise<string | undefined> {
  const named = await records.findByEmployeeNumber(transfer.fromOds, employeeNumber);
  const subject = await records.findSubject(transfer, day);
  const candidates =
    subject === undefined ? [] : await records.findCandidates(transfer, subject, day);
  const allowed = named.filter(
    (id) => candidates.length === 0 || candidates.some((one) => one.esrPersonId === id),
  );
  return subject !== undefined && allowed.length === 1 ? allowed[0] : undefined;
}

/** Looks for the record at the previous employer, with the person's consent. */
async function lookUp(
  transfer: StoredTransfer,
  records: TransferRecords,
  { day }: TransferParts,
): Promise<TransferChange> {
  const subject = await records.findSubject(transfer, day);
  const candidates: readonly ComparedRecord[] =
    subject === undefined ? [] : await records.findCandidates(transfer, subject, day);
  const match =
    subject === undefined
      ? ({ kind: 'case', queue: 'UNABLE_TO_MATCH' } as const)
      : matchTransfer(subject, candidates);
  return match.kind === 'certain'
    ? { state: 'RELEASED', queue: null, fromEsrPersonId: match.esrPersonId }
    : { state: 'CASE_OPEN', queue: match.queue, fromEsrPersonId: null };
}

function actOn(
  { transferId, ...acting }: OnTransfer,
  action: TransferAct['action'],
  { transfers, now }: TransferParts,
  work: (
    found: StoredTransfer,
    act: TransferAct,
    records: TransferRecords,
  ) => Promise<TransferOutcome>,
  said: readonly unknown[] = [],
): Promise<TransferOutcome> {
  const act = actOf(action, acting, now, [transferId, ...said]);
  return transfers.inTransaction(async (records) => {
    const repeat = await records.findRepeat(act);
    if (repeat === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    if (repeat !== undefined) return repeat;
    const found = await records.lock(transferId);
    return found === undefined ? refused('NOT_FOUND', 'transferId') : work(found, act, records);
  });
}

const actOf = (
  action: TransferAct['action'],
  { by, idempotencyKey }: Acting,
  at: Date,
  request: readonly unknown[],
): TransferAct => ({
  action,
  by,
  at,
  idempotencyKey,
  requestHash: createHash('sha256')
    .update(JSON.stringify([action, by.odsCode ?? null, ...request]))
    .digest('base64url'),
});

const mintTransferId = (): string => `trf_${randomBytes(16).toString('base64url')}`;

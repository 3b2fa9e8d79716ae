/** Fields of a transfer. Who sees which of them is decided here again. */
import type { EsrContext } from '../context.ts';
import { compareRecords, maskRecord } from '../domain/transfer.ts';
import { employerOf } from './employment.ts';
import type { TransferResolvers } from './types.generated.ts';

/** Fields of a transfer. */
export const Transfer: TransferResolvers = {
  from: ({ fromOds }, args, context) => employerOf({ odsCode: fromOds }, args, context),
  to: ({ toOds }, args, context) => employerOf({ odsCode: toOds }, args, context),
  state: ({ state, then }) => then?.state ?? state,
  consent: ({ consent, then }) => then?.consent ?? consent,
  completedAt: ({ completedAt, then }) => (then === undefined ? completedAt : then.completedAt),
  alerts: async ({ id, personIds, consent }, _args, { caller, transfers }) => {
    const own = caller.kind === 'person' && personIds.includes(caller.subject);
    const view = own ? { staffId: caller.subject } : { odsCode: caller.odsCode ?? '' };
    return consent.state === 'GIVEN' ? [...(await transfers.listAlerts(id, view))] : [];
  },

  case: async (transfer, _args, context) => {
    const { queue, state, fromOds } = transfer;
    if (
      transfer.then !== undefined ||
      state !== 'CASE_OPEN' ||
      queue === null ||
      !isHrOf(fromOds, context)
    )
      return null;
    const found = await context.transfers.findCase(transfer, context.day);
    if (found === undefined) return null;
    const { subject, candidates } = found;
    for (const { staffId } of candidates) context.disclose(staffId);
    return {
      queue,
      subject: { ...maskRecord(subject), compared: [] },
      candidates: candidates.map((candidate) => {
        const compared = compareRecords(subject, candidate);
        return {
          ...maskRecord(candidate),
          compared: (['NI_NUMBER', 'BIRTH_DATE', 'LAST_NAME'] as const).map((field) => ({
            field,
            outcome: compared[field],
          })),
        };
      }),
    };
  },

  record: async (transfer, _args, context) => {
    const { caller, records, transfers, disclose } = context;
    const own = caller.kind === 'person' && transfer.personIds.includes(caller.subject);
    if (!own && !isHrOf(transfer.toOds, context)) return null;
    // What is held is shown as it is now, and so are the grounds for showing it.
    if (
      transfer.then !== undefined ||
      transfer.state !== 'RELEASED' ||
      transfer.consent.state !== 'GIVEN'
    )
      return null;
    const released = await transfers.findReleased(transfer, context.day);
    // It is read as it is now: whoever the person has left sees no more of it.
    if (released === undefined || !(own || released.goesOn)) return null;
    const view = { odsCode: transfer.fromOds };
    const [person] = await records.findPeople([released.staffId], view);
    const employment = person?.employments.find(
      ({ employeeNumber }) => employeeNumber === released.employeeNumber,
    );
    if (employment === undefined) return null;
    if (!own) disclose(released.staffId);
    return {
      employment,
      competences: [...(await records.findCompetences([released.staffId], view))],
    };
  },
};

const isHrOf = (odsCode: string, { caller }: Pick<EsrContext, 'caller'>): boolean =>
  caller.scopes.has('hr:read') && caller.odsCode === odsCode;

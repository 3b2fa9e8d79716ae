/** What `@policy` is told about the rows of the staff records. */
import type { PolicyRow } from '../../../runtime/policies.ts';
import type { StoredExport } from '../domain/export-ports.ts';
import type { ImportRun } from '../domain/import-run.ts';
import type { OrganisationRow } from '../domain/records.ts';
import type { StaffRecord } from '../domain/staff-record.ts';
import type { StoredTransfer } from '../domain/transfer.ts';

/** Rows by type. */
export const policyRows = {
  StaffMember: ({ id, currentId = id, employments }: StaffRecord): PolicyRow => ({
    staffIds: [id, currentId],
    odsCodes: employments.map(({ odsCode }) => odsCode),
  }),
  Organisation: ({ odsCode }: OrganisationRow): PolicyRow => ({ odsCodes: [odsCode] }),
  Transfer: ({ personIds, fromOds, toOds, state, consent }: StoredTransfer): PolicyRow => ({
    staffIds: personIds,
    odsCodes: [fromOds, toOds],
    recruiters: state === 'RELEASED' && consent.state === 'GIVEN' ? [toOds] : [],
  }),
  StaffImport: ({ odsCode }: ImportRun): PolicyRow => ({ odsCodes: [odsCode] }),
  VerifiedRecordExport: ({ reader }: StoredExport): PolicyRow => ({ odsCodes: [reader.odsCode] }),
};

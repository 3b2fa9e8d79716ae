/** Says who has left: an end date that was known beforehand comes without a file. */
import type { StaffImports } from './import-ports.ts';

/** Writes an event for each employment that ended since this was last asked, one organisation at a time. */
export async function announceLeavers(imports: StaffImports, day: string): Promise<void> {
  const odsCodes = await imports.inTransaction((records) => records.organisationsToSettle(day));
  for (const odsCode of odsCodes) {
    await imports.inTransaction(async (records) => {
      await records.lockOrganisation(odsCode);
      const settled = await records.settleEmployments(odsCode, day);
      await records.writeEvents(
        settled.map(({ staffId, live }) => ({
          type: live ? ('staff-joined-1' as const) : ('staff-left-1' as const),
          staffId,
          odsCode,
        })),
      );
    });
  }
}

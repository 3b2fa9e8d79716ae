/** Says who has left: an end date that was known beforehand comes without a file. */
import type { StaffImports } from './import-ports.ts';

/** Writes an event for each employment that ended since this was last asked, one organisation at a time. */
export async function announceLeavers(
  imports: Pick<StaffImports, 'organisationsToSettle' | 'announceEmployments'>,
  day: string,
): Promise<void> {
  for (const odsCode of await imports.organisationsToSettle(day)) {
    await imports.announceEmployments(odsCode, day);
  }
}

/** How much of a list can be asked for at a time. */

/** Longest page, in items, unless stated below. */
const USUAL_PAGE = 100;

/** Fields for our own services, which read everything, and rows of a file that is downloaded: longest page, in items. The subgraphs hold others to less. */
const LONGER_PAGES: Readonly<Record<string, number>> = {
  'Organisation.staff': 500,
  'Query.credentialHoldersChanged': 1_000,
  'Query.directoryEvents': 500,
  'Query.staffEvents': 500,
  'StaffImport.failedRows': 500,
};

/** The longest page of a field, in items. `coordinate` is `Type.field`. */
export const longestPage = (coordinate: string): number => LONGER_PAGES[coordinate] ?? USUAL_PAGE;

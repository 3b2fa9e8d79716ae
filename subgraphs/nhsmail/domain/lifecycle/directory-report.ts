/** Where organisations stand between staff records and directory, for operators. */
import { z } from 'zod';

import type { KeptFinding, LifecycleStore, OrganisationStanding } from './ports.ts';
import { type Readiness, readinessOf } from './readiness.ts';

/** What is reported: one organisation with its findings, or every organisation in a line. */
export const directoryReportInput = z.strictObject({
  odsCode: z
    .string()
    .regex(/^[A-Z0-9]{3,8}$/)
    .optional(),
  /** Most findings. */
  limit: z.int().min(1).max(10_000).default(1_000),
});

/** Where one organisation stands. */
export interface ReportedOrganisation extends OrganisationStanding {
  /** `null` while nobody works there and there are no accounts. */
  readonly readiness: Readiness | null;
}

/** The report. It holds ids and codes, no names. */
export interface DirectoryReport {
  /** When everything was last looked at. */
  readonly asOf: Date | null;
  readonly organisations: readonly ReportedOrganisation[];
  /** Of one organisation: in the order in which they were found. */
  readonly findings: readonly KeptFinding[];
}

/** Reads the report. Rejects with `code: 'unavailable'` when the store does not answer. */
export type FindDirectoryReport = (
  input: z.output<typeof directoryReportInput>,
) => Promise<DirectoryReport>;

/** Reads the report from what is kept. */
export async function findDirectoryReport(
  store: LifecycleStore,
  { odsCode, limit }: z.output<typeof directoryReportInput>,
  at: Date,
): Promise<DirectoryReport> {
  const [asOf, standings, findings] = await Promise.all([
    store.wholeRoundAt(),
    store.standings(odsCode, at),
    odsCode === undefined
      ? []
      : store.findings({ odsCode, kind: undefined, after: undefined, limit }),
  ]);
  return {
    asOf: asOf ?? null,
    organisations: standings.map((standing) => ({
      ...standing,
      readiness: readinessOf(standing.counts) ?? null,
    })),
    findings,
  };
}

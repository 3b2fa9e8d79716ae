/** What a file says in all. */
import type { Go2Row, OpenExtract } from '../../../../../subgraphs/esr/domain/extract.ts';
import type { ImportFault } from '../../../../../subgraphs/esr/domain/import-outcome.ts';

/** Takes all batches of a file; of a GO2 file, by record. */
export async function readWhole(extract: OpenExtract) {
  const rows: unknown[] = [];
  const rejected: ImportFault[] = [];
  for await (const batch of extract.batches) {
    rows.push(...batch.rows);
    rejected.push(...batch.faults);
  }
  const { rowsRead, sha256 } = extract.end();
  const { kind, header } = extract;
  const base = { kind, ...header, rowsRead, rejected };
  if (kind !== 'GO2') return { content: { ...base, rows }, sha256 };
  const go2 = rows as Go2Row[];
  return {
    content: {
      ...base,
      rows,
      people: go2.filter((row) => row.record === 'PERSON' && row.action === 'A'),
      assignments: go2.filter((row) => row.record === 'ASSIGNMENT' && row.action === 'A'),
      deletedPeople: deleted(go2, 'PERSON'),
      deletedAssignments: deleted(go2, 'ASSIGNMENT'),
    },
    sha256,
  };
}

const deleted = (rows: readonly Go2Row[], record: Go2Row['record']): string[] =>
  rows.flatMap((row) => (row.action === 'D' && row.record === record ? [row.esrId] : []));

/** Brings a GO2 file into the records. */
import { createHash, randomBytes } from 'node:crypto';

import type { Go2File } from './extract.ts';
import { groupRows } from './group-rows.ts';
import {
  FileRefused,
  type ImportFault,
  importFault,
  type ImportSummary,
} from './import-outcome.ts';
import type {
  AssignmentRecord,
  EmploymentRecord,
  ImportRecords,
  KnownEmployment,
  StaffEvent,
} from './import-ports.ts';
import { matchPerson } from './match-person.ts';
import { type AssignmentRow, inForce, type PersonRow } from './records.ts';

/**
 * Imports a file that was read whole. Absence of a record from the file ends nothing.
 *
 * @param day today in the United Kingdom
 * @throws {FileRefused} when the organisation or the sequence is wrong
 */
export async function importGo2(
  { file, sha256, day }: { readonly file: Go2File; readonly sha256: string; readonly day: string },
  records: ImportRecords,
): Promise<ImportSummary> {
  const organisation = await records.findOrganisation({ vpd: file.vpd });
  if (organisation === undefined) throw new FileRefused(1, 'vpd', 'vpd_unknown');
  const { odsCode } = organisation;
  await records.lockOrganisation(odsCode);
  const count = { added: 0, changed: 0, unchanged: 0, ended: 0 };
  const last = await records.findLastImport(odsCode, 'GO2');
  const base = { fileKind: 'GO2', odsCode, rowsRead: file.rowsRead } as const;
  if (last?.sequence === file.sequence) {
    if (last.sha256 !== sha256) throw new FileRefused(1, 'sequence', 'file_changed_sequence');
    return { kind: 'already-imported', ...base, ...count, rejected: [] };
  }
  if (last !== undefined && file.sequence !== last.sequence + 1) {
    throw new FileRefused(1, 'sequence', 'sequence_gap');
  }

  const rejected: ImportFault[] = [...file.rejected];
  const events: StaffEvent[] = [];
  const known = new Map(
    (await records.knownEmployments(odsCode)).map((one) => [one.esrPersonId, one]),
  );
  const options = { replaceHistory: file.full };

  const people = await planPeople({ file, odsCode, day, known }, records, rejected);
  count.added += people.added.length;
  count.changed += people.changed.length;
  count.unchanged += people.unchanged;
  for (const one of people.changed) {
    if (known.get(one.head.esrPersonId)?.names !== one.names) {
      events.push({ type: 'staff-name-changed-1', staffId: one.staffId, odsCode });
    }
  }
  await records.writeEmployments(odsCode, [...people.added, ...people.changed], options);

  const staffIds = new Map([...known].map(([id, one]) => [id, one.staffId]));
  for (const one of people.added) staffIds.set(one.head.esrPersonId, one.staffId);
  const posts = await planAssignments({ file, odsCode, day, staffIds }, records, rejected);
  count.added += posts.added.length;
  count.changed += posts.changed.length;
  count.unchanged += posts.unchanged;
  for (const one of [...posts.added, ...posts.moved]) {
    // A post that comes with a new employment is part of joining.
    const before = known.get(one.esrPersonId);
    if (before === undefined) continue;
    events.push({
      type: 'staff-moved-1',
      staffId: before.staffId,
      odsCode,
      assignmentId: one.id,
    });
  }
  await records.writeAssignments(odsCode, [...posts.added, ...posts.changed], options);

  count.ended += await records.deleteAssignments(odsCode, file.deletedAssignments);
  for (const staffId of await records.deleteEmployments(odsCode, file.deletedPeople)) {
    events.push({ type: 'staff-left-1', staffId, odsCode });
    count.ended += 1;
  }
  for (const { staffId, live } of await records.settleEmployments(odsCode, day)) {
    events.push({ type: live ? 'staff-joined-1' : 'staff-left-1', staffId, odsCode });
    if (!live) count.ended += 1;
  }
  await records.writeEvents(events);
  await records.writeImport({
    odsCode,
    kind: 'GO2',
    sequence: file.sequence,
    sha256,
    rowsRead: file.rowsRead,
    rejected: rejected.length,
  });
  return { kind: 'imported', ...base, ...count, rejected: byLine(rejected) };
}

const byLine = (faults: readonly ImportFault[]): ImportFault[] =>
  faults.toSorted((a, b) => a.line - b.line);

const digestOf = (rows: readonly { readonly line: number }[]): string => {
  const content = rows.map((row) => ({ ...row, line: 0 }));
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
};

async function planPeople(
  {
    file,
    odsCode,
    day,
    known,
  }: {
    readonly file: Go2File;
    readonly odsCode: string;
    readonly day: string;
    readonly known: ReadonlyMap<string, KnownEmployment>;
  },
  records: ImportRecords,
  rejected: ImportFault[],
) {
  const numbers = new Map<string, string>();
  const distinct = file.people.filter((row) => {
    const holder = numbers.get(row.employeeNumber) ?? row.esrPersonId;
    numbers.set(row.employeeNumber, holder);
    if (holder === row.esrPersonId) return true;
    rejected.push(importFault(row.line, 'employeeNumber', 'employee_number_duplicate'));
    return false;
  });
  const groups = groupRows(distinct, (row) => row.esrPersonId, rejected);
  const touched = [...groups]
    .map(([esrPersonId, rows]) => ({ esrPersonId, rows, digest: digestOf(rows) }))
    .filter(({ esrPersonId, digest }) => known.get(esrPersonId)?.digest !== digest)
    .map(({ rows, digest }) => ({ rows, digest, head: inForce(rows, day) }));
  const added: EmploymentRecord[] = [];
  const changed: EmploymentRecord[] = [];
  if (touched.length === 0) return { added, changed, unchanged: groups.size };

  await records.lockIdentities();
  const heads = touched.flatMap(({ head }) => head ?? []);
  const candidates = [
    ...(await records.findCandidates({
      nhsEmployeeIds: heads.flatMap((head) => head.nhsEmployeeId ?? []),
      niNumbers: heads.flatMap((head) =>
        head.niNumber === null || known.has(head.esrPersonId) ? [] : [head.niNumber],
      ),
    })),
  ];
  const byKey = new Map<string, typeof candidates>();
  const index = (one: (typeof candidates)[number]): void => {
    for (const key of [one.nhsEmployeeId, one.niNumber]) {
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), one]);
    }
  };
  candidates.forEach(index);

  for (const { rows, digest, head } of touched) {
    if (head === undefined) continue;
    const before = known.get(head.esrPersonId);
    const sharing = [head.nhsEmployeeId, head.niNumber].flatMap((key) =>
      key === null ? [] : (byKey.get(key) ?? []),
    );
    const match = matchPerson(head, odsCode, sharing);
    const another =
      before !== undefined &&
      head.nhsEmployeeId !== null &&
      sharing.some(
        (one) => one.nhsEmployeeId === head.nhsEmployeeId && one.staffId !== before.staffId,
      );
    if (another || (before === undefined && match.kind === 'conflict')) {
      rejected.push(importFault(head.line, 'nhsEmployeeId', 'nhs_employee_id_in_use'));
      continue;
    }
    const staffId = before?.staffId ?? (match.kind === 'known' ? match.staffId : mintStaffId());
    index({
      staffId,
      nhsEmployeeId: head.nhsEmployeeId,
      birthDate: head.birthDate,
      niNumber: head.niNumber,
      familyNames: [head.family],
      employers: [odsCode],
    });
    const ex = head.personType === 'EX_EMPLOYEE' ? head.effectiveFrom : null;
    (before === undefined ? added : changed).push({
      staffId,
      digest,
      names: namesOf(head),
      head,
      terminationDate: head.terminationDate ?? ex,
      personType: head.personType,
      rows,
    });
  }
  return { added, changed, unchanged: groups.size - touched.length };
}

async function planAssignments(
  {
    file,
    odsCode,
    day,
    staffIds,
  }: {
    readonly file: Go2File;
    readonly odsCode: string;
    readonly day: string;
    readonly staffIds: ReadonlyMap<string, string>;
  },
  records: ImportRecords,
  rejected: ImportFault[],
) {
  const known = new Map(
    (await records.knownAssignments(odsCode)).map((one) => [one.esrAssignmentId, one]),
  );
  const owned = file.assignments.filter((row) => {
    if (staffIds.has(row.esrPersonId)) return true;
    rejected.push(importFault(row.line, 'esrPersonId', 'person_unknown'));
    return false;
  });
  const added: AssignmentRecord[] = [];
  const changed: AssignmentRecord[] = [];
  const moved: AssignmentRecord[] = [];
  let unchanged = 0;
  for (const [esrAssignmentId, rows] of groupRows(owned, (row) => row.esrAssignmentId, rejected)) {
    const head = inForce(rows, day);
    if (head === undefined) continue;
    const before = known.get(esrAssignmentId);
    const record: AssignmentRecord = {
      id: assignmentId(odsCode, esrAssignmentId),
      digest: digestOf(rows),
      post: postOf(head),
      esrPersonId: head.esrPersonId,
      rows,
    };
    if (before === undefined) added.push(record);
    else if (before.digest === record.digest) unchanged += 1;
    else {
      changed.push(record);
      if (before.post !== record.post) moved.push(record);
    }
  }
  return { added, changed, moved, unchanged };
}

/** Everything in a name that a credential or a directory could repeat. */
const namesOf = ({ title, given, middle, family, preferred }: PersonRow): string =>
  createHash('sha256')
    .update(JSON.stringify([title, given, middle, family, preferred]))
    .digest('base64url');

const postOf = ({ positionId, positionTitle, jobRole, grade }: AssignmentRow): string =>
  createHash('sha256')
    .update(JSON.stringify([positionId, positionTitle, jobRole, grade]))
    .digest('base64url');

/** A new id for a person in the graph: 128 random bits. */
const mintStaffId = (): string => `stf_${randomBytes(16).toString('base64url')}`;

/** The id of an assignment in the graph: the same for the same assignment, and not a number of ESR's. */
const assignmentId = (odsCode: string, esrAssignmentId: string): string =>
  `asg_${createHash('sha256').update(`${odsCode}/${esrAssignmentId}`).digest('base64url').slice(0, 22)}`;

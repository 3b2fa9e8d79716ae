/** One statement for everything of a kind that a request asks for, and never a row that the caller may not see. */
import DataLoader from 'dataloader';

import { isSelf, type RecordReader, type RecordView, viewOfOthers } from '../domain/access.ts';
import type { StaffRecords } from '../domain/ports.ts';
import type { OrganisationRow } from '../domain/records.ts';
import {
  type HeldAssignment,
  type HeldCompetence,
  type HeldRegistration,
  type StaffRecord,
  visiblePart,
} from '../domain/staff-record.ts';

/** Look-ups of one request, by id. What the caller may not see is not found. */
export interface Loaders {
  readonly people: DataLoader<string, StaffRecord | undefined>;
  readonly assignments: DataLoader<string, readonly HeldAssignment[]>;
  readonly registrations: DataLoader<string, readonly HeldRegistration[]>;
  readonly competences: DataLoader<string, readonly HeldCompetence[]>;
  readonly organisations: DataLoader<string, OrganisationRow | undefined>;
  readonly assignmentOwners: DataLoader<string, string | undefined>;
}

/** Look-ups for one request. */
export function loaders(caller: RecordReader, records: StaffRecords, day: string): Loaders {
  /** Loads the caller's own record and other people's apart, each under its view. */
  const underViews = async <Row>(
    staffIds: readonly string[],
    load: (ids: readonly string[], view: RecordView) => Promise<readonly Row[]>,
  ): Promise<Row[]> => {
    const own = staffIds.filter((id) => isSelf(caller, id));
    const others = staffIds.filter((id) => !isSelf(caller, id));
    const view = viewOfOthers(caller);
    return [
      ...(own.length === 0 ? [] : await load(own, { staffId: caller.subject })),
      ...(others.length === 0 || view === undefined ? [] : await load(others, view)),
    ];
  };
  const perPerson = <Row extends { readonly staffId: string }>(
    load: (ids: readonly string[], view: RecordView) => Promise<readonly Row[]>,
  ) =>
    new DataLoader<string, readonly Row[]>(async (staffIds) => {
      const rows = Map.groupBy(await underViews(staffIds, load), (row) => row.staffId);
      return staffIds.map((id) => rows.get(id) ?? []);
    });

  return {
    people: new DataLoader(async (staffIds) => {
      const seen = await underViews(staffIds, async (ids, view) =>
        (await records.findPeople(ids, view)).flatMap(
          (record) => visiblePart(record, view, day) ?? [],
        ),
      );
      const byId = new Map(seen.map((record) => [record.id, record]));
      return staffIds.map((id) => byId.get(id));
    }),
    assignments: perPerson((ids, view) => records.findAssignments(ids, view)),
    registrations: perPerson((ids, view) => records.findRegistrations(ids, view)),
    competences: perPerson((ids, view) => records.findCompetences(ids, view)),
    organisations: new DataLoader(async (odsCodes) => {
      const found = await records.findOrganisations(odsCodes);
      const byCode = new Map(found.map((row) => [row.odsCode, row]));
      return odsCodes.map((code) => byCode.get(code));
    }),
    assignmentOwners: new DataLoader(async (ids) => {
      // Whose they are is not known yet: the caller's own, or of those whom the caller may see.
      const own = isSelf(caller, caller.subject) ? { staffId: caller.subject } : undefined;
      const views = [own, viewOfOthers(caller)].filter((view) => view !== undefined);
      const seen = await Promise.all(views.map((view) => records.findAssignmentOwners(ids, view)));
      const owners = new Map(seen.flatMap((found) => [...found]));
      return ids.map((id) => owners.get(id));
    }),
  };
}

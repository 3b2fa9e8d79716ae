/** One statement for everything of a kind that a request asks for, and never a row that the caller may not see. */
import DataLoader from 'dataloader';

import { isSelf, type RecordReader, type RecordView, viewOfOthers } from '../domain/access.ts';
import type { StaffRecords } from '../domain/ports.ts';
import type { OrganisationRow } from '../domain/records.ts';
import type { StoredTransfer } from '../domain/transfer.ts';
import type { Transfers } from '../domain/transfer-ports.ts';
import {
  type HeldAssignment,
  type HeldCompetence,
  type HeldQualification,
  type HeldRegistration,
  type HeldTrainingPlacement,
  type HeldRemoval,
  type HeldWorkPhone,
  type StaffRecord,
  visiblePart,
} from '../domain/staff-record.ts';

/** Look-ups of one request, by id. What the caller may not see is not found. */
export interface Loaders {
  readonly people: DataLoader<string, StaffRecord | undefined>;
  readonly assignments: DataLoader<string, readonly HeldAssignment[]>;
  readonly registrations: LoadersByDay<HeldRegistration>;
  readonly competences: LoadersByDay<HeldCompetence>;
  readonly qualifications: LoadersByDay<HeldQualification>;
  readonly trainingPlacements: LoadersByDay<HeldTrainingPlacement>;
  /** Telephone numbers at work today. */
  readonly workPhones: DataLoader<string, readonly HeldWorkPhone[]>;
  /** By a moment, RFC 3339. */
  readonly removals: (since: string) => DataLoader<string, readonly HeldRemoval[]>;
  readonly transfers: LoadersByDay<StoredTransfer>;
  readonly organisations: DataLoader<string, OrganisationRow | undefined>;
  readonly assignmentOwners: DataLoader<string, string | undefined>;
}

/** Look-ups by person, one for each day that a request asks about. */
type LoadersByDay<Row> = (asOf: string | undefined) => DataLoader<string, readonly Row[]>;

/** Look-ups for one request. */
export function loaders(
  caller: RecordReader,
  records: StaffRecords,
  transfers: Pick<Transfers, 'findOfPeople'>,
  day: string,
): Loaders {
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
    registrations: each((asOf: string | undefined) =>
      perPerson((ids, view) => records.findRegistrations(ids, view, asOf)),
    ),
    competences: each((asOf: string | undefined) =>
      perPerson((ids, view) => records.findCompetences(ids, view, asOf)),
    ),
    qualifications: each((asOf: string | undefined) =>
      perPerson((ids, view) => records.findQualifications(ids, view, asOf)),
    ),
    trainingPlacements: each((asOf: string | undefined) =>
      perPerson((ids, view) => records.findTrainingPlacements(ids, view, asOf)),
    ),
    workPhones: perPerson((ids, view) => records.findWorkPhones(ids, view, day)),
    removals: each((since: string) =>
      perPerson((ids, view) => records.findRemovals(ids, view, new Date(since))),
    ),
    transfers: each((asOf: string | undefined) =>
      perPerson((ids, view) =>
        view === 'everything' ? Promise.resolve([]) : transfers.findOfPeople(ids, view, asOf),
      ),
    ),
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

/** One look-up for each day or moment that is asked about. */
const each = <When extends string | undefined, Loader>(
  make: (when: When) => Loader,
): ((when: When) => Loader) => {
  const made = new Map<When, Loader>();
  return (when) => {
    const loader = made.get(when) ?? make(when);
    made.set(when, loader);
    return loader;
  };
};

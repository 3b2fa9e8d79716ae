/** Keeps the people of the index what the staff record says: whole at first and now and then, by changes in between. */
import type { OrganisationReading, PeopleStore } from './people-store.ts';
import type { StaffRecords } from './ports.ts';

/** What reading rests on. */
export interface ReadPeopleParts {
  readonly people: PeopleStore;
  readonly records: StaffRecords;
  readonly now: () => Date;
}

/** An import's changes bear the moment at which it began to apply them: so much is asked for again, in milliseconds. */
const OVERLAP_MS = 10 * 60_000;
/** Pages of one organisation, against an answer that never ends. The largest employers have 30,000 people. */
const PAGE_LIMIT = 2_000;

/**
 * Reads every organisation that people work at or accounts belong to.
 *
 * @returns how many people say something new
 */
export async function readPeople(
  parts: ReadPeopleParts,
  { wholeEveryMs }: { readonly wholeEveryMs: number },
): Promise<number> {
  let changed = 0;
  const read = new Set<string>();
  // People tell of further employers.
  for (;;) {
    const organisations = (await parts.people.readOrganisations()).filter(
      ({ odsCode }) => !read.has(odsCode),
    );
    if (organisations.length === 0) {
      // Joinings and partings of others can change which id is the one of now.
      return changed + (await askForAbsent(await parts.people.findJoined(), parts));
    }
    for (const organisation of organisations) {
      read.add(organisation.odsCode);
      const { wholeReadAt, changesFrom } = organisation;
      const isWhole =
        changesFrom === undefined ||
        wholeReadAt === undefined ||
        parts.now().getTime() - wholeReadAt.getTime() >= wholeEveryMs;
      changed += await (isWhole
        ? readWhole(organisation, parts)
        : readChanges(organisation, changesFrom, parts));
    }
  }
}

/** All of an organisation's people; goes on where an earlier read was cut off. */
async function readWhole(
  organisation: OrganisationReading,
  parts: ReadPeopleParts,
): Promise<number> {
  const { people, records, now } = parts;
  const { odsCode } = organisation;
  const since = organisation.reading?.since ?? now();
  let after = organisation.reading?.after;
  let changed = 0;
  for (let count = 0; count < PAGE_LIMIT; count += 1) {
    const page = await records.readPage({ odsCode, after });
    changed += await people.upsert(page.people, now());
    after = page.next;
    if (after === undefined) {
      changed += await askForAbsent(await people.findUnseen(odsCode, since), parts);
      await people.saveOrganisation({
        odsCode,
        closed: page.status === 'CLOSED',
        changesFrom: since,
        wholeReadAt: now(),
      });
      return changed;
    }
    await people.saveOrganisation({ ...organisation, reading: { since, after } });
  }
  throw new StaffListEndless('the list of staff did not end');
}

async function readChanges(
  organisation: OrganisationReading,
  from: Date,
  parts: ReadPeopleParts,
): Promise<number> {
  const { people, records, now } = parts;
  const { odsCode } = organisation;
  const since = now();
  let after: string | undefined;
  let changed = 0;
  for (let count = 0; count < PAGE_LIMIT; count += 1) {
    const page = await records.readPage({
      odsCode,
      after,
      changedSince: new Date(from.getTime() - OVERLAP_MS),
    });
    changed += await people.upsert(page.people, now());
    changed += await askForAbsent(page.removedIds, parts);
    after = page.next;
    if (after === undefined) {
      await people.saveOrganisation({
        ...organisation,
        closed: page.status === 'CLOSED',
        changesFrom: since,
      });
      return changed;
    }
  }
  throw new StaffListEndless('the list of changed staff did not end');
}

/** Who is not shown under an id any more may work elsewhere, have another id since ids were joined, or be gone. */
async function askForAbsent(
  ids: readonly string[],
  { people, records, now }: ReadPeopleParts,
): Promise<number> {
  if (ids.length === 0) return 0;
  const found = await records.readPeople(ids);
  const changed = await people.upsert([...found.values()], now());
  await people.markGone(
    ids.filter((id) => found.get(id)?.id !== id),
    now(),
  );
  await people.saveJoined(
    [...found].flatMap(([id, person]) => (person.id === id ? [] : [{ id, joinedTo: person.id }])),
  );
  return changed;
}

/** A list of staff that goes on for longer than any employer's. */
class StaffListEndless extends Error {
  override readonly name = 'StaffListEndless';
  readonly code = 'records_incomplete';
}

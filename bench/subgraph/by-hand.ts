/** The answers to the questions, written by hand over the same store: no schema, no resolvers, the row rule by one comparison. */
import type { Caller } from '../../runtime/caller-statement.ts';
import type { StaffRecords } from '../../subgraphs/esr/domain/ports.ts';
import {
  currentName,
  type HeldRegistration,
  type StaffRecord,
  visiblePart,
} from '../../subgraphs/esr/domain/staff-record.ts';
import { MORNING } from '../esr/records.ts';

const DAY = MORNING().toISOString().slice(0, 10);

interface Body {
  readonly query: string;
  readonly variables: {
    readonly odsCode: string;
    readonly employeeNumber: string;
    readonly representations: readonly { readonly id: string }[];
  };
}

/** Answers one body with JSON. */
export async function answerByHand(
  body: string,
  { odsCode = '' }: Caller,
  records: StaffRecords,
): Promise<string> {
  const { query, variables } = JSON.parse(body) as Body;
  const view = { odsCode };
  const read = async (ids: readonly string[], named: boolean) => {
    const [people, registrations] = await Promise.all([
      records.findPeople(ids, view),
      records.findRegistrations(ids, view, undefined),
    ]);
    const byId = new Map(people.map((person) => [person.id, visiblePart(person, view, DAY)]));
    const registrationsOf = Map.groupBy(registrations, ({ staffId }) => staffId);
    const found: string[] = [];
    const shown = ids.map((id) => {
      const person = byId.get(id);
      if (!person?.employments.some((one) => one.odsCode === odsCode)) return null;
      found.push(id);
      return shape(person, registrationsOf.get(id) ?? [], named);
    });
    return { shown, people: found };
  };
  const answer = (data: object, people: readonly string[]): string =>
    JSON.stringify({
      data,
      ...(people.length === 0 ? {} : { extensions: { people } }),
    });

  if (query.startsWith('query One')) {
    const id = await records.findStaffId(
      { odsCode: variables.odsCode, employeeNumber: variables.employeeNumber },
      view,
    );
    const { shown, people } = await read(id === undefined ? [] : [id], true);
    return answer({ staff: shown[0] ?? null }, people);
  }
  if (query.startsWith('query Entities')) {
    const ids = variables.representations.map(({ id }) => id);
    const { shown, people } = await read(ids, false);
    return answer({ _entities: shown }, people);
  }
  await records.findOrganisations([variables.odsCode]);
  const listed = await records.findStaffAt(
    { odsCode: variables.odsCode, day: DAY, after: undefined, limit: 51 },
    view,
  );
  const { shown, people } = await read(
    listed.slice(0, 50).map(({ id }) => id),
    true,
  );
  return answer({ organisation: { staff: { edges: shown.map((node) => ({ node })) } } }, people);
}

function shape(person: StaffRecord, registrations: readonly HeldRegistration[], named: boolean) {
  const name = currentName(person, DAY);
  return {
    ...(named ? { __typename: 'StaffMember', id: person.id } : {}),
    name: name === undefined ? null : { given: name.given, family: name.family },
    registrations: registrations.map(({ body, number, status }) => ({
      body,
      number,
      status,
    })),
  };
}

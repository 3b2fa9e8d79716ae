/** A person and a mailbox side by side: what either side has, and what came of comparing it. */

/** One compared field. */
export interface ComparedField {
  readonly field: string;
  /** In words without personal data. */
  readonly outcome: string;
  /** As far as the caller may see it. */
  readonly directoryValue: string | null;
}

/** What the staff record has. */
export interface RecordSide {
  readonly name: { readonly given: string | null; readonly family: string } | null;
  readonly previousFamilyNames: readonly string[] | null;
  readonly workEmail: string | null;
  readonly smartcardUuid: string | null;
  readonly assignments:
    | readonly {
        readonly positionTitle: string | null;
        readonly employer: { readonly odsCode: string; readonly name: string | null };
      }[]
    | null;
  readonly employments:
    | readonly { readonly employeeNumber: string; readonly hireDate: string | null }[]
    | null;
  readonly registrations: readonly { readonly body: string; readonly number: string }[] | null;
}

/** What the directory has. */
export interface DirectorySide {
  readonly mail: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly jobTitle: string | null;
  readonly organisation: { readonly odsCode: string; readonly name: string | null } | null;
}

/** One row: nothing where a side has nothing, or where it was not compared. */
export interface SideBySide {
  readonly field: string;
  readonly record: string | undefined;
  readonly directory: string | undefined;
  readonly outcome: string | undefined;
}

const RECORD_VALUES: Readonly<Record<string, (side: RecordSide) => readonly (string | null)[]>> = {
  familyName: ({ name, previousFamilyNames }) => [
    name?.family ?? null,
    ...(previousFamilyNames ?? []).map((former) => `formerly ${former}`),
  ],
  givenName: ({ name }) => [name?.given ?? null],
  workEmail: ({ workEmail }) => [workEmail],
  employeeNumber: ({ employments }) => (employments ?? []).map((one) => one.employeeNumber),
  organisation: ({ assignments }) => (assignments ?? []).map(({ employer }) => inWords(employer)),
  jobRole: ({ assignments }) => (assignments ?? []).map((one) => one.positionTitle),
  smartcardId: ({ smartcardUuid }) => [smartcardUuid],
  started: ({ employments }) => (employments ?? []).map((one) => one.hireDate),
  registration: ({ registrations }) =>
    (registrations ?? []).map(({ body, number }) => `${body} ${number}`),
};

const DIRECTORY_VALUES: Readonly<Record<string, (side: DirectorySide) => string | null>> = {
  familyName: ({ familyName }) => familyName,
  givenName: ({ givenName }) => givenName,
  workEmail: ({ mail }) => mail,
  organisation: ({ organisation }) => (organisation === null ? null : inWords(organisation)),
  jobRole: ({ jobTitle }) => jobTitle,
};

const inWords = ({ odsCode, name }: { readonly odsCode: string; readonly name: string | null }) =>
  name === null ? odsCode : `${name} (${odsCode})`;

/** Always shown, compared or not. */
const SHOWN = ['familyName', 'givenName', 'workEmail', 'organisation', 'jobRole', 'registration'];

/** The rows: what is always shown, then whatever else was compared. */
export function sideBySide(
  record: RecordSide | undefined,
  directory: DirectorySide | undefined,
  evidence: readonly ComparedField[],
): readonly SideBySide[] {
  const compared = new Map(evidence.map((one) => [one.field, one]));
  return [...new Set([...SHOWN, ...compared.keys()])].map((field) => {
    const given = record === undefined ? [] : (RECORD_VALUES[field]?.(record) ?? []);
    const held = [...new Set(given.filter((value) => value !== null && value !== ''))].join(', ');
    const found =
      compared.get(field)?.directoryValue ??
      (directory === undefined ? null : (DIRECTORY_VALUES[field]?.(directory) ?? null));
    return {
      field,
      record: held === '' ? undefined : held,
      directory: found === null || found === '' ? undefined : found,
      outcome: compared.get(field)?.outcome,
    };
  });
}

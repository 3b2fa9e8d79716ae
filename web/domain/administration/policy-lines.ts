/** What a policy says, as lines that two versions can be compared by. */

/** What a policy says, as the graph answers it. */
export interface PolicyContent {
  readonly notApplicable: readonly string[];
  readonly requiredTypes: readonly string[];
  readonly status: { readonly onlineMaxAgeSeconds: number; readonly offlineMaxAgeSeconds: number };
  readonly identity: { readonly minimumConfidence: string };
  readonly registration: {
    readonly readRecord: boolean;
    readonly readWithinHours: number;
    readonly hcpcReadWithinHours: number;
  };
  readonly history: { readonly months: number; readonly gapDays: number };
  readonly criminalRecord: {
    readonly level: string;
    readonly workforce: string | null;
    readonly years: number;
    readonly portableInTraining: boolean;
  };
  readonly workHealth: { readonly exposureProneProcedures: boolean };
  readonly training: readonly {
    readonly subject: string;
    readonly level: number | null;
    readonly renewalMonths: number;
  }[];
}

/** Fields of the form, and of the table. */
export type PolicyField =
  | keyof PolicyContent['status']
  | keyof PolicyContent['identity']
  | keyof PolicyContent['registration']
  | keyof PolicyContent['history']
  | keyof PolicyContent['criminalRecord']
  | keyof PolicyContent['workHealth']
  | 'notApplicable'
  | 'requiredTypes'
  | 'training';

type PolicyValue = string | number | boolean | null | readonly string[] | PolicyContent['training'];

/** One line: the same field of two versions. */
export interface PolicyLine {
  readonly field: PolicyField;
  readonly before: PolicyValue | undefined;
  readonly after: PolicyValue;
  readonly isChanged: boolean;
}

const flat = (content: PolicyContent): Readonly<Record<PolicyField, PolicyValue>> => ({
  ...content.identity,
  ...content.status,
  ...content.registration,
  ...content.history,
  ...content.criminalRecord,
  ...content.workHealth,
  // The order in which they were written says nothing.
  notApplicable: content.notApplicable.toSorted(),
  requiredTypes: content.requiredTypes.toSorted(),
  training: content.training.toSorted((a, b) => a.subject.localeCompare(b.subject)),
});

/** The lines of a version beside those of the one in force, if there is one. */
export function policyLines(
  before: PolicyContent | undefined,
  after: PolicyContent,
): readonly PolicyLine[] {
  const old = before && flat(before);
  return (Object.entries(flat(after)) as [PolicyField, PolicyValue][]).map(([field, value]) => ({
    field,
    before: old?.[field],
    after: value,
    isChanged: old !== undefined && JSON.stringify(old[field]) !== JSON.stringify(value),
  }));
}

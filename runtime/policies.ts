/**
 * What the names in `@policy` mean. The gateway asks with what it knows before anything is read: the caller, and whose record
 * the operation names. A subgraph asks again with each row, before anything of it is shown. Both ask these functions.
 *
 * Source: the Apollo specification `policy` v0.1.
 */
import type { Caller } from './caller-statement.ts';

/** What a policy needs to know about whoever asks. */
export type PolicyCaller = Pick<Caller, 'kind' | 'scopes' | 'odsCode'> & {
  /** Left out while a rule is worked out for everybody with the same grants. */
  readonly subject?: string;
};

/** What is known of the row that is asked for. A part that is left out is not known. */
export interface PolicyRow {
  /** Ids of the person whose record it is; none when it is no person's. */
  readonly staffIds?: readonly string[];
  /** ODS codes of the organisations that hold it; `each-below` when what is under it is held by several, and judged there. */
  readonly odsCodes?: readonly string[] | 'each-below';
  /** ODS codes of the organisations in whose recruitment the person is now. */
  readonly recruiters?: readonly string[];
}

/** What comes of asking. `unknown` when it depends on what is not known. */
export type Verdict = 'granted' | 'refused' | 'unknown';

/** One policy. */
type Policy = (caller: PolicyCaller, row: PolicyRow) => Verdict;

/** The policy that a fresh approval satisfies. Only the gateway sees the token that has it. */
export const STEP_UP = 'step_up';

/** Scopes that our own services have, and nobody who acts for an organisation. */
const OF_SERVICES = [
  'record:read',
  'record:export',
  'event:read',
  'account:resolve',
  'credential:issue',
];

const isOwnService = ({ kind, scopes }: PolicyCaller): boolean =>
  kind === 'machine' && OF_SERVICES.some((scope) => scopes.has(scope));

const within = (value: string | undefined, values: readonly string[] | undefined): Verdict =>
  value === undefined || values === undefined
    ? 'unknown'
    : values.includes(value)
      ? 'granted'
      : 'refused';

/** Policies that look at a row, by name. Any other name lets nobody through. */
export const ROW_POLICIES = {
  /** The caller is the person whose record it is. */
  own_record: ({ kind, scopes, subject }, { staffIds }) =>
    kind === 'person' && (scopes.has('self:read') || scopes.has('self:share'))
      ? within(subject, staffIds)
      : 'refused',

  /** The caller acts for an organisation that holds it. Our own services act for all organisations. */
  same_organisation: (caller, { odsCodes }) => {
    const { odsCode } = caller;
    if (odsCode === undefined) return isOwnService(caller) ? 'granted' : 'refused';
    return odsCodes === 'each-below' ? 'granted' : within(odsCode, odsCodes);
  },

  /** The person is being recruited by the caller's organisation: on the way there, or with something presented to it. */
  in_open_recruitment: ({ odsCode }, { recruiters }) =>
    odsCode === undefined ? 'refused' : within(odsCode, recruiters),
} as const satisfies Readonly<Record<string, Policy>>;

/** Every name that means something. */
export const POLICY_NAMES: readonly string[] = [...Object.keys(ROW_POLICIES), STEP_UP];

/** Every scope that a policy looks at. */
export const SCOPES_IN_POLICIES: readonly string[] = ['self:read', 'self:share', ...OF_SERVICES];

const isRowPolicy = (name: string): name is keyof typeof ROW_POLICIES =>
  Object.hasOwn(ROW_POLICIES, name);

/**
 * Judges the argument of one `@policy`.
 *
 * @param policies one inner list has to be granted whole
 * @param stepUp what to say of {@link STEP_UP}
 */
export function judgePolicies(
  policies: readonly (readonly string[])[],
  { caller, row, stepUp }: { caller: PolicyCaller; row: PolicyRow; stepUp: Verdict },
): Verdict {
  const judge = (name: string): Verdict => {
    if (name === STEP_UP) return stepUp;
    return isRowPolicy(name) ? ROW_POLICIES[name](caller, row) : 'refused';
  };
  const groups = policies.map((group) => worst(group.map(judge)));
  if (groups.includes('granted')) return 'granted';
  return groups.includes('unknown') ? 'unknown' : 'refused';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('refused')) return 'refused';
  return verdicts.includes('unknown') ? 'unknown' : 'granted';
}

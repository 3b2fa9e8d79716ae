/** How far a change of a credential's status has got, from what can be seen of it. */

/** What the status list that everybody reads says of a credential. */
export interface PublishedStatus {
  /** Token Status List, section 7: 0 valid, 1 invalid, 2 suspended. */
  readonly status: number;
  /** When the list was signed. */
  readonly issuedAt: Date;
  /** How long a copy may be kept, in seconds. */
  readonly ttlSeconds: number;
}

/** What the records say of a credential. */
export interface RecordedStatus {
  readonly state: string;
  readonly lastStatusChangeAt: string | null;
}

/** A place that a change has to reach. */
export type StepName = 'approval' | 'records' | 'list' | 'copies' | 'receivers' | 'person';

/** One place, and whether the change is there. */
export interface Step {
  readonly name: StepName;
  readonly state: 'DONE' | 'WAITING' | 'UNKNOWN';
  /** When it was there, or will be at the latest. */
  readonly at?: Date;
  /** Of the systems that are told, how many have been. */
  readonly reach?: Reach;
}

/** How far a change has got with the systems that are told of it. */
export interface Reach {
  readonly receivers: number;
  readonly reached: number;
  /** Those not reached to which sending has failed so far. */
  readonly failing: number;
}

/** A list is published so soon after a change, in milliseconds; usually it is a second or two. */
const LATEST_PUBLISHED_MS = 60_000;

const EXPECTED: Readonly<Record<string, number>> = { ACTIVE: 0, REVOKED: 1, SUSPENDED: 2 };

/** The steps in their order. A list that could not be read says nothing either way. */
export function stepsOf(
  recorded: RecordedStatus,
  published: PublishedStatus | undefined,
  now: Date,
): readonly Step[] {
  const changedAt =
    recorded.lastStatusChangeAt === null ? undefined : new Date(recorded.lastStatusChangeAt);
  const there = changedAt === undefined ? {} : { at: changedAt };
  const records: Step = { name: 'records', state: 'DONE', ...there };
  // It reads the records themselves.
  const person: Step = { name: 'person', state: 'DONE', ...there };
  if (published === undefined) {
    const unknown = (name: StepName): Step => ({ name, state: 'UNKNOWN' });
    return [records, unknown('list'), unknown('copies'), person];
  }
  if (published.status !== EXPECTED[recorded.state]) {
    const waiting = (name: StepName): Step => ({ name, state: 'WAITING' });
    return [records, waiting('list'), waiting('copies'), person];
  }
  // A list is signed anew now and then. When it first said so is not known afterwards: by then at the latest.
  const isFirst =
    changedAt === undefined ||
    published.issuedAt.getTime() - changedAt.getTime() <= LATEST_PUBLISHED_MS;
  const publishedAt = isFirst
    ? published.issuedAt
    : new Date(changedAt.getTime() + LATEST_PUBLISHED_MS);
  const goneAt = new Date(publishedAt.getTime() + published.ttlSeconds * 1_000);
  return [
    records,
    { name: 'list', state: 'DONE', ...(isFirst ? { at: publishedAt } : {}) },
    { name: 'copies', state: goneAt <= now ? 'DONE' : 'WAITING', at: goneAt },
    person,
  ];
}

/** A credential of a change, and what its list says; nothing where that could not be read. */
export interface SeenStatus {
  readonly recorded: RecordedStatus;
  readonly published: PublishedStatus | undefined;
}

/** The steps of a change of several credentials: there when it is there for all of them, and when the last of them was. */
export function stepsOfAll(seen: readonly SeenStatus[], now: Date): readonly Step[] {
  const each = seen.map(({ recorded, published }) => stepsOf(recorded, published, now));
  return PLACES.map((name): Step => {
    const steps = each.flatMap((steps) => steps.filter((step) => step.name === name));
    const state = STATES.find((one) => steps.some((step) => step.state === one)) ?? 'WAITING';
    const times = steps.flatMap(({ at }) => (at === undefined ? [] : [at.getTime()]));
    return times.length === 0 || times.length < steps.length
      ? { name, state }
      : { name, state, at: new Date(Math.max(...times)) };
  });
}

/** The steps of a stop. Until somebody else approves it, it has got nowhere; an urgent one waits for nobody. */
export function stepsOfStop(
  stop: { readonly state: string; readonly urgent: boolean; readonly decidedAt: string | null },
  seen: readonly SeenStatus[],
  now: Date,
): readonly Step[] {
  if (stop.state !== 'STOPPED') {
    return (['approval', ...PLACES] as const).map((name) => ({ name, state: 'WAITING' }));
  }
  const decided = stop.decidedAt === null ? {} : { at: new Date(stop.decidedAt) };
  const approval: Step = { name: 'approval', state: 'DONE', ...decided };
  return [...(stop.urgent ? [] : [approval]), ...stepsOfAll(seen, now)];
}

/**
 * The steps with the systems that are told, before the person.
 *
 * @param reach null before there is anything to tell; `undefined` when it could not be asked
 */
export function withReceivers(
  steps: readonly Step[],
  reach: Reach | null | undefined,
): readonly Step[] {
  const step: Step =
    reach == null
      ? { name: 'receivers', state: reach === null ? 'WAITING' : 'UNKNOWN' }
      : {
          name: 'receivers',
          state: reach.reached === reach.receivers ? 'DONE' : 'WAITING',
          reach: { receivers: reach.receivers, reached: reach.reached, failing: reach.failing },
        };
  return [...steps.slice(0, -1), step, ...steps.slice(-1)];
}

const PLACES = ['records', 'list', 'copies', 'person'] as const;
/** What is not there yet anywhere comes first. */
const STATES = ['WAITING', 'UNKNOWN', 'DONE'] as const;

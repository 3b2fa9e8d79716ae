/**
 * How far a trust's directory and staff records agree, from 0 to 100. The formula is explained in docs/lifecycle.md; each
 * part says how many of its points it gave, so that whoever reads it knows what to do first.
 */

/** What is counted of one trust. */
export interface ReadinessCounts {
  /** People who work there. */
  readonly people: number;
  /** Of those, who have an account by a certain or confirmed link. */
  readonly peopleLinked: number;
  /** Persons' accounts in use there. */
  readonly accounts: number;
  /** Of those, which belong to somebody by a certain or confirmed link. */
  readonly accountsLinked: number;
  /** Leavers still active for more than a day. */
  readonly leaversOverdue: number;
  /** Cases that nobody has decided. */
  readonly casesOpen: number;
  /** Of those, past their due date. */
  readonly casesOverdue: number;
}

/** What a part of the score is about. */
export type ReadinessPartName = 'PEOPLE' | 'ACCOUNTS' | 'LEAVERS' | 'CASES';

/** A part of the score. */
export interface ReadinessPart {
  readonly name: ReadinessPartName;
  /** 0 to `of`. */
  readonly points: number;
  readonly of: number;
}

/** The score with its parts. */
export interface Readiness {
  /** 0 to 100, whole; the sum of the parts, rounded down: only what is complete is 100. */
  readonly score: number;
  readonly parts: readonly ReadinessPart[];
}

/** A share of the accounts at which leavers or cases have used up all of their part's points. */
const WORST_SHARE = 0.01;

/** The score of a trust; `undefined` when nobody works there and it has no accounts. */
export function readinessOf(counts: ReadinessCounts): Readiness | undefined {
  const { people, peopleLinked, accounts, accountsLinked, leaversOverdue } = counts;
  const size = Math.max(people, accounts);
  if (size === 0) return undefined;
  const share = (some: number, all: number): number => (all === 0 ? 1 : Math.min(1, some / all));
  const remaining = (count: number): number =>
    1 - Math.min(1, count / Math.max(1, size * WORST_SHARE));
  const waiting = counts.casesOverdue + (counts.casesOpen - counts.casesOverdue) / 2;
  const parts: readonly ReadinessPart[] = [
    { name: 'PEOPLE', points: 40 * share(peopleLinked, people), of: 40 },
    { name: 'ACCOUNTS', points: 20 * share(accountsLinked, accounts), of: 20 },
    { name: 'LEAVERS', points: 20 * remaining(leaversOverdue), of: 20 },
    { name: 'CASES', points: 20 * remaining(waiting), of: 20 },
  ];
  const rounded = parts.map((part) => ({ ...part, points: Math.floor(part.points * 10) / 10 }));
  return {
    score: Math.floor(parts.reduce((sum, { points }) => sum + points, 0) + 1e-9),
    parts: rounded,
  };
}

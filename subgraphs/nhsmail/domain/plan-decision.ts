/** What has to be written so that the ledger says what a person decided, or what it said before. */
import type { CaseCandidate } from './cases.ts';
import { currentPair, givesAccess, type LinkStatement, type Pair } from './links.ts';
import { pairKey } from './plan-links.ts';

/** A statement that a person makes, or restores. */
export type DecidedStatement = Omit<LinkStatement, 'id' | 'validFrom' | 'validTo'>;

/** What to write, and whose sign-in and passport it touches. */
export interface DecisionPlan {
  /** Ids of statements that hold no longer. */
  readonly superseded: readonly string[];
  readonly added: readonly DecidedStatement[];
  /** Ids of the people who gain or lose access. */
  readonly affected: readonly string[];
}

/** A statement that an act wrote, and the one about the same pair that it came in the place of. */
export interface WrittenStatement {
  readonly statement: LinkStatement;
  readonly before: LinkStatement | undefined;
}

/** Who decides, and why. */
export interface DecisionMaker {
  readonly staffId: string;
  readonly odsCode: string;
  readonly reason: string;
}

/**
 * Plans a decision. An account that turns out to be one person's is no longer another's.
 *
 * @param candidates the pairs that the decision is about
 * @param current the statements that hold about the accounts in question, ended ones too
 */
export function planDecision(
  decision: 'SAME_PERSON' | 'DIFFERENT_PEOPLE',
  candidates: readonly CaseCandidate[],
  current: readonly LinkStatement[],
  { staffId, odsCode, reason }: DecisionMaker,
): DecisionPlan {
  const superseded = new Map<string, LinkStatement>();
  const added: DecidedStatement[] = [];
  const author = { kind: 'PERSON', staffId, odsCode } as const;
  const say = (
    state: 'LINKED' | 'REJECTED' | 'ENDED',
    about: Pick<LinkStatement, 'staffId' | 'accountId' | 'odsCode' | 'bits' | 'evidence'>,
    before: LinkStatement | undefined,
  ): void => {
    if (before !== undefined) superseded.set(before.id, before);
    added.push({
      staffId: about.staffId,
      accountId: about.accountId,
      odsCode: about.odsCode,
      state,
      method: 'MANUAL',
      assurance: 'CONFIRMED',
      ...(about.bits === undefined ? {} : { bits: about.bits }),
      evidence: about.evidence,
      author,
      reason,
    });
  };
  for (const candidate of candidates) {
    const about = { ...candidate, odsCode: candidate.odsCode };
    const ofAccount = current.filter(({ accountId }) => accountId === candidate.accountId);
    const same = ofAccount.find((one) => one.staffId === candidate.staffId);
    const holder = ofAccount.find((one) => one.state === 'LINKED' && one !== same);
    // Under another id of the same person, joined since: the decision is about that link as well.
    const isOfSame = holder !== undefined && currentPair(holder).staffId === candidate.staffId;
    if (holder !== undefined && decision === 'SAME_PERSON') {
      say(isOfSame ? 'ENDED' : 'REJECTED', holder, holder);
    } else if (holder !== undefined && isOfSame) say('REJECTED', holder, holder);
    say(decision === 'SAME_PERSON' ? 'LINKED' : 'REJECTED', about, same);
  }
  return planOf([...superseded.values()], added);
}

/**
 * Plans to take a decision back: each pair is again what it was before.
 *
 * @param current the statements that hold about the accounts in question, ended ones too
 * @returns `undefined` when something else was written about them since
 */
export function planUndo(
  written: readonly WrittenStatement[],
  current: readonly LinkStatement[],
): DecisionPlan | undefined {
  const holds = new Set(current.map(({ id }) => id));
  if (written.some(({ statement }) => !holds.has(statement.id))) return undefined;
  const taken = new Set(written.map(({ statement }) => pairKey(statement)));
  const added = written.map(({ statement, before }): DecidedStatement => {
    const content = contentOf(before ?? statement);
    return before === undefined ? { ...content, state: 'ENDED' } : content;
  });
  const linkedElsewhere = added.some(
    ({ state, accountId }) =>
      state === 'LINKED' &&
      current.some(
        (one) => one.accountId === accountId && one.state === 'LINKED' && !taken.has(pairKey(one)),
      ),
  );
  return linkedElsewhere
    ? undefined
    : planOf(
        written.map(({ statement }) => statement),
        added,
      );
}

function planOf(
  superseded: readonly LinkStatement[],
  added: readonly DecidedStatement[],
): DecisionPlan {
  const before = new Set(superseded.filter(givesAccess).map(pairKey));
  const after = new Set(added.filter(givesAccess).map(pairKey));
  const changed = (one: Pair): boolean => before.has(pairKey(one)) !== after.has(pairKey(one));
  return {
    superseded: superseded.map(({ id }) => id),
    added,
    affected: [...new Set([...superseded, ...added].filter(changed).map(({ staffId }) => staffId))],
  };
}

/** What a statement says, without which one it is and when it holds. */
const contentOf = ({
  id: _,
  validFrom: __,
  validTo: ___,
  joinedTo: ____,
  ...content
}: LinkStatement): Omit<LinkStatement, 'id' | 'validFrom' | 'validTo'> => content;

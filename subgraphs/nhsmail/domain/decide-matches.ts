/**
 * What follows from the candidate pairs and from what holds already: links, cases for a person to decide, and likely
 * links that matching would no longer make. A pure function; the order of the candidates changes nothing.
 */
import type { CaseQueue, ProposedCase } from './cases.ts';
import { CERTAIN_METHODS, type CertainKey, type CertainMethod, methodOf } from './certain-keys.ts';
import type { Candidate } from './compare-pair.ts';
import { compareText, decidePairs } from './linkage/decide-pairs.ts';
import type { LinkageThresholds } from './linkage/rule-set.ts';
import type { Pair, ProposedLink } from './links.ts';
import { pairKey } from './plan-links.ts';

/**
 * What holds about a pair. `ACCESS`: a certain or confirmed link. `LIKELY`: a link by score. `REJECTED`: a person
 * decided that they do not belong together.
 */
export interface StandingPair extends Pair {
  readonly kind: 'ACCESS' | 'LIKELY' | 'REJECTED';
  readonly odsCode: string | undefined;
}

/** A pair that is linked, and by what. */
export interface DecidedLink {
  readonly candidate: Candidate;
  readonly method: ProposedLink['method'];
}

/** A case before its evidence is written out. */
export interface DecidedCase extends Omit<ProposedCase, 'candidates'> {
  readonly candidates: readonly Candidate[];
}

/** What matching says. */
export interface Decision {
  readonly links: readonly DecidedLink[];
  readonly cases: readonly DecidedCase[];
  /** Links by score that it would no longer make, both sides being there. */
  readonly withdrawn: readonly StandingPair[];
  /** Certain and confirmed links that it would not make, both sides being there. They stand all the same. */
  readonly unsupported: readonly StandingPair[];
}

/** What a decision rests on. It has to be complete around every record that is decided about. */
export interface DecisionInput {
  readonly candidates: readonly Candidate[];
  readonly standing: readonly StandingPair[];
  /** Whether both sides are there to be matched. What is absent loses nothing. */
  readonly arePresent: (pair: Pair) => boolean;
  readonly thresholds: LinkageThresholds;
}

/** The lowest score at which a pair without a certain key can change a decision. */
export const decisionFloor = ({ link, review, margin }: LinkageThresholds): number =>
  Math.min(review, link - margin);

/** Takes every decision that the candidates allow. */
export function decideMatches(input: DecisionInput): Decision {
  const { standing, arePresent, thresholds } = input;
  const rejected = new Set(
    standing.filter(({ kind }) => kind === 'REJECTED').map((pair) => pairKey(pair)),
  );
  const candidates =
    rejected.size === 0
      ? input.candidates
      : input.candidates.filter((candidate) => !rejected.has(pairKey(candidate)));
  const ofPerson = Map.groupBy(candidates, ({ staffId }) => staffId);
  const ofAccount = Map.groupBy(candidates, ({ accountId }) => accountId);
  for (const pairs of [...ofPerson.values(), ...ofAccount.values()]) pairs.sort(comparePairs);
  const settled = settledBy(standing);
  const cases = caseCollector();
  const links: DecidedLink[] = [];

  const contested = new Set<string>();
  const firsts = [...ofAccount].map(([accountId, pairs]) => ({
    accountId,
    verdict: decideCertain(pairs, ofPerson),
  }));
  for (const { accountId, verdict } of firsts) {
    const owner = settled.ownerOf.get(accountId);
    if (verdict.kind === 'certain') {
      links.push({ candidate: verdict.candidate, method: verdict.method });
    } else if (verdict.kind === 'conflict') {
      const others = verdict.candidates.filter(({ staffId }) => staffId !== owner);
      contested.add(accountId);
      addConflict(cases, { ...verdict, candidates: others });
    }
  }
  for (const { candidate } of links) {
    if (settled.ownerOf.has(candidate.accountId)) continue;
    settled.ownerOf.set(candidate.accountId, candidate.staffId);
    const places = settled.placesOf.get(candidate.staffId);
    if (places === undefined) settled.placesOf.set(candidate.staffId, [candidate.odsCode]);
    else places.push(candidate.odsCode);
  }

  const isOpen = ({ accountId, isUser }: Candidate): boolean =>
    isUser && !settled.ownerOf.has(accountId) && !contested.has(accountId);
  const scored = candidates.filter(
    (candidate) =>
      isOpen(candidate) &&
      !settled.placesOf.has(candidate.staffId) &&
      !candidate.isClosed &&
      candidate.against.length === 0,
  );
  const likely = decidePairs(scored.map(asScored), thresholds);
  const byPair = new Map(scored.map((candidate) => [pairKey(candidate), candidate]));
  const candidateOf = (staffId: string, accountId: string): Candidate[] => {
    const found = byPair.get(pairKey({ staffId, accountId }));
    return found === undefined ? [] : [found];
  };
  const linkedPeople = new Set<string>();
  const linkedAccounts = new Set<string>();
  for (const { left, right } of likely.links) {
    linkedPeople.add(left);
    linkedAccounts.add(right);
    links.push(
      ...candidateOf(left, right).map((candidate) => ({ candidate, method: 'SCORE' as const })),
    );
  }
  for (const { left, candidates: found } of likely.open) {
    const [best, second] = found;
    const near =
      best !== undefined && second !== undefined && best.bits - second.bits < thresholds.margin;
    cases.add(
      'UNABLE_TO_MATCH',
      { staffId: left },
      found.flatMap(({ right }) => candidateOf(left, right)),
      near ? 'SEVERAL_ABOUT_AS_LIKELY' : 'NOT_LIKELY_ENOUGH',
    );
  }
  for (const candidate of candidates) {
    const { staffId, accountId } = candidate;
    const isSettled = settled.placesOf.has(staffId);
    if (!candidate.isUser) {
      if (!isSettled && !linkedPeople.has(staffId)) {
        cases.add(
          'SHARED_MAILBOX_AS_PERSON',
          { staffId },
          [candidate],
          'ADDRESS_OF_SHARED_MAILBOX',
        );
      }
    } else if (
      candidate.bits >= thresholds.link &&
      isOpen(candidate) &&
      !linkedAccounts.has(accountId)
    ) {
      if (isSettled) {
        if (isSecondEmployers(candidate, settled, ofAccount, thresholds.margin)) {
          cases.add('TWO_EMPLOYERS', { staffId }, [candidate], 'WORKS_THERE_TOO');
        }
      } else if (!linkedPeople.has(staffId)) {
        addContradicted(cases, candidate);
      }
    }
  }

  const linked = new Set(links.map(({ candidate }) => pairKey(candidate)));
  const gone = standing.filter(
    (pair) => pair.kind !== 'REJECTED' && !linked.has(pairKey(pair)) && arePresent(pair),
  );
  return {
    links: links.toSorted((a, b) => comparePairs(a.candidate, b.candidate)),
    cases: cases.all(),
    withdrawn: gone.filter(({ kind }) => kind === 'LIKELY').toSorted(comparePairs),
    unsupported: gone.filter(({ kind }) => kind === 'ACCESS').toSorted(comparePairs),
  };
}

type Verdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'certain'; readonly candidate: Candidate; readonly method: CertainMethod }
  | {
      readonly kind: 'conflict';
      readonly method: CertainMethod;
      readonly candidates: readonly Candidate[];
      /** Of each: whether its key leads to another account as well. */
      readonly sharedKey: readonly (Candidate | undefined)[];
    };

/**
 * What the certain keys of one account say. The strongest method that leads to anybody counts; a weaker one can only
 * tell apart those whom it leads to.
 */
function decideCertain(
  pairs: readonly Candidate[],
  ofPerson: ReadonlyMap<string, readonly Candidate[]>,
): Verdict {
  let first: Extract<Verdict, { kind: 'conflict' }> | undefined;
  for (const method of CERTAIN_METHODS) {
    const found = pairs.filter(
      ({ isUser, certain }) => isUser && certain.some((key) => methodOf(key) === method),
    );
    if (found.length === 0) continue;
    const others = found.map((candidate) => otherHolder(candidate, method, ofPerson));
    const [candidate, another] = found;
    const isAlone = another === undefined && others[0] === undefined;
    const among =
      first === undefined ||
      (isAmbiguous(first) &&
        first.candidates.some(({ staffId }) => staffId === candidate?.staffId));
    if (candidate !== undefined && isAlone && among && passes(candidate, method)) {
      return { kind: 'certain', candidate, method };
    }
    first ??= { kind: 'conflict', method, candidates: found, sharedKey: others };
  }
  return first ?? { kind: 'none' };
}

const isAmbiguous = ({
  candidates,
  sharedKey,
}: Pick<Extract<Verdict, { kind: 'conflict' }>, 'candidates' | 'sharedKey'>): boolean =>
  candidates.length > 1 || sharedKey.some((other) => other !== undefined);

/** Another account to which the person's keys of this kind lead, when none of them leads to this account alone. */
function otherHolder(
  { staffId, accountId, certain }: Candidate,
  method: CertainMethod,
  ofPerson: ReadonlyMap<string, readonly Candidate[]>,
): Candidate | undefined {
  const pairs = ofPerson.get(staffId) ?? [];
  const others = certain
    .filter((key) => methodOf(key) === method)
    .map((key: CertainKey) =>
      pairs.find((pair) => pair.accountId !== accountId && pair.certain.includes(key)),
    );
  return others.includes(undefined) ? undefined : others[0];
}

/** Whether nothing speaks against a pair with a certain key. */
const passes = (candidate: Candidate, method: CertainMethod): boolean =>
  candidate.sameName &&
  !candidate.isClosed &&
  isEnough(candidate, method) &&
  // An employee number of one organisation weighs more than a register's number in a directory.
  candidate.against.every((one) => one === 'REGISTRATION' && method === 'EMPLOYEE_NUMBER');

/**
 * Whether a key and a surname are enough. Holders of accounts can write these numbers into their own entries, and those
 * of the registers are public: somebody of the same surname must not become a colleague, or a stranger, by it.
 */
function isEnough({ sameGivenName, isEmployedThere }: Candidate, method: CertainMethod): boolean {
  switch (method) {
    case 'EMPLOYEE_NUMBER':
    case 'ESR_EMAIL':
      return true;
    case 'SMARTCARD':
      return sameGivenName;
    case 'REGISTRATION':
      return sameGivenName && isEmployedThere;
  }
}

function addConflict(
  cases: CaseCollector,
  { method, candidates, sharedKey }: Extract<Verdict, { kind: 'conflict' }>,
): void {
  const [candidate, another] = candidates;
  if (candidate === undefined) return;
  const { staffId, accountId } = candidate;
  const held = method === 'SMARTCARD' ? 'UUID_IN_USE' : 'DUPLICATE_NI';
  const other = sharedKey.find((one) => one !== undefined);
  if (candidate.isClosed) {
    cases.add('CLOSED_ORGANISATION', { accountId }, candidates, 'ORGANISATION_CLOSED');
  } else if (another !== undefined) {
    cases.add(held, { accountId }, candidates, 'KEY_OF_SEVERAL_PEOPLE');
  } else if (other !== undefined) {
    cases.add(
      other.isUser ? held : 'SHARED_MAILBOX_AS_PERSON',
      { staffId },
      [candidate, other],
      'KEY_OF_SEVERAL_ACCOUNTS',
    );
  } else if (!candidate.sameName) {
    cases.add(
      candidate.sameGivenName ? 'NAME_CHANGE' : 'NI_MATCH_NAME_DIFFERS',
      { accountId },
      candidates,
      'NAME_DIFFERS',
    );
  } else if (candidate.against.length === 0 && !isEnough(candidate, method)) {
    cases.add('UNABLE_TO_MATCH', { accountId }, candidates, 'KEY_NOT_ENOUGH');
  } else addContradicted(cases, candidate);
}

/** The names agree, and a number does not. */
function addContradicted(cases: CaseCollector, candidate: Candidate): void {
  const { staffId, accountId, against, isClosed } = candidate;
  if (isClosed) {
    cases.add('CLOSED_ORGANISATION', { accountId }, [candidate], 'ORGANISATION_CLOSED');
  } else if (against.includes('SMARTCARD')) {
    cases.add('DIFFERENT_UUID', { staffId }, [candidate], 'SMARTCARD_DIFFERS');
  } else if (against.length > 0) {
    cases.add('NAME_MATCH_NI_DIFFERS', { staffId }, [candidate], 'NUMBER_DIFFERS');
  }
}

/** Whether a person who has an account elsewhere is the likeliest owner of one at another of their employers. */
function isSecondEmployers(
  candidate: Candidate,
  { placesOf }: Settled,
  ofAccount: ReadonlyMap<string, readonly Candidate[]>,
  margin: number,
): boolean {
  const { staffId, accountId, odsCode, bits } = candidate;
  return (
    candidate.isEmployedThere &&
    !candidate.isClosed &&
    candidate.against.length === 0 &&
    placesOf.get(staffId)?.includes(odsCode) === false &&
    (ofAccount.get(accountId) ?? []).every(
      (other) => other.staffId === staffId || other.bits <= bits - margin,
    )
  );
}

/** Who has an account that can be relied on, and whose accounts are. */
interface Settled {
  readonly ownerOf: Map<string, string>;
  /** Organisations of a person's accounts. */
  readonly placesOf: Map<string, (string | undefined)[]>;
}

function settledBy(standing: readonly StandingPair[]): Settled {
  const access = standing.filter(({ kind }) => kind === 'ACCESS');
  const placesOf = new Map<string, (string | undefined)[]>();
  for (const { staffId, odsCode } of access) {
    const places = placesOf.get(staffId);
    if (places === undefined) placesOf.set(staffId, [odsCode]);
    else places.push(odsCode);
  }
  return {
    ownerOf: new Map(access.map(({ accountId, staffId }) => [accountId, staffId])),
    placesOf,
  };
}

const asScored = ({ staffId, accountId, bits }: Candidate) => ({
  left: staffId,
  right: accountId,
  bits,
});

interface CaseCollector {
  /** Adds candidates to the case of a queue about a record. In whichever order, it becomes the same case. */
  readonly add: (
    queue: CaseQueue,
    about: { readonly staffId: string } | { readonly accountId: string },
    candidates: readonly Candidate[],
    because: string,
  ) => void;
  readonly all: () => readonly DecidedCase[];
}

function caseCollector(): CaseCollector {
  const found = new Map<string, OpenedCase>();
  return {
    add: (queue, about, candidates, because) => {
      if (candidates.length === 0) return;
      const key = JSON.stringify([queue, about]);
      const known = found.get(key) ?? { queue, about, because, candidates: new Map() };
      for (const candidate of candidates) known.candidates.set(pairKey(candidate), candidate);
      if (because < known.because) known.because = because;
      found.set(key, known);
    },
    all: () =>
      [...found]
        .toSorted(([a], [b]) => compareText(a, b))
        .flatMap(([, { queue, about, because, candidates }]) => {
          const sorted = [...candidates.values()].toSorted(bestFirst);
          const [best] = sorted;
          if (best === undefined) return [];
          const odsCode = 'staffId' in about ? best.employer : (best.odsCode ?? best.employer);
          return [{ queue, ...about, odsCode, because, candidates: sorted }];
        }),
  };
}

interface OpenedCase {
  readonly queue: CaseQueue;
  readonly about: { readonly staffId: string } | { readonly accountId: string };
  because: string;
  readonly candidates: Map<string, Candidate>;
}

const bestFirst = (a: Candidate, b: Candidate): number => b.bits - a.bits || comparePairs(a, b);

const comparePairs = (a: Pair, b: Pair): number =>
  compareText(a.staffId, b.staffId) || compareText(a.accountId, b.accountId);

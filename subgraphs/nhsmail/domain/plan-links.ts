/** What has to be written so that the ledger says what matching says, as far as matching may say it. */
import type { ProposedCase } from './cases.ts';
import {
  assuranceOf,
  currentPair,
  givesAccess,
  isDecided,
  type LinkStatement,
  type Pair,
  type ProposedLink,
} from './links.ts';

/** A statement that matching makes. */
export type MatchedStatement = Pick<
  LinkStatement,
  'staffId' | 'accountId' | 'odsCode' | 'state' | 'method' | 'assurance' | 'bits' | 'evidence'
> & {
  /** The statement that goes on under another organisation's name: its author stays. */
  readonly continues?: LinkStatement;
};

/** What to write: nothing is changed in place, a statement that is replaced stays as history. */
export interface LinkPlan {
  /** Ids of statements that hold no longer. */
  readonly superseded: readonly string[];
  readonly added: readonly MatchedStatement[];
  /** Proposals that contradict what must not be changed without a person. */
  readonly contradictions: readonly ProposedCase[];
  readonly linked: number;
  readonly ended: number;
  /** Proposals that say what is known already, or what a person has decided. */
  readonly unchanged: number;
}

/** A pair as a key of a map. Neither id has a space in it. */
export const pairKey = ({ staffId, accountId }: Pair): string => `${staffId} ${accountId}`;

/**
 * Plans what to write for proposals and for likely links that matching would no longer make.
 *
 * No link that gives access is ended or moved to another person without somebody deciding, and what somebody decided
 * stands: a proposal that contradicts it becomes a case. A likely link gives way to any other.
 *
 * @param standing the statements that hold about the accounts in question, ended ones too
 */
export function planLinks(
  {
    links,
    withdrawn,
  }: { readonly links: readonly ProposedLink[]; readonly withdrawn: readonly Pair[] },
  standing: readonly LinkStatement[],
): LinkPlan {
  const own = new Map(standing.map((statement) => [pairKey(statement), statement]));
  const byPair = byCurrentPair(standing);
  const byAccount = new Map(
    standing.flatMap((statement) =>
      statement.state === 'LINKED' ? [[statement.accountId, statement] as const] : [],
    ),
  );
  const superseded = new Set<string>();
  const added: MatchedStatement[] = [];
  const contradictions: ProposedCase[] = [];
  let linked = 0;
  let ended = 0;
  // One account, one person, whatever is proposed.
  const taken = new Set<string>();
  const end = (statement: LinkStatement): void => {
    superseded.add(statement.id);
    added.push({ ...contentOf(statement), state: 'ENDED' });
    ended += 1;
  };

  for (const proposal of links) {
    const same = byPair.get(pairKey(proposal));
    const holder = byAccount.get(proposal.accountId);
    if (
      same !== undefined &&
      (isDecided(same) || same.state === 'LINKED') &&
      !isOutgrown(same, proposal)
    ) {
      const content = same.state === 'LINKED' ? continued(same, proposal) : undefined;
      if (content === undefined) continue;
      superseded.add(same.id);
      added.push(content);
      if (!givesAccess(same) && givesAccess(content)) linked += 1;
    } else if (holder !== undefined && (givesAccess(holder) || isDecided(holder))) {
      const contradiction = contradicting(proposal, holder);
      if (contradiction !== undefined) contradictions.push(contradiction);
    } else if (!taken.has(proposal.accountId)) {
      if (holder !== undefined && !superseded.has(holder.id)) end(holder);
      taken.add(proposal.accountId);
      const before = own.get(pairKey(proposal));
      if (before !== undefined) superseded.add(before.id);
      added.push(stated(proposal));
      linked += 1;
    }
  }
  for (const pair of withdrawn) {
    const statement = byPair.get(pairKey(pair));
    if (statement?.state !== 'LINKED' || givesAccess(statement) || isDecided(statement)) continue;
    if (!superseded.has(statement.id)) end(statement);
  }
  const acted = added.filter(({ state }) => state === 'LINKED').length + contradictions.length;
  return {
    superseded: [...superseded],
    added,
    contradictions,
    linked,
    ended,
    unchanged: links.length - acted,
  };
}

/**
 * What holds about each pair, under the ids that people have now. A statement about an id that was joined counts unless
 * it has ended; a link counts before a rejected pair.
 */
function byCurrentPair(standing: readonly LinkStatement[]): ReadonlyMap<string, LinkStatement> {
  const rank = { ENDED: 0, REJECTED: 1, LINKED: 2 };
  return new Map(
    standing
      .filter(({ state, joinedTo }) => joinedTo === undefined || state !== 'ENDED')
      .toSorted((a, b) => rank[a.state] - rank[b.state])
      .map((statement) => [pairKey(currentPair(statement)), statement]),
  );
}

/** A likely link of an id that was joined gives way to a certain one of the id of now. */
const isOutgrown = (link: LinkStatement, proposal: ProposedLink): boolean =>
  link.staffId !== proposal.staffId &&
  !givesAccess(link) &&
  !isDecided(link) &&
  assuranceOf(proposal) === 'CERTAIN';

const stated = (proposal: ProposedLink): MatchedStatement => ({
  ...proposal,
  state: 'LINKED',
  assurance: assuranceOf(proposal),
});

/** What a link becomes when it is proposed again: certain where it was likely, and of the organisation of now. */
function continued(link: LinkStatement, proposal: ProposedLink): MatchedStatement | undefined {
  if (!givesAccess(link) && assuranceOf(proposal) === 'CERTAIN') return stated(proposal);
  if (link.odsCode === proposal.odsCode) return undefined;
  // The account moved to another organisation; the link goes with it as it is.
  return { ...contentOf(link), odsCode: proposal.odsCode, continues: link };
}

const contentOf = (statement: LinkStatement): MatchedStatement => ({
  staffId: statement.staffId,
  accountId: statement.accountId,
  odsCode: statement.odsCode,
  state: statement.state,
  method: statement.method,
  assurance: statement.assurance,
  ...(statement.bits === undefined ? {} : { bits: statement.bits }),
  evidence: statement.evidence,
});

/** Likeness says nothing against a link that gives access; another certain key does. */
function contradicting(proposal: ProposedLink, holder: LinkStatement): ProposedCase | undefined {
  const odsCode = proposal.odsCode ?? holder.odsCode;
  if (assuranceOf(proposal) === 'LIKELY') return undefined;
  const { staffId, accountId, bits, evidence } = proposal;
  const where = odsCode === undefined ? {} : { odsCode };
  const measured = bits === undefined ? {} : { bits };
  return {
    queue: proposal.method === 'SMARTCARD' ? 'UUID_IN_USE' : 'UNABLE_TO_MATCH',
    staffId,
    accountId,
    ...where,
    candidates: [
      {
        staffId,
        accountId,
        ...where,
        ...measured,
        evidence: [...evidence, { field: 'account', outcome: 'linked to another person' }],
      },
      {
        staffId: holder.staffId,
        accountId,
        ...where,
        ...(holder.bits === undefined ? {} : { bits: holder.bits }),
        evidence: holder.evidence,
      },
    ],
    because: 'LINKED_TO_ANOTHER_PERSON',
  };
}

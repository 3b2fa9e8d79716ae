/** How a link was found. */
export type LinkMethod = 'EMPLOYEE_NUMBER' | 'ESR_EMAIL' | 'MANUAL';

/** Where a link stands: taken for true, or waiting for a person to decide. */
export type LinkState = 'LINKED' | 'REVIEW';

/** One compared field and what came of it, in words without personal data. */
export interface LinkEvidence {
  readonly field: string;
  readonly outcome: string;
}

/** What matching says about one person and one account. */
export interface ProposedLink {
  readonly staffId: string;
  readonly accountId: string;
  /** The account's organisation. */
  readonly odsCode: string | undefined;
  readonly method: LinkMethod;
  readonly state: LinkState;
  readonly evidence: readonly LinkEvidence[];
}

/** A link that is kept. */
export interface IdentityLink extends ProposedLink {
  readonly id: string;
  readonly linkedAt: Date;
}

/** What to write: nothing is changed in place, a link that is replaced stays as history. */
export interface LinkChanges {
  /** Ids of links that are no longer current. */
  readonly superseded: readonly string[];
  readonly added: readonly ProposedLink[];
  /** Proposals that say what is known already, or what must not be changed without a person. */
  readonly unchanged: number;
}

/**
 * What has to be written so that the store says what matching says.
 *
 * No link is ended or moved to another person without somebody deciding: a proposal that contradicts a link becomes a
 * case for review beside it, and an account or person that is no longer there changes nothing.
 */
export function planLinks(
  proposals: readonly ProposedLink[],
  current: readonly IdentityLink[],
): LinkChanges {
  const byAccount = Map.groupBy(current, ({ accountId }) => accountId);
  const superseded = new Set<string>();
  const added: ProposedLink[] = [];
  for (const proposal of proposals) {
    const known = byAccount.get(proposal.accountId) ?? [];
    const linked = known.find(({ state }) => state === 'LINKED');
    const same = known.find(({ staffId }) => staffId === proposal.staffId);
    if (same !== undefined && (same.state === 'LINKED' || same.state === proposal.state)) {
      if (same.odsCode === proposal.odsCode) continue;
      // The account moved to another organisation; the link goes with it as it is.
      superseded.add(same.id);
      const { staffId, accountId, method, state, evidence } = same;
      added.push({ staffId, accountId, odsCode: proposal.odsCode, method, state, evidence });
    } else if (linked !== undefined) {
      if (same === undefined) added.push(contradicting(proposal));
    } else {
      if (proposal.state === 'LINKED') for (const { id } of known) superseded.add(id);
      added.push(proposal);
    }
  }
  return { superseded: [...superseded], added, unchanged: proposals.length - added.length };
}

const contradicting = (proposal: ProposedLink): ProposedLink => ({
  ...proposal,
  state: 'REVIEW',
  evidence: [...proposal.evidence, { field: 'account', outcome: 'linked to another person' }],
});

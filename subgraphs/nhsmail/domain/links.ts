/** Links between people and accounts: what matching proposes, what people decide, what is in force. */

/** How a link was found. `SCORE` is by likeness alone. */
export type LinkMethod =
  | 'EMPLOYEE_NUMBER'
  | 'ESR_EMAIL'
  | 'SMARTCARD'
  | 'REGISTRATION'
  | 'SCORE'
  | 'MANUAL';

/**
 * How far a link can be relied on. `CERTAIN`: by a key that both sides hold. `CONFIRMED`: a person decided.
 * `LIKELY`: by score alone; it is shown, and gives neither sign-in nor passport.
 */
export type LinkAssurance = 'CERTAIN' | 'CONFIRMED' | 'LIKELY';

/**
 * What a statement of the ledger says about a pair: they belong together, a person decided that they do not, or nothing
 * holds between them any more and matching may say something new.
 */
export type StatementState = 'LINKED' | 'REJECTED' | 'ENDED';

/** One compared field and what came of it, in words without personal data. */
export interface LinkEvidence {
  readonly field: string;
  readonly outcome: string;
  /** Weight for (positive) or against (negative), as a logarithm to the base of 2. */
  readonly bits?: number;
}

/** A person and an account. */
export interface Pair {
  readonly staffId: string;
  readonly accountId: string;
}

/** A link that matching makes by itself. */
export interface ProposedLink extends Pair {
  /** The account's organisation. */
  readonly odsCode: string | undefined;
  /** `SCORE` makes a likely link; all others a certain one. */
  readonly method: Exclude<LinkMethod, 'MANUAL'>;
  /** Posterior log odds to the base of 2, where the pair was scored. */
  readonly bits?: number;
  readonly evidence: readonly LinkEvidence[];
}

/** Who stands behind a statement. */
export type StatementAuthor =
  | {
      readonly kind: 'MATCHING';
      readonly ruleSet: number | undefined;
      readonly run: string | undefined;
    }
  | {
      readonly kind: 'PERSON';
      /** The person's id in the graph. */
      readonly staffId: string;
      /** The organisation that they acted for. */
      readonly odsCode: string;
    };

/** One statement of the ledger about one pair. It holds until the next one about the same pair. */
export interface LinkStatement extends Pair {
  readonly id: string;
  /** The account's organisation when it was written. */
  readonly odsCode: string | undefined;
  readonly state: StatementState;
  readonly method: LinkMethod;
  readonly assurance: LinkAssurance;
  readonly bits?: number;
  readonly evidence: readonly LinkEvidence[];
  readonly author: StatementAuthor;
  /** Why, in the words of the person who decided. */
  readonly reason?: string;
  /** The id that the person has now, where ids were joined since. */
  readonly joinedTo?: string;
  /**
   * A certain key leads from the account to somebody else as well, and nobody has decided yet. Known of links that are
   * read to be acted on (`LinkLedger.findByStaff`, `findByAccounts`).
   */
  readonly isContradicted?: boolean;
  readonly validFrom: Date;
  /** `undefined` while it holds. */
  readonly validTo?: Date;
}

/** The pair that a statement is about, under the id that the person has now. */
export const currentPair = ({
  staffId,
  accountId,
  joinedTo,
}: Pick<LinkStatement, 'staffId' | 'accountId' | 'joinedTo'>): Pair => ({
  staffId: joinedTo ?? staffId,
  accountId,
});

/** How far a proposal can be relied on. */
export const assuranceOf = ({ method }: Pick<ProposedLink, 'method'>): LinkAssurance =>
  method === 'SCORE' ? 'LIKELY' : 'CERTAIN';

/** Whether a statement lets the person sign in with the account and hold a passport. A score alone never does. */
export const givesAccess = ({
  state,
  assurance,
}: Pick<LinkStatement, 'state' | 'assurance'>): boolean =>
  state === 'LINKED' && assurance !== 'LIKELY';

/**
 * Whether somebody may act on it now: sign in, or be offered a credential. A link by keys waits while another certain key
 * contradicts it; one that a person confirmed does not.
 */
export const isReliedOn = (
  statement: Pick<LinkStatement, 'state' | 'assurance' | 'isContradicted'>,
): boolean =>
  givesAccess(statement) &&
  (statement.assurance === 'CONFIRMED' || statement.isContradicted !== true);

/** Whether a person has decided about this pair. Matching leaves it alone. */
export const isDecided = ({ author, state }: Pick<LinkStatement, 'author' | 'state'>): boolean =>
  author.kind === 'PERSON' && state !== 'ENDED';

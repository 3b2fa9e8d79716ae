import type { StandingPair } from './decide-matches.ts';
import { currentPair, givesAccess, type LinkStatement } from './links.ts';

/** What a statement that holds means for deciding about the person, whose ids may have been joined since. */
export const standingPair = (statement: LinkStatement): StandingPair => ({
  ...currentPair(statement),
  odsCode: statement.odsCode,
  kind: statement.state === 'REJECTED' ? 'REJECTED' : givesAccess(statement) ? 'ACCESS' : 'LIKELY',
});

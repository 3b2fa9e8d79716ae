import type { StandingPair } from './decide-matches.ts';
import { givesAccess, type LinkStatement } from './links.ts';

/** What a statement that holds means for deciding. */
export const standingPair = (statement: LinkStatement): StandingPair => ({
  staffId: statement.staffId,
  accountId: statement.accountId,
  odsCode: statement.odsCode,
  kind: statement.state === 'REJECTED' ? 'REJECTED' : givesAccess(statement) ? 'ACCESS' : 'LIKELY',
});

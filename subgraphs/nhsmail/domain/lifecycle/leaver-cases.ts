import type { CaseBook } from '../link-ledger.ts';
import type { ProposedCase } from '../cases.ts';
import type { Finding } from './finding.ts';
import type { LeaverCases } from './ports.ts';

/** A leaver whose account is active is a case too: the account may not be theirs at all, and then a person says so. */
export const leaverCases = (book: Pick<CaseBook, 'reconcile'>): LeaverCases => ({
  reconcile: async (scope, leavers, at) => {
    await book.reconcile(
      {
        source: 'LIFECYCLE',
        covered:
          scope.kind === 'everything'
            ? scope
            : {
                kind: 'records',
                staffIds: new Set(scope.staffIds),
                accountIds: new Set(scope.accountIds),
              },
        cases: leavers.flatMap(caseOf),
      },
      at,
    );
  },
});

function caseOf({ odsCode, staffId, accountId }: Finding): readonly ProposedCase[] {
  if (staffId === undefined || accountId === undefined) return [];
  const evidence = [
    { field: 'employment', outcome: 'ended' },
    { field: 'account', outcome: 'active' },
  ];
  return [
    {
      queue: 'LEAVER_STILL_ACTIVE',
      staffId,
      accountId,
      odsCode,
      candidates: [{ staffId, accountId, odsCode, evidence }],
      because: 'EMPLOYMENT_ENDED',
    },
  ];
}

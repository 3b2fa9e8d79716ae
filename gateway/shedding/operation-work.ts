/** What kind of work an operation is, by its root fields: for when there is too much to do. */
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

import { leastOf, type Work } from '../../runtime/load.ts';

/** Root fields that are not the reading of one record. */
const WORK_OF: Readonly<Record<string, Work>> = {
  // Long lists.
  staffMembers: 'bulk',
  transfers: 'bulk',
  matchingCases: 'bulk',
  matchingLikelyLinks: 'bulk',
  directoryAccounts: 'bulk',
  directoryEvents: 'bulk',
  staffEvents: 'bulk',
  placementEvents: 'bulk',
  passportHolders: 'bulk',
  credentialHoldersChanged: 'bulk',
  signals: 'bulk',
  verifiedRecordExportStart: 'bulk',
  checkPolicyDryRun: 'bulk',
  // An organisation's people hang below it.
  organisation: 'bulk',
  staffSearch: 'search',
  credentialOffer: 'issue',
  credentialOfferEnd: 'issue',
  passportReoffer: 'issue',
  credentialIssue: 'issue',
  presentation: 'verify',
  presentationReceipt: 'verify',
  presentationRequest: 'verify',
  presentationListRequest: 'bulk',
  presentationVerify: 'verify',
  presentationRefuse: 'verify',
  sharingConsent: 'verify',
  credentialSuspend: 'revoke',
  credentialRevoke: 'revoke',
  passportPause: 'revoke',
  passportStopRequest: 'revoke',
  passportStopApprove: 'revoke',
  passportEarlierEnd: 'revoke',
  identityLinkEnd: 'revoke',
};

/** Fields whose work is that of reading one record. */
const USUAL: Work = 'read';

/** Longest document looked at, in fragments and root fields: past it, it is bulk. */
const MOST_FIELDS = 50;

/**
 * The kind of a whole document: that of the root field that is let go first, in any of its operations, so nothing is carried
 * along by something more important.
 */
export function operationWork(document: DocumentNode): Work {
  const fields: string[] = [];
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (fields.length > MOST_FIELDS) return;
      if (selection.kind === Kind.FIELD) fields.push(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      // What is behind a name counts as the least of all: documents that matter can do without.
      else fields.push(SPREAD);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  }
  if (fields.length > MOST_FIELDS || fields.includes(SPREAD)) return 'bulk';
  return leastOf(fields.map((name) => WORK_OF[name] ?? USUAL)) ?? USUAL;
}

const SPREAD = '...';

/** Root fields that have a kind of their own, for a test that there are such fields. */
export const FIELDS_WITH_WORK = Object.keys(WORK_OF);

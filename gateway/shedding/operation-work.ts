/** What kind of work an operation is, by its root fields: for when there is too much to do. */
import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';

import { leastOf, type Work } from '../../runtime/load.ts';

/** Root fields that are not the reading of one record. One that has pages is named here, whatever it is. */
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
  signalsAfter: 'bulk',
  presentationRequests: 'bulk',
  auditEvents: 'bulk',
  flaggedAccess: 'bulk',
  passportStops: 'bulk',
  registryChanges: 'bulk',
  registeredOrganisations: 'bulk',
  staffImports: 'bulk',
  deletionRequests: 'bulk',
  sharingAgreements: 'bulk',
  checkPolicies: 'bulk',
  verifiedRecordExportStart: 'bulk',
  checkPolicyDryRun: 'bulk',
  // An organisation's people hang below it.
  organisation: 'bulk',
  staffSearch: 'search',
  credentialOffer: 'issue',
  credentialOfferEnd: 'issue',
  passportReoffer: 'issue',
  credentialIssue: 'issue',
  credentialNote: 'issue',
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
  issuerKeyTurnOff: 'revoke',
};

/** Fields whose work is that of reading one record. */
const USUAL: Work = 'read';
/** How much of a list is asked for: a graph that is taken up later may have lists that are not named here. */
const PAGE_LENGTH = 'first';

/** Longest document looked at, in fragments and root fields: past it, it is bulk. */
const MOST_FIELDS = 50;

/**
 * The kind of a whole document: that of the root field that is let go first, in any of its operations, so nothing is carried
 * along by something more important.
 */
export function operationWork(document: DocumentNode): Work {
  const works: Work[] = [];
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (works.length > MOST_FIELDS) return;
      if (selection.kind === Kind.FIELD) works.push(workOf(selection));
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      // What is behind a name counts as the least of all: documents that matter can do without.
      else works.push('bulk');
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  }
  if (works.length > MOST_FIELDS) return 'bulk';
  return leastOf(works) ?? USUAL;
}

function workOf({ name, arguments: given = [] }: FieldNode): Work {
  const isPage = given.some((argument) => argument.name.value === PAGE_LENGTH);
  return WORK_OF[name.value] ?? (isPage ? 'bulk' : USUAL);
}

/** Root fields that have a kind of their own, for a test that there are such fields. */
export const FIELDS_WITH_WORK = Object.keys(WORK_OF);

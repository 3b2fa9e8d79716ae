/** What a person reads before they approve a transaction: all of it, in words where there are words. */
import type { Transaction } from '../../standards/transaction.ts';
import { isJsonObject } from '../../standards/strict-json.ts';

/** Operations that can be approved, each as the heading of the page. What cannot be explained cannot be approved. */
const HEADINGS: Readonly<Record<string, string>> = {
  'Mutation.agreementAccept': 'Accept an agreement on sharing staff',
  'Mutation.agreementEnd': 'End an agreement on sharing staff, or turn one down',
  'Mutation.agreementPropose': 'Propose an agreement on sharing staff',
  'Mutation.checkPolicyActivate': 'Put a policy for employment checks in force',
  'Mutation.checkPolicyDraft': 'Write a policy for employment checks',
  'Mutation.credentialOffer': 'Offer credentials to a member of staff',
  'Mutation.credentialReinstate': 'End the pause of a credential',
  'Mutation.credentialRevoke': 'Stop a credential for good',
  'Mutation.employmentCheckBypass': 'Go on without an employment check',
  'Mutation.identityLinkConfirm': 'Say that a likely mailbox is this person’s',
  'Mutation.identityLinkEnd': 'Say that a mailbox is not this person’s',
  'Mutation.identityLinkMove': 'Say that a mailbox is another person’s',
  'Mutation.issuerKeyRotate': 'Publish a new signing key, which takes over in ten minutes',
  'Mutation.issuerKeyTurnOff': 'Turn a signing key off for good',
  'Mutation.matchingCaseApprove': 'Approve what a colleague decided about a mailbox',
  'Mutation.matchingCaseUndo': 'Take back what was decided about a mailbox',
  'Mutation.matchingCasesDecide': 'Decide about several mailboxes at once',
  'Mutation.passportReoffer': 'Put your staff passport on another device or in another wallet',
  'Mutation.passportStopApprove': 'Stop what a colleague asked to have stopped',
  'Mutation.passportStopRequest': 'Ask for a staff passport to be stopped for good',
  'Mutation.passportStopReview': 'Say whether a colleague was right to stop something at once',
  'Mutation.registryChangeApprove': 'Approve a change of the register that a colleague asked for',
  'Mutation.registryChangePropose': 'Ask for a change of the register of organisations',
  'Mutation.sharingConsent': 'Share a part of your staff passport',
  'Mutation.signalReceiverEnd': 'Stop pushing signals to an address',
  'Mutation.signalReceiverRegister': 'Push signals to an address',
  'Mutation.signalReceiverReplay': 'Push signals to an address again',
  'Mutation.signalReceiverSecretChange':
    'Change the secret that signs what is pushed to an address',
  'Mutation.staffEventHoldApprove': 'Say that stopping the credentials of many people is right',
  'Mutation.staffImportConfirmAbsences': 'Say that people who are missing from a file have left',
  'Mutation.transferDecide': 'Say whose record is asked for',
  'Mutation.verifiedRecordExportStart': 'Export everybody’s record of your organisation',
  'StaffMember.birthDate': 'See a date of birth',
  'StaffMember.niNumberMasked': 'See a part of a National Insurance number',
  'POST /administration/clients': 'Let an HR system in, or change what it may do',
  'POST /administration/recoveries': 'Ask for a person to get a new way to sign in',
  'POST /administration/recoveries/:id/approve': 'Let a person set up a new way to sign in',
  'POST /administration/role-grants': 'Ask for a role for a person',
  'POST /administration/role-grants/:id/approve': 'Give a role that somebody else asked for',
};

/** Words for names of arguments; others are spelled out. */
const LABELS: Readonly<Record<string, string>> = {
  idempotencyKey: 'Reference',
  staffId: 'Member of staff',
  credentialId: 'Credential',
  policyId: 'Policy',
  holdId: 'What waits',
  presentationId: 'Request',
  keyId: 'Key',
  inForce: 'Credentials that depend on it',
  changeId: 'Change',
  requester: 'Who asks',
  types: 'What you share',
  receiverId: 'Receiver',
  since: 'Only what changed since',
  url: 'Address',
  odsCode: 'Organisation',
  caseId: 'Case',
  stopId: 'What is stopped',
  note: 'Note for the record',
  urgent: 'At once, and reviewed afterwards',
  outcome: 'What you say',
  linkId: 'Link',
  toStaffId: 'The mailbox is of',
  mail: 'NHSmail address',
};

/** Most lines on a page. More cannot be read, so it cannot be approved. */
const MAX_LINES = 100;
/** Longest value of a line, in characters. */
const MAX_VALUE = 1_000;

/** A transaction in words. */
export interface TransactionWords {
  readonly heading: string;
  /** Every argument: what it is called, and its value. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
}

/** The words of a transaction; `undefined` when there are none, or too many to be read. */
export function transactionWords(transaction: Transaction): TransactionWords | undefined {
  const heading = Object.hasOwn(HEADINGS, transaction.operation)
    ? HEADINGS[transaction.operation]
    : undefined;
  if (heading === undefined) return undefined;
  const lines = linesOf(transaction.arguments, []);
  const readable =
    lines.length <= MAX_LINES && lines.every(({ value }) => value.length <= MAX_VALUE);
  return readable ? { heading, lines } : undefined;
}

function linesOf(value: unknown, path: readonly string[]): TransactionWords['lines'] {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'string')
      ? [{ label: labelOf(path), value: value.map(plain).join(', ') }]
      : value.flatMap((item, index) => linesOf(item, [...path, String(index + 1)]));
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([name, member]) => linesOf(member, [...path, name]));
  }
  return [{ label: labelOf(path), value: plain(value) }];
}

/** The path without the names that only wrap, e.g. `Attestations 1 claims outcome`. */
function labelOf(path: readonly string[]): string {
  const told = path.filter((name, index) => index > 0 && name !== 'input' && name !== 'by');
  const last = told.at(-1) ?? path.at(-1) ?? '';
  if (told.length === 1 && Object.hasOwn(LABELS, last)) return LABELS[last] ?? last;
  const words = (told.length === 0 ? [last] : told)
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** `CREDENTIAL_PROVIDED_IN_ERROR` reads `Credential provided in error`. */
function plain(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (!/^[A-Z]+(?:_[A-Z]+)+$/.test(value)) return value;
  const words = value.replaceAll('_', ' ').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Words of the share history. */

/** The list. */
export const HISTORY = {
  title: 'Share history',
  empty: 'You have not shared your passport yet.',
  older: 'Older',
  details: 'Details',
  when: 'When',
  items: 'Items',
  nothing: 'Nothing',
} as const;

/** States as a person reads them. */
export const SHARING_STATE: Readonly<Record<string, string>> = {
  ASKED: 'Waiting for you',
  SHARED: 'They have looked',
  REFUSED: 'You refused',
  EXPIRED: 'Not answered',
  FAILED: 'Failed',
  DELETED: 'Deleted',
};

/** One request. */
export const SHARED = {
  who: 'Who asked',
  why: 'Why',
  asked: 'Asked',
  answered: 'Answered',
  state: 'State',
  items: 'What you shared',
  kept: 'They keep it until',
  askDelete: 'Ask them to delete it',
  askDeleteText: 'They have 28 days to answer. They may have to keep it, and then they say why.',
  deletionAsked: 'You asked them to delete it. They answer by',
  deleted: 'They have deleted it.',
  keptBecause: 'They have to keep it:',
  report: 'Report this request',
  reportWhy: 'Why do you report it?',
  reportMissing: 'Select why you report it',
  reported: 'You reported this request.',
  refuse: 'Do not share',
  answer: 'Look at the request',
  askedNotice: 'They have been asked to delete it',
  reportedNotice: 'Thank you. We have the report',
  refusedNotice: 'You did not share anything. They have been told',
  tooLate: 'It is too late for that. Look at how it stands now',
} as const;

/** Why somebody reports a request, by its code. */
export const REPORT_REASONS = {
  NOT_EXPECTED: 'I do not know why they ask',
  TOO_MUCH: 'They ask for more than they need',
  NOT_WHO_THEY_SAY: 'They are not who they say they are',
  PRESSED: 'I was pressed to share',
} as const;

/** Why something is kept, by its code. */
export const KEPT_REASONS: Readonly<Record<string, string>> = {
  LEGAL_OBLIGATION: 'a law obliges them to',
  LEGAL_CLAIM: 'they need it for a legal claim',
  PUBLIC_HEALTH: 'it is needed for public health',
};

/** What each code means and what to do about it. The codes themselves come from the one list and from the schema. */
import type { PUBLIC_CODES, REQUEST_ERRORS } from '../../../runtime/graphql-error-codes.ts';

/** What a code means, and what whoever gets it should do. */
interface ErrorWords {
  readonly means: string;
  readonly todo: string;
}

/** Codes of `errors[].extensions.code`. */
export const GRAPH_ERROR_WORDS: Readonly<
  Record<keyof typeof PUBLIC_CODES | keyof typeof REQUEST_ERRORS, ErrorWords>
> = {
  UNAUTHENTICATED: {
    means: 'There is no access token, or it has ended, was taken back or is for another resource.',
    todo: 'Get a new token for the resource of the graph and ask again.',
  },
  FORBIDDEN: {
    means: 'The token lacks a scope, or what you asked for is not yours to do.',
    todo: 'Look up the scopes of the operation in the reference. Asking again does not help.',
  },
  INSUFFICIENT_USER_AUTHENTICATION: {
    means: 'A person has to confirm exactly this with their passkey.',
    todo: 'Send the person to sign in with the transaction that the error carries, then ask again with the new token.',
  },
  PURPOSE_REQUIRED: {
    means:
      'You read the record of a person and did not say what for, or named a purpose you may not have.',
    todo: 'Send the header Lanyard-Purpose with one of the codes.',
  },
  INVALID_VALUE: {
    means: 'A value is not allowed: a page is too long, a date is none, a list has too much.',
    todo: 'Correct the value. The path says where it is.',
  },
  SERVICE_UNAVAILABLE: {
    means:
      'A source did not answer in time, or there is too much to do. What it would have answered is null.',
    todo: 'Ask again after a second, or after what Retry-After says. Use what did come.',
  },
  TOO_MANY_REQUESTS: {
    means: 'You asked more often than you may.',
    todo: 'Wait as long as Retry-After says. RateLimit tells you before it happens.',
  },
  BAD_REQUEST: {
    means: 'The body is not a GraphQL request in JSON, or the method or media type is another.',
    todo: 'Send POST with content-type application/json and a query as text.',
  },
  GRAPHQL_PARSE_FAILED: {
    means: 'The operation is not GraphQL.',
    todo: 'Correct its syntax. Outside production the message says where it breaks.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    means: 'The operation does not fit the schema, or is larger than it may be.',
    todo: 'Check it against the schema and the limits.',
  },
  OPERATION_TOO_COMPLEX: {
    means: 'It would take too long to plan.',
    todo: 'Ask in two operations.',
  },
  COST_EXCEEDED: {
    means: 'Its estimated cost is above what you may ask at once.',
    todo: 'Ask for shorter pages or fewer fields. extensions.cost says how far it is over.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    means: 'The document has no operation of that name, or several and you named none.',
    todo: 'Send operationName.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    means: 'The hash you sent is of an operation that is not known yet.',
    todo: 'Send the hash and the text once.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    means: 'Hashes of operations are not taken here.',
    todo: 'Send the text.',
  },
  TRUSTED_DOCUMENT_REQUIRED: {
    means: 'Your client may only ask operations that were registered for it.',
    todo: 'Have the operation registered, and ask by its id.',
  },
  NOT_FOUND: {
    means: 'It is not there, or you may not see it: the two look alike on purpose.',
    todo: 'Check the id and whose it is. Asking again does not help.',
  },
  LINK_EXPIRED: {
    means: 'A link to a file was only good for a while.',
    todo: 'Ask for a new link.',
  },
  INTERNAL_SERVER_ERROR: {
    means: 'Something went wrong that nobody foresaw.',
    todo: 'Ask once more. If it stays, tell us the request id.',
  },
};

/** Where the codes of each enum turn up, by the enum. */
export const ERROR_ENUMS: Readonly<Record<string, string>> = {
  ErrorCode: 'errors of changes to passports',
  TransferErrorCode: 'errors of changes to transfers',
  VerifiedRecordExportErrorCode: 'errors of exports',
  MatchingCaseErrorCode: 'errors of changes to record matches',
  StaffImportErrorCode: 'errors of imports that are taken again',
};

/** Codes that mutations answer with as data. */
export const MUTATION_ERROR_WORDS: Readonly<Record<string, ErrorWords>> = {
  INVALID_VALUE: {
    means: 'A value in the input is not allowed.',
    todo: 'Correct the field that path names.',
  },
  NOT_FOUND: {
    means: 'What the input names is not there, or is not yours.',
    todo: 'Check the id.',
  },
  NOT_ELIGIBLE: {
    means: 'The record does not support it for this person.',
    todo: 'Correct the record at its source first.',
  },
  ALREADY_FINISHED: {
    means: 'It is finished: there is nothing to go on with.',
    todo: 'Read what came of it.',
  },
  ABSENCES_CHANGED: {
    means: 'Not so many people are missing from the file as were seen.',
    todo: 'Read absencesWaiting again, and confirm that number if it is right.',
  },
  FILE_NOT_FOUND: {
    means: 'The file is not where it was.',
    todo: 'Have it put back, or wait for the next one.',
  },
  FILE_REFUSED: {
    means: 'The file was refused again, before an import of it began.',
    todo: 'Read why at the import, and ask whoever sends it for another.',
  },
  ALREADY_ANSWERED: {
    means: 'It was answered before.',
    todo: 'Read what came of it.',
  },
  EXPIRED: {
    means: 'It was left too long.',
    todo: 'Begin again with a new request.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    means: 'The key was used within 24 hours with other input.',
    todo: 'Use a new UUID for each change, and the same one only to repeat it.',
  },
  RESOURCE_VERSION_MISMATCH: {
    means: 'Somebody changed it since you read it.',
    todo: 'Read it again, look, and send the new version.',
  },
  STATUS_CHANGE_NOT_ALLOWED: {
    means: 'A credential in its state cannot go there. What is stopped stays stopped.',
    todo: 'Read its state. Offer a new one if it was stopped.',
  },
  ISSUING_STOPPED: {
    means: 'Nobody can issue for now.',
    todo: 'Wait for the notice that issuing goes on.',
  },
  NOT_ACCREDITED: {
    means: 'Your organisation may not issue this type.',
    todo: 'Ask the operator to be accredited for it.',
  },
  NO_AGREEMENT: {
    means: 'There is no sharing agreement in force for the placement.',
    todo: 'Propose one with agreementPropose.',
  },
  UNCHANGED: {
    means: 'A new credential would say what the old one says.',
    todo: 'Nothing: the old one stands.',
  },
  NOT_READY: {
    means: 'The record does not say enough yet. The offer waits.',
    todo: 'Nothing: the person is told when it is ready.',
  },
  SECOND_PERSON_REQUIRED: {
    means: 'Whoever began it cannot decide it.',
    todo: 'Have a colleague do it.',
  },
  TOO_MANY: {
    means: 'There are too many of it already.',
    todo: 'Wait until earlier ones are finished or erased.',
  },
  ALREADY_RUNNING: {
    means: 'An export of your organisation is still being made.',
    todo: 'Wait for it and read its state.',
  },
  NOT_AVAILABLE: {
    means: 'This is not set up here.',
    todo: 'Ask the operator.',
  },
  STATE_CHANGE_NOT_ALLOWED: {
    means: 'The case is in a state where that cannot be done.',
    todo: 'Read the case again.',
  },
  OWN_RECORD: {
    means: 'It is about your own record.',
    todo: 'Have a colleague decide.',
  },
  OTHER_ORGANISATION: {
    means: 'Another organisation has to decide it.',
    todo: 'Hand the case over with matchingCaseHandOver.',
  },
  CHANGED_SINCE: {
    means: 'The records it was about have changed.',
    todo: 'Read the case again and decide anew.',
  },
  TOO_LATE: {
    means: 'It could be taken back for 30 days, and they are over.',
    todo: 'Correct it with a new decision.',
  },
};

/** The page. */
export const ERRORS = {
  title: 'Error codes',
  lede: 'Go by the code. Messages are for people and may be worded anew; codes are never renamed, and new ones may be added.',
  hint: 'Part of a code or of what it means, for example purpose',
  caption: 'Codes',
  count: (shown: number, all: number): string =>
    shown === all ? `${String(all)} codes` : `${String(shown)} of ${String(all)} codes`,
  code: 'Code',
  means: 'What it means',
  todo: 'What to do',
  where: 'Where',
  graph: 'errors of the whole answer',
} as const;

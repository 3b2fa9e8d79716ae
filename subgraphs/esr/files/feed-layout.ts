/**
 * Feeds of our own beside GO2, which carries neither registrations nor training, qualifications or placements. CSV (RFC 4180) in UTF-8 without line
 * breaks inside a value: the header row below, one row a record, and last `TRL,<number of rows, header and trailer included>`.
 * A feed is of one organisation. Dates are `YYYY-MM-DD`, times RFC 3339.
 */

/** Columns of the registrations feed. Status: one of `REGISTRATION_STATUSES`; Active and Expired are read too. */
export const REGISTRATION_FEED = [
  'odsCode',
  'employeeNumber',
  'body',
  'registrationNumber',
  'status',
  'registrationType',
  'firstRegistered',
  'expiresOn',
  'lastCheckedAt',
] as const;

/** Columns of the training feed. `expiresOn` may be empty: the renewal period in the name then decides. */
export const TRAINING_FEED = [
  'odsCode',
  'employeeNumber',
  'competence',
  'awardedOn',
  'expiresOn',
] as const;

/**
 * Columns of the qualifications feed. Status: HELD, or WITHDRAWN for one that was taken back or entered by mistake. `country` is
 * ISO 3166-1, two letters; `checkedOn` is the day on which the organisation saw the proof.
 */
export const QUALIFICATION_FEED = [
  'odsCode',
  'employeeNumber',
  'qualification',
  'level',
  'subject',
  'institution',
  'country',
  'awardedOn',
  'checkedOn',
  'status',
] as const;

/**
 * Columns of the feed of training placements, which a lead employer gets from the training record. Status: CURRENT, or
 * WITHDRAWN for one that the training record has taken back. What was updated earlier than what is known changes nothing.
 */
export const PLACEMENT_FEED = [
  'odsCode',
  'employeeNumber',
  'reference',
  'nationalPostNumber',
  'specialty',
  'grade',
  'hostOdsCode',
  'site',
  'startDate',
  'endDate',
  'status',
  'updatedAt',
] as const;

/** Columns of the list of organisations, which has no trailer. */
export const ORGANISATION_LIST = ['odsCode', 'name', 'type', 'status', 'vpd'] as const;

/** The same with what became of them. A list without these columns leaves what is held of them. */
export const ORGANISATION_LIST_WITH_HISTORY = [
  ...ORGANISATION_LIST,
  'successor',
  'openedOn',
  'closedOn',
] as const;

/** First column of the last row, in a GO2 file too: then follows the number of rows, header and trailer included. */
export const TRAILER = 'TRL';

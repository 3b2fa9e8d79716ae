/**
 * The National Insurance number: it is for matching records, and never part of a credential.
 *
 * Source: HMRC, National Insurance Manual NIM39110 (two letters, six digits, a letter from A to D).
 */

/** Any prefix of two letters counts: prefixes that are not given out stand for real ones in data made up for tests. */
const NI_NUMBER = /(?<![A-Z0-9])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Z0-9])/i;

/** Tells whether a text holds something in the form of a National Insurance number. */
export const holdsNiNumber = (text: string): boolean => NI_NUMBER.test(text);

/**
 * The NHS number: it names patients, so nothing about a member of staff may carry one.
 *
 * Source: NHS Data Dictionary, NHS NUMBER (ten digits, the last one a modulus 11 check digit).
 */

/** Ten digits standing alone, as people write them: together, or in groups of 3, 3 and 4. */
const TEN_DIGITS = /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g;

/** Tells whether a text holds ten digits that could be an NHS number. One in eleven random numbers could. */
export function holdsNhsNumber(text: string): boolean {
  return (text.match(TEN_DIGITS) ?? []).some(passesCheckDigit);
}

function passesCheckDigit(written: string): boolean {
  const digits = Array.from(written.replace(/\D/g, ''), Number);
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0);
  // A check digit of 10 is never given out; 11 is written as 0.
  return (11 - (sum % 11)) % 11 === digits[9];
}

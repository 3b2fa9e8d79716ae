/** What may be shown of a value that broke a rule: enough to find and mend it, not enough to learn it. */

const SHOWN = 40;

/**
 * Hides a value: `Ha*******`, `########`, `**######*`. Digits become `#`. Letters become `*` but for the first two of a longer
 * word, and every one when there are digits, which may then be a date or an identifier. Spaces and punctuation stay.
 */
export function maskValue(value: string): string {
  const hidden = /\p{N}/u.test(value)
    ? value.replaceAll(/\p{N}/gu, '#').replaceAll(/[\p{L}\p{M}]/gu, '*')
    : hideLetters(value);
  return hidden.length > SHOWN ? `${hidden.slice(0, SHOWN)}…` : hidden;
}

/** Two letters of six or more, one of three or more, none of fewer. */
function hideLetters(value: string): string {
  const letters = value.match(/\p{L}/gu)?.length ?? 0;
  let shown = Math.min(2, Math.floor(letters / 3));
  return value.replaceAll(/[\p{L}\p{M}]/gu, (letter) => {
    shown -= 1;
    return shown >= 0 ? letter : '*';
  });
}

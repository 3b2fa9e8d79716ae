/** Addresses in the demonstration's mail domain, which is reserved (RFC 2606, section 2). */

const DOMAIN = 'nhsmail.example';

/** `given.family@nhsmail.example`, in plain letters; the second of a name gets a 2. */
export const mailOf = (given: string, family: string, ordinal: number): string =>
  `${localPart(given, family)}${ordinal === 1 ? '' : String(ordinal)}@${DOMAIN}`;

/** Gives each who asks the number that makes an address of their name their own, counted from 1. */
export type MailRegister = (given: string, family: string) => number;

/**
 * A register of bounded size for a whole nation: names that fall on one place share its count, so that somebody may be
 * the second of a name that nobody else has, and no address is given twice.
 *
 * @param names how many are going to ask
 */
export function mailRegister(names: number): MailRegister {
  let places = 1_024;
  while (places < names * 8) places *= 2;
  const counts = new Uint16Array(places);
  return (given, family) => {
    const place = hash(localPart(given, family)) & (places - 1);
    const count = (counts[place] ?? 0) + 1;
    counts[place] = count;
    return count;
  };
}

/** Words without accents, apostrophes and spaces, each worked out once: names repeat. */
const plain = new Map<string, string>();

function plainLetters(text: string): string {
  let letters = plain.get(text);
  if (letters === undefined) {
    letters = text
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z-]/g, '');
    if (plain.size < 50_000) plain.set(text, letters);
  }
  return letters;
}

/** Of those with one name only it is that name. */
const localPart = (given: string, family: string): string =>
  given === '' ? plainLetters(family) : `${plainLetters(given)}.${plainLetters(family)}`;

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** Addresses in the demonstration's mail domain, which is reserved (RFC 2606, section 2). */

const DOMAIN = 'nhsmail.example';

/** `given.family@nhsmail.example`, in plain letters. */
const mailOf = (given: string, family: string, ordinal = 1): string =>
  `${plainLetters(given)}.${plainLetters(family)}${ordinal === 1 ? '' : String(ordinal)}@${DOMAIN}`;

/** Gives each name its own address: the second of a name gets a 2. */
export function mailRegister(): (given: string, family: string) => string {
  const used = new Map<string, number>();
  return (given, family) => {
    const first = mailOf(given, family);
    const ordinal = (used.get(first) ?? 0) + 1;
    used.set(first, ordinal);
    return mailOf(given, family, ordinal);
  };
}

function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z-]/g, '');
}

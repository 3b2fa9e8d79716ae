/** Names of people as they are said. */

/** How NHSmail writes a name: `KHAN, Amina (BRADFORD TEACHING HOSPITALS)`. */
const DIRECTORY_NAME = /^(?<family>[^,()]+), (?<given>[^()]+?)(?: \(.*\))?$/;

/** `OKAFOR-LINDQVIST` reads `Okafor-Lindqvist`; what has small letters is left as it is. */
const inCase = (family: string): string =>
  family === family.toUpperCase()
    ? family
        .toLowerCase()
        .replace(
          /(?<start>^|[\s'’-])(?<letter>\p{L})/gu,
          (_all, start: string, letter: string) => start + letter.toUpperCase(),
        )
    : family;

/** `KHAN, Amina (BRADFORD)` reads `Amina Khan`; any other name stays as it is. */
export function spokenName(name: string): string {
  const { family, given } = DIRECTORY_NAME.exec(name)?.groups ?? {};
  return family === undefined || given === undefined ? name : `${given} ${inCase(family)}`;
}

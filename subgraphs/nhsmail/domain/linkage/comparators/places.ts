import { type Comparator, type ComparedValue, plainValue, wholeKey } from './comparator.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { isOneTypo } from './one-typo.ts';

/** A postcode of the United Kingdom: outward code, sector, unit. */
const BRITISH = /^([A-Z]{1,2}\d[A-Z\d]?)(\d)[A-Z]{2}$/;

/** Postcodes: the whole, one slip, the sector (`LS1 4`), the district (`LS1`). Others than British ones have no sector. */
export const postcode: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'TYPO', 'SECTOR', 'DISTRICT', 'DIFFERENT'],
  byFrequency: true,
  read(raw) {
    const text = raw.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
    const [, outward, sector] = BRITISH.exec(text) ?? [];
    return plainValue(text, {
      parts: outward === undefined || sector === undefined ? [] : [outward, outward + sector],
    });
  },
  compare(a, b) {
    if (a.text === b.text) return 0;
    if (isOneTypo(a.text, b.text)) return 2;
    const [districtA, sectorA] = a.parts;
    const [districtB, sectorB] = b.parts;
    if (sectorA !== undefined && sectorA === sectorB) return 3;
    return districtA !== undefined && districtA === districtB ? 4 : 5;
  },
  keys: {
    value: wholeKey,
    sector: ({ parts, text }) => [parts[1] ?? text],
    district: ({ parts, text }) => [parts[0] ?? text],
  },
};

/** Words of addresses that are written long and short. */
const SHORT: Readonly<Record<string, string>> = {
  street: 'st',
  road: 'rd',
  avenue: 'ave',
  close: 'cl',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  crescent: 'cres',
  gardens: 'gdns',
  terrace: 'tce',
  square: 'sq',
  saint: 'st',
  flat: 'flat',
  apartment: 'flat',
  circuit: 'cct',
};
/** Share of words in common for most, and for some of an address. */
const MOST = 0.75;
const SOME = 0.5;
/** Shortest word in which one slip is looked past. */
const TOLERANT_LENGTH = 4;
/** Likeness as a whole from which two addresses are mostly the same, whatever the words. */
const CLOSE = 0.92;
/** Likeness from which words are at least alike. */
const ALIKE = 0.85;

/** Lines of an address: the words they have in common, in any order, short forms and single slips looked past. */
export const address: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'MOST', 'SOME', 'DIFFERENT'],
  byFrequency: true,
  read(raw) {
    const parts = (
      raw
        .normalize('NFKD')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    )
      .slice(0, 24)
      .map((word) => SHORT[word] ?? word);
    return plainValue(parts.join(' '), { parts });
  },
  compare(a, b) {
    if (a.text === b.text) return 0;
    const share = commonWords(a, b) / Math.max(a.parts.length, b.parts.length);
    if (share >= MOST || jaroWinkler(a.text, b.text, CLOSE) >= CLOSE) return 2;
    return share >= SOME ? 3 : 4;
  },
  keys: { value: wholeKey, word: ({ parts }) => parts },
};

function commonWords(a: ComparedValue, b: ComparedValue): number {
  const [few, many] =
    a.parts.length < b.parts.length || (a.parts.length === b.parts.length && a.text < b.text)
      ? [a.parts, b.parts]
      : [b.parts, a.parts];
  const rest = [...many];
  let common = 0;
  for (const word of few) {
    let at = rest.indexOf(word);
    if (at < 0 && word.length >= TOLERANT_LENGTH) {
      at = rest.findIndex((other) => isOneTypo(word, other));
    }
    if (at < 0) continue;
    rest.splice(at, 1);
    common += 1;
  }
  return common;
}

/** Any words: spelling alone. */
export const text: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'CLOSE', 'ALIKE', 'DIFFERENT'],
  byFrequency: true,
  read: (raw) =>
    plainValue(
      raw
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    ),
  compare(a, b) {
    if (a.text === b.text) return 0;
    const likeness = jaroWinkler(a.text, b.text, ALIKE);
    if (likeness >= CLOSE) return 2;
    return likeness >= ALIKE ? 3 : 4;
  },
  keys: {
    value: wholeKey,
    start: ({ text: whole }) => [whole.slice(0, 3)],
    initial: ({ text: whole }) => [whole.slice(0, 1)],
  },
};

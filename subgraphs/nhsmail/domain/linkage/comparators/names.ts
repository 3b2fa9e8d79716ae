import { doubleMetaphone } from '../../double-metaphone.ts';
import { PARTICLES, plainName } from '../../name-similarity.ts';
import { type ComparedValue, type Comparator, plainValue, wholeKey } from './comparator.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { nicknameGroups } from './nicknames.ts';

/** Likeness from which two names are close, or at least alike (Splink's usual levels). */
const CLOSE = 0.92;
const ALIKE = 0.85;
/** Names that sound alike must still be spelt somewhat alike: the codes are short. */
const ALIKE_BY_SOUND = 0.7;
/** Shortest part of a name that says something alone. */
const PART_LENGTH = 3;

/** Keys that both kinds of names have. */
const KEYS: Comparator['keys'] = {
  value: wholeKey,
  sound: ({ sounds, text }) => (sounds.length === 0 ? [text] : sounds),
  initial: ({ text }) => [text.slice(0, 1)],
  start: ({ text }) => [text.slice(0, 3)],
  part: ({ parts, text }) => (parts.length === 0 ? [text] : parts),
};

/** Surnames: spelling, sound, one part of a double name. */
export const name: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'PART', 'CLOSE', 'ALIKE', 'DIFFERENT'],
  byFrequency: true,
  read: readName,
  compare(a, b) {
    if (a.text === b.text) return 0;
    if (sharesPart(a, b)) return 2;
    const likeness = jaroWinkler(a.text, b.text, ALIKE_BY_SOUND);
    if (likeness >= CLOSE) return 3;
    return isAlike(a, b, likeness) ? 4 : 5;
  },
  keys: KEYS,
};

/** Given names: as surnames, and nicknames and initials. */
export const givenName: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'NICKNAME', 'PART', 'INITIAL', 'CLOSE', 'ALIKE', 'DIFFERENT'],
  byFrequency: true,
  read(raw) {
    const value = readName(raw);
    if (value === undefined) return undefined;
    const groups = value.parts.flatMap(nicknameGroups);
    return groups.length === 0 ? value : { ...value, groups: [...new Set(groups)] };
  },
  compare(a, b) {
    if (a.text === b.text) return 0;
    if (a.groups.length > 0 && b.groups.length > 0 && shares(a.groups, b.groups)) return 2;
    if (sharesPart(a, b)) return 3;
    if (a.text.length === 1 || b.text.length === 1) {
      return a.text.charCodeAt(0) === b.text.charCodeAt(0) ? 4 : 7;
    }
    const likeness = jaroWinkler(a.text, b.text, ALIKE_BY_SOUND);
    if (likeness >= CLOSE) return 5;
    return isAlike(a, b, likeness) ? 6 : 7;
  },
  keys: {
    ...KEYS,
    // A name that is in no group stands for itself.
    group: ({ groups, text }) => (groups.length === 0 ? [text] : groups.map(String)),
  },
};

function readName(raw: string): ComparedValue | undefined {
  const plain = plainName(raw);
  const text = plain.replaceAll(' ', '');
  const parts = plain.split(' ').filter((part) => part.length > 1 && !PARTICLES.has(part));
  const sounds = [...new Set(doubleMetaphone(text))].filter((code) => code !== '');
  return plainValue(text, { parts: parts.length === 0 ? [text] : parts, sounds });
}

/** Of names with one part each, the part is the whole name. */
function sharesPart(a: ComparedValue, b: ComparedValue): boolean {
  if (a.parts.length === 1 && b.parts.length === 1) return false;
  return a.parts.some((part) => part.length >= PART_LENGTH && b.parts.includes(part));
}

const isAlike = (a: ComparedValue, b: ComparedValue, likeness: number): boolean =>
  likeness >= ALIKE || (likeness >= ALIKE_BY_SOUND && shares(a.sounds, b.sounds));

const shares = <Item>(a: readonly Item[], b: readonly Item[]): boolean =>
  a.some((item) => b.includes(item));

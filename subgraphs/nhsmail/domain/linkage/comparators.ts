import type { Comparator } from './comparators/comparator.ts';
import { date, nearDate } from './comparators/dates.ts';
import { givenName, name } from './comparators/names.ts';
import { code, email, number, phone } from './comparators/numbers.ts';
import { address, postcode, text } from './comparators/places.ts';
import type { ComparatorName, FieldRule } from './rule-set.ts';

/** Days apart that are near, and not far, where a rule does not say. */
const NEAR_DAYS = [14, 90] as const;

const BY_NAME: Readonly<Record<Exclude<ComparatorName, 'near-date'>, Comparator>> = {
  name,
  'given-name': givenName,
  date,
  postcode,
  address,
  phone,
  email,
  number,
  code,
  text,
};

/** The comparator that a field's rule names. */
export function comparatorOf({ comparator, days }: FieldRule): Comparator {
  if (comparator !== 'near-date') return BY_NAME[comparator];
  const [near = NEAR_DAYS[0], notFar = NEAR_DAYS[1]] = days ?? [];
  return nearDate([near, notFar]);
}

/** Levels in words, for a person who decides. More may be added. */
const WORDS: Readonly<Record<string, string>> = {
  EXACT: 'the same',
  ALTERNATIVE: 'the same as a former or other value',
  NICKNAME: 'a short form of the other',
  INITIAL: 'the initial of the other',
  PART: 'one part is the same',
  CLOSE: 'spelt almost alike',
  ALIKE: 'sounds or looks alike',
  SWAPPED: 'day and month the other way round',
  TYPO: 'one slip of the keyboard apart',
  PARTLY: 'two parts of three are the same',
  NEAR: 'close together in time',
  NOT_FAR: 'not far apart in time',
  SECTOR: 'the same postcode sector',
  DISTRICT: 'the same postcode district',
  MOST: 'mostly the same words',
  SOME: 'some words the same',
  LAST_SIX: 'the last six digits are the same',
  LOCAL_PART: 'the same before the @',
  DIFFERENT: 'different',
  MISSING: 'not known on both sides',
};

/** A level in words. A code without words stands for itself. */
export const levelWords = (level: string): string => WORDS[level] ?? level;

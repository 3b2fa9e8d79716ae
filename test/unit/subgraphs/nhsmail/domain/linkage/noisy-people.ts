/**
 * Two lists of invented people with the faults that published test data for record linkage has (the generator of
 * Febrl, by Christen and Pudjijono): letters wrong, left out, added or swapped, values missing, words in another order,
 * names in one another's column.
 */
import type { LinkageRecord } from '../../../../../../subgraphs/nhsmail/domain/linkage/record.ts';
import { seededRandom } from '../../../../../../subgraphs/nhsmail/domain/linkage/seeded-random.ts';

/** The columns of those data sets. */
export const COLUMNS = [
  'given_name',
  'surname',
  'street_number',
  'address_1',
  'address_2',
  'suburb',
  'postcode',
  'state',
  'date_of_birth',
  'soc_sec_id',
] as const;

type Person = Record<(typeof COLUMNS)[number], string>;

const SYLLABLES =
  'ba be bo ca ce co da de do fa ga ha jo ka la le lo ma me mi na ne ni pa pe ra re ri ro sa se so ta te ti to va wa we yo shan chel then and on ar er or in al el is ton ley man son'.split(
    ' ',
  );
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** How often a changed record is changed in each column. */
const WEIGHTS: Readonly<Person | Record<string, number>> = {
  given_name: 12,
  surname: 14,
  street_number: 9,
  address_1: 12,
  address_2: 9,
  suburb: 10,
  postcode: 9,
  state: 5,
  date_of_birth: 10,
  soc_sec_id: 10,
};

/**
 * Writes the lists. `l5` on the left and `r5` on the right are one person; further people are on one side only.
 *
 * @param options.most most changes to a record on the right; each has one at least
 */
export function noisyPeople({
  people,
  alone = 0,
  most = 4,
  seed = 7,
}: {
  readonly people: number;
  readonly alone?: number;
  readonly most?: number;
  readonly seed?: number;
}): { readonly left: readonly LinkageRecord[]; readonly right: readonly LinkageRecord[] } {
  const random = seededRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <Item>(items: ArrayLike<Item>): Item => items[below(items.length)] as Item;
  const word = (): string => Array.from({ length: 2 + below(2) }, () => pick(SYLLABLES)).join('');
  const pool = (count: number): (() => string) => {
    const words = Array.from({ length: count }, word);
    // Zipf-like: the first are common.
    return () => words[Math.floor(count * random() ** 2.5)] ?? '';
  };
  const [given, family, street, suburb] = [pool(400), pool(1500), pool(1200), pool(800)];
  const two = (value: number): string => String(value).padStart(2, '0');
  const draw = (): Person => ({
    given_name: random() < 0.02 ? '' : given(),
    surname: random() < 0.01 ? '' : family(),
    street_number: random() < 0.04 ? '' : String(1 + Math.floor(250 * random() ** 2)),
    address_1:
      random() < 0.02 ? '' : `${street()} ${pick(['street', 'place', 'crescent', 'court'])}`,
    address_2: random() < 0.6 ? '' : `${street()} ${pick(['village', 'farm', 'lodge'])}`,
    suburb: random() < 0.01 ? '' : suburb(),
    postcode: String(2000 + below(900)),
    state: random() < 0.05 ? '' : pick(['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act']),
    date_of_birth:
      random() < 0.06
        ? ''
        : `${String(1900 + below(100))}${two(1 + below(12))}${two(1 + below(28))}`,
    soc_sec_id: String(1_000_000 + below(9_000_000)),
  });
  const slip = (value: string): string => {
    const at = below(value.length);
    const letter = pick(/^\d+$/.test(value) ? DIGITS : LETTERS);
    const kind = random();
    if (kind < 0.3) return value.slice(0, at) + letter + value.slice(at + 1);
    if (kind < 0.5) return value.slice(0, at) + letter + value.slice(at);
    if (kind < 0.7) return value.slice(0, at) + value.slice(at + 1);
    if (kind < 0.85) {
      return value.slice(0, at) + value.charAt(at + 1) + value.charAt(at) + value.slice(at + 2);
    }
    return value.split(' ').toReversed().join(' ');
  };
  const spoil = (person: Person): Person => {
    const spoilt = { ...person };
    const wheel = COLUMNS.flatMap((column) =>
      Array.from({ length: Number(WEIGHTS[column as never]) }, () => column),
    );
    for (let change = 1 + below(most); change > 0; change -= 1) {
      const column = pick(wheel);
      const value = spoilt[column];
      if (column === 'given_name' && random() < 0.08) {
        [spoilt.given_name, spoilt.surname] = [spoilt.surname, spoilt.given_name];
      } else if (value === '' || random() < 0.12)
        spoilt[column] = random() < 0.5 ? '' : draw()[column];
      else spoilt[column] = slip(value);
    }
    return spoilt;
  };
  const left: LinkageRecord[] = [];
  const right: LinkageRecord[] = [];
  for (let number = 0; number < people; number += 1) {
    const person = draw();
    left.push({ id: `l${String(number)}`, values: person });
    right.push({ id: `r${String(number)}`, values: spoil(person) });
  }
  for (let number = 0; number < alone; number += 1) {
    left.push({ id: `l-${String(number)}`, values: draw() });
    right.push({ id: `r-${String(number)}`, values: draw() });
  }
  return { left, right };
}

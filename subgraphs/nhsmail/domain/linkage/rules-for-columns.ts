/** Rules for lists of people of which only the names of the columns are known. */
import { type ComparatorName, ruleSetSchema, type RuleSet } from './rule-set.ts';

/** What a column holds, told from its name without letter case and separators. The first that fits. */
const KINDS: readonly (readonly [kind: Kind, names: RegExp])[] = [
  ['former-family', /^(?:previous|former|maiden|birth)(?:sur|family|last)?names?$/],
  ['known-as', /^(?:preferred|known|nick)(?:as|name|givenname|firstname)?$/],
  ['given', /^(?:given|first|fore|christian)(?:name)?s?$|^fname$/],
  ['middle', /^middle(?:name)?s?$|^secondname$/],
  ['family', /^(?:sur|last|family)(?:name)?$|^lname$/],
  ['birth', /^(?:dob|dateofbirth|birthdate|birthday|bornon)$/],
  ['postcode', /^(?:post|zip|postal)(?:code)?$/],
  ['house', /^(?:street|house|flat|building)(?:number|no)$/],
  ['address', /^(?:address|addr|street|streetname|addressline|line)\d?$/],
  ['town', /^(?:suburb|town|city|locality|village)$/],
  ['area', /^(?:state|county|region|country|sex|gender|ods|odscode|organisation)$/],
  ['phone', /^(?:work|home|mobile|cell)?(?:phone|telephone|tel|mobile|cell)(?:number|no)?\d?$/],
  ['email', /^(?:work|home|personal|office)?(?:e?mail)(?:address)?\d?$/],
  [
    'number',
    /^(?:socsecid|ssn|nino|ninumber|nationalinsurance(?:number)?|nationalid|(?:employee|staff|payroll|passport|licence|registration|customer|member|person|personal)(?:number|no|id))$/,
  ],
];

type Kind =
  | 'former-family'
  | 'known-as'
  | 'given'
  | 'middle'
  | 'family'
  | 'birth'
  | 'postcode'
  | 'house'
  | 'address'
  | 'town'
  | 'area'
  | 'phone'
  | 'email'
  | 'number';

const COMPARATOR: Readonly<Record<Exclude<Kind, 'former-family' | 'known-as'>, ComparatorName>> = {
  given: 'given-name',
  middle: 'given-name',
  family: 'name',
  birth: 'date',
  postcode: 'postcode',
  house: 'number',
  address: 'address',
  town: 'text',
  area: 'code',
  phone: 'phone',
  email: 'email',
  number: 'number',
};

/** What is worth comparing: each of these together, when the columns are there. */
const BLOCKS: readonly (readonly (readonly [kind: Kind, key: string])[])[] = [
  [['number', 'value']],
  [['email', 'value']],
  [['phone', 'value']],
  [
    ['family', 'sound'],
    ['given', 'group'],
  ],
  [
    ['birth', 'value'],
    ['family', 'initial'],
  ],
  [
    ['birth', 'value'],
    ['given', 'initial'],
  ],
  [
    ['family', 'sound'],
    ['birth', 'year'],
  ],
  [
    ['given', 'group'],
    ['birth', 'month'],
  ],
  [
    ['birth', 'month-day'],
    ['family', 'start'],
  ],
  [
    ['postcode', 'value'],
    ['family', 'sound'],
  ],
  [
    ['postcode', 'value'],
    ['given', 'group'],
  ],
  [
    ['birth', 'value'],
    ['postcode', 'value'],
  ],
  [
    ['address', 'value'],
    ['house', 'value'],
  ],
  [
    ['address', 'value'],
    ['family', 'start'],
  ],
  [
    ['town', 'value'],
    ['family', 'sound'],
  ],
];

/** Rules for some columns. */
export interface ColumnRules {
  /** `undefined` when no column is known by its name, or none that two people seldom share. */
  readonly ruleSet: RuleSet | undefined;
  /** Columns that are not compared. */
  readonly ignored: readonly string[];
}

/** Rules for lists with these columns. What each is, is told by its name in English. */
export function rulesForColumns(columns: readonly string[]): ColumnRules {
  const byKind = new Map<Kind, string[]>();
  const ignored: string[] = [];
  for (const column of columns) {
    const plain = column.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    const kind = KINDS.find(([, names]) => names.test(plain))?.[0];
    if (kind === undefined) ignored.push(column);
    else byKind.set(kind, [...(byKind.get(kind) ?? []), column]);
  }
  const of = (kind: Kind): readonly string[] => byKind.get(kind) ?? [];
  // Names are sometimes in one another's column, and so are lines of an address.
  const alternatives = (kind: Kind, column: string): readonly string[] => {
    if (kind === 'family') return [...of('former-family'), ...of('given')];
    if (kind === 'given') return [...of('known-as'), ...of('family')];
    if (kind === 'address') return of('address').filter((other) => other !== column);
    return [];
  };
  const fields = [...byKind].flatMap(([kind, names]) =>
    kind === 'former-family' || kind === 'known-as'
      ? []
      : names.map((column) => {
          const others = alternatives(kind, column);
          return {
            field: column,
            comparator: COMPARATOR[kind],
            values: [column],
            ...(others.length === 0 ? {} : { alternatives: others }),
          };
        }),
  );
  const blocks = BLOCKS.flatMap((block) =>
    combinations(block.map(([kind, key]) => of(kind).map((column) => `${column}:${key}`))),
  );
  if (blocks.length === 0) {
    blocks.push(...of('family').map((column) => [`${column}:sound`]));
  }
  if (blocks.length === 0) return { ruleSet: undefined, ignored };
  return {
    ignored,
    ruleSet: ruleSetSchema.parse({
      name: 'by names of columns',
      version: 1,
      fields,
      blocks: blocks.slice(0, MOST_BLOCKS),
      refine: [
        ...of('given')
          .slice(0, 1)
          .map((column) => `${column}:initial`),
        ...of('birth')
          .slice(0, 1)
          .map((column) => `${column}:year`),
        ...of('town')
          .slice(0, 1)
          .map((column) => `${column}:value`),
      ],
    }),
  };
}

/** Lists with many columns of one kind need not compare by each. */
const MOST_BLOCKS = 40;

/** One of each list, in every way; none when a list is empty. */
const combinations = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (together, list) => together.flatMap((before) => list.map((item) => [...before, item])),
    [[]],
  );

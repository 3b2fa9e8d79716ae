/** The invented organisations. Codes have the shape of real ones; whether one is in use cannot be told from here. */

/** One organisation. */
export interface DemoOrganisation {
  readonly odsCode: string;
  readonly name: string;
  readonly type: 'NHS_TRUST' | 'ICB' | 'OTHER';
  readonly status: 'OPEN' | 'CLOSED';
  /** Empty where no extract comes from. */
  readonly vpd: string;
  /** Share of the staff: whole numbers, comparable within one list. */
  readonly share: number;
  /** What most of the staff do. */
  readonly work: 'HOSPITAL' | 'AMBULANCE' | 'OFFICE';
  /** How its extract is written down. Real ones come in all of these. */
  readonly writing: 'UTF8' | 'UTF8_CRLF' | 'LATIN1_CRLF';
}

/** Six trusts, for a demonstration. */
const SIX: readonly DemoOrganisation[] = [
  trust('RZ1', 'Ashbourne Valley NHS Trust', '901', 24),
  trust('RZ2', 'Brackenford University Hospitals NHS Trust', '902', 28),
  trust('RZ3', 'Calder Moor Community NHS Trust', '903', 14),
  trust('RZ4', 'Dunmere Coast Hospitals NHS Trust', '904', 14),
  trust('RZ5', 'Eastholme Mental Health NHS Trust', '905', 12),
  trust('RZ6', 'Fenwick Vale Ambulance Service NHS Trust', '906', 8),
];

/** One that closed: accounts there must move, and nobody is employed there. */
const CLOSED: DemoOrganisation = {
  ...trust('RZ9', 'Old Calder Infirmary NHS Trust', '909', 0),
  status: 'CLOSED',
};

/** The one that keeps the register, under its real name. It sends no extract. */
const KEEPER: DemoOrganisation = {
  ...trust('X26', 'NHS England', '', 0),
  type: 'OTHER',
  work: 'OFFICE',
};

/** The organisations that send extracts, and all there are. */
export interface DemoOrganisations {
  readonly open: readonly DemoOrganisation[];
  readonly all: readonly DemoOrganisation[];
}

/** The six trusts of the demonstration. */
export const sixTrusts = (): DemoOrganisations => ({ open: SIX, all: [...SIX, CLOSED, KEEPER] });

/** A nation: 205 trusts, the six among them, 42 integrated care boards and ten national bodies. */
export function nation(): DemoOrganisations {
  const open = [
    ...Array.from({ length: TRUSTS }, (_, index) => nationTrust(index)),
    ...Array.from({ length: BOARDS }, (_, index) => board(index)),
    ...NATIONAL_BODIES.map(nationalBody),
  ];
  return { open, all: [...open, CLOSED, KEEPER] };
}

const TRUSTS = 205;
const BOARDS = 42;

/** Head counts of trusts: a lognormal distribution (median 5,500, deviation 0.72 in logarithms) at 41 even quantiles. */
const TRUST_SIZES = [
  1090, 1510, 1810, 2050, 2270, 2480, 2680, 2870, 3060, 3240, 3430, 3620, 3810, 4000, 4200, 4400,
  4600, 4820, 5040, 5260, 5500, 5750, 6010, 6280, 6570, 6880, 7210, 7560, 7940, 8360, 8820, 9320,
  9900, 10550, 11300, 12200, 13310, 14750, 16750, 19980, 27810,
] as const;

const LETTERS = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Second letters of trust codes, the rarely used ones. */
const TRUST_LETTERS = Array.from('ZIOUSG');

const PLACES =
  `Aldermoor Amberdale Ashmere Barrowdene Beckfold Birchover Blackmere Bramhope Brightsea Broadwater
  Burnmoor Caldmore Castlebeck Chalkdown Clearwell Coldbrook Copperfell Cranmarsh Crosswater Deepdale
  Downsea Eastmarch Elmbridge Fairhaven Fallowfield Farwater Fernhurst Flaxmoor Foxdown Glasswater
  Goldcliff Greenmarch Harrowfell Hartwater Hawksmere Heathersea Highmarch Hollowdale Ironbeck Kestrelmoor
  Kingswater Larkdown Longmere Marshgate Millbeck Northsea Oakwater Otterdale Ravensmoor Westmarch`.split(
    /\s+/,
  );

const TRUST_KINDS = [
  'University Hospitals NHS Trust',
  'Hospitals NHS Trust',
  'Community and Mental Health NHS Trust',
  'General Hospital NHS Trust',
] as const;

const NATIONAL_BODIES = [
  ['National Workforce Directorate', 9_000],
  ['Blood and Tissue Authority', 6_200],
  ['Health Data Agency', 5_100],
  ['Business Services Office', 4_300],
  ['Care Standards Office', 2_400],
  ['Public Protection Laboratory', 1_700],
  ['Clinical Guidance Office', 900],
  ['Resolution and Indemnity Office', 800],
  ['Research Approval Office', 400],
  ['Counter Fraud Office', 300],
] as const;

function trust(odsCode: string, name: string, vpd: string, share: number): DemoOrganisation {
  const work = name.includes('Ambulance') ? 'AMBULANCE' : 'HOSPITAL';
  return {
    odsCode,
    name,
    type: 'NHS_TRUST',
    status: 'OPEN',
    vpd,
    share,
    work,
    writing: 'UTF8',
  };
}

function nationTrust(index: number): DemoOrganisation {
  // 17 has no factor in common with 41: neighbours differ in size.
  const share = TRUST_SIZES[(index * 17) % TRUST_SIZES.length] ?? 0;
  const known = SIX[index];
  if (known !== undefined) return { ...known, share };
  const number = index - SIX.length;
  const [place, round] = [PLACES[number % PLACES.length] ?? '', Math.floor(number / PLACES.length)];
  // The last nine, and Fenwick Vale, are the ten ambulance services.
  const kind =
    index >= TRUSTS - 9 ? 'Ambulance Service NHS Trust' : (TRUST_KINDS[round] ?? 'NHS Trust');
  return {
    ...trust(trustCode(number), `${place} ${kind}`, String(600 + number), share),
    writing: writingOf(number),
  };
}

/** The number-th code that none of the trusts above has. */
function trustCode(number: number): string {
  const taken = [...SIX, CLOSED].map(({ odsCode }) => odsCode);
  const free = TRUST_LETTERS.flatMap((second) =>
    LETTERS.map((third) => `R${second}${third}`),
  ).filter((code) => !taken.includes(code));
  return free[number] ?? '';
}

function board(index: number): DemoOrganisation {
  const code = `Q${index < 36 ? 'Z' : 'I'}${LETTERS[index % 36] ?? ''}`;
  return {
    ...trust(code, `${PLACES[index] ?? ''} Integrated Care Board`, String(800 + index), 0),
    type: 'ICB',
    share: 260 + ((index * 67) % 420) * 2,
    work: 'OFFICE',
    writing: writingOf(index),
  };
}

function nationalBody(
  [name, share]: (typeof NATIONAL_BODIES)[number],
  index: number,
): DemoOrganisation {
  return {
    ...trust(`XZ${String(index)}`, name, String(850 + index), share),
    type: 'OTHER',
    work: 'OFFICE',
  };
}

/** Seven in ten as UTF-8 with plain line ends. */
function writingOf(number: number): DemoOrganisation['writing'] {
  const place = number % 20;
  return place < 14 ? 'UTF8' : place < 17 ? 'UTF8_CRLF' : 'LATIN1_CRLF';
}

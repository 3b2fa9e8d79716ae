/**
 * Staff groups with their share of the workforce, job roles and grades: a fit for head counts that were published. Groups
 * and roles in the words of the National Workforce Data Set.
 */
import type { DemoOrganisation } from './organisations.ts';
import { type Weighted, weights } from './random.ts';

/** A regulator in the data. */
export type DemoBody = 'GMC' | 'NMC' | 'HCPC' | 'GPHC' | 'GDC' | 'SWE';

/** One job. */
export interface DemoJob {
  readonly group: string;
  readonly role: string;
  /** Position title. */
  readonly title: string;
  /** Occupation code. */
  readonly occupation: string;
  readonly grade: string;
  /** Whether somebody who does it is on a register, with the regulator, kind and, for HCPC, prefix. */
  readonly registered: boolean;
  readonly body?: DemoBody;
  readonly kind?: string;
  readonly prefix?: string;
  /** A doctor in training, who rotates. */
  readonly resident?: true;
}

type Register = Pick<DemoJob, 'body' | 'kind' | 'prefix'>;

/** A role in a band: its share of the band, its occupation code, and its register. */
type Role = readonly [share: number, role: string, occupation: string, register?: Register];

const NURSING = 'Nursing and Midwifery Registered';
const CLERICAL = 'Administrative and Clerical';
const SUPPORT = 'Additional Clinical Services';
const MEDICAL = 'Medical and Dental';
const ALLIED = 'Allied Health Professionals';
const ESTATES = 'Estates and Ancillary';
const TECHNICAL = 'Add Prof Scientific and Technic';
const SCIENCE = 'Healthcare Scientists';
const STUDENTS = 'Students';

const nmc = (kind = 'Nurse - Adult'): Register => ({ body: 'NMC', kind });
const hcpc = (prefix: string, kind: string): Register => ({ body: 'HCPC', kind, prefix });
const ADULT = nmc();
const MIDWIFE = nmc('Midwife');
const MENTAL = nmc('Nurse - Mental Health');
const GMC: Register = { body: 'GMC', kind: 'Full' };

/** `NHS|XR05|Review Body Band 5`. */
const bandGrade = (band: string): string =>
  `NHS|XR${band.padStart(2, '0').toUpperCase()}|Review Body Band ${band}`;

/** A group's jobs, each with its weight: share of the workforce in thousandths, of the group, of the band. */
function group(
  name: string,
  share: number,
  bands: readonly (readonly [band: string, percent: number, roles: readonly Role[]])[],
): readonly (readonly [number, DemoJob])[] {
  return bands.flatMap(([band, percent, roles]) =>
    roles.map(
      ([part, role, occupation, register]) =>
        [
          share * percent * part,
          {
            group: name,
            role,
            title: `${role} Band ${band}`,
            occupation,
            grade: bandGrade(band),
            registered: register !== undefined,
            ...register,
          },
        ] as const,
    ),
  );
}

/** By the HCPC professions: head counts of the register. */
const THERAPISTS: readonly Role[] = [
  [26, 'Physiotherapist', 'S0E', hcpc('PH', 'Physiotherapist')],
  [17, 'Radiographer - Diagnostic', 'S0D', hcpc('RA', 'Radiographer')],
  [16, 'Occupational Therapist', 'S0C', hcpc('OT', 'Occupational therapist')],
  [14, 'Paramedic', 'A6A', hcpc('PA', 'Paramedic')],
  [7, 'Speech and Language Therapist', 'S0J', hcpc('SL', 'Speech and language therapist')],
  [5, 'Dietitian', 'S0B', hcpc('DT', 'Dietitian')],
  [4, 'Chiropodist / Podiatrist', 'S0A', hcpc('CH', 'Chiropodist')],
  [4, 'Radiographer - Therapeutic', 'S0H', hcpc('RA', 'Radiographer')],
  [3, 'Art Therapist', 'S0K', hcpc('AS', 'Arts therapist')],
  [2, 'Orthoptist', 'S0F', hcpc('OR', 'Orthoptist')],
  [2, 'Prosthetist', 'S0G', hcpc('PO', 'Prosthetist')],
];

const doctor = (
  share: number,
  role: string,
  grade: string,
  register: Register = GMC,
  resident = false,
): readonly [number, DemoJob] => [
  // In the scale of `group`: percent of the group, its parts adding up to 100.
  105 * share * 100,
  {
    group: MEDICAL,
    role,
    title: role,
    occupation: '001',
    grade,
    registered: true,
    ...register,
    ...(resident ? { resident } : {}),
  },
];

const PROVISIONAL: Register = { body: 'GMC', kind: 'Provisional' };

const JOBS: readonly (readonly [number, DemoJob])[] = [
  ...group(NURSING, 270, [
    [
      '5',
      45,
      [
        [78, 'Staff Nurse', 'N6A', ADULT],
        [12, 'Staff Nurse', 'N6D', MENTAL],
        [5, 'Midwife', 'N2C', MIDWIFE],
        [5, 'Community Nurse', 'N6H', ADULT],
      ],
    ],
    [
      '6',
      33,
      [
        [62, 'Sister/Charge Nurse', 'N6A', ADULT],
        [18, 'Midwife', 'N2C', MIDWIFE],
        [12, 'Community Practitioner', 'N3H', ADULT],
        [8, 'Sister/Charge Nurse', 'N6D', MENTAL],
      ],
    ],
    [
      '7',
      16,
      [
        [78, 'Specialist Nurse Practitioner', 'N7A', ADULT],
        [12, 'Advanced Practitioner', 'N7H', ADULT],
        [10, 'Midwife - Specialist Practitioner', 'N2L', MIDWIFE],
      ],
    ],
    [
      '8a',
      4,
      [
        [70, 'Modern Matron', 'N0A', ADULT],
        [30, 'Nurse Manager', 'N0H', ADULT],
      ],
    ],
    ['8b', 2, [[100, 'Nurse Consultant', 'N0B', ADULT]]],
  ]),
  ...group(CLERICAL, 215, [
    ['3', 20, [[100, 'Clerical Worker', 'G2D']]],
    [
      '2',
      16,
      [
        [60, 'Receptionist', 'G2D'],
        [40, 'Clerical Worker', 'G2D'],
      ],
    ],
    [
      '4',
      17,
      [
        [50, 'Medical Secretary', 'G2A'],
        [30, 'Personal Assistant', 'G2B'],
        [20, 'Officer', 'G2C'],
      ],
    ],
    [
      '5',
      14,
      [
        [70, 'Officer', 'G2C'],
        [30, 'Analyst', 'G3C'],
      ],
    ],
    [
      '6',
      11,
      [
        [50, 'Officer', 'G1C'],
        [30, 'Analyst', 'G3C'],
        [20, 'Adviser', 'G3B'],
      ],
    ],
    ['7', 9, [[100, 'Manager', 'G0A']]],
    [
      '8a',
      6,
      [
        [60, 'Manager', 'G0A'],
        [25, 'Senior Manager', 'G0B'],
        [15, 'Accountant', 'G3A'],
      ],
    ],
    ['8c', 5, [[100, 'Senior Manager', 'G0B']]],
    [
      '9',
      2,
      [
        [70, 'Board Level director', 'Z2E'],
        [30, 'Other Executive Director', 'Z2E'],
      ],
    ],
  ]),
  ...group(SUPPORT, 208, [
    [
      '3',
      40,
      [
        [75, 'Healthcare Assistant', 'H1A'],
        [15, 'Health Care Support Worker', 'H2A'],
        [10, 'Emergency Care Assistant', 'AEA'],
      ],
    ],
    [
      '2',
      38,
      [
        [72, 'Healthcare Assistant', 'H1A'],
        [18, 'Health Care Support Worker', 'H2A'],
        [10, 'Phlebotomist', 'H1P'],
      ],
    ],
    [
      '4',
      20,
      [
        [50, 'Assistant', 'N9A'],
        [35, 'Assistant/Associate Practitioner', 'NFA'],
        [15, 'Nursing Associate', 'NAA', nmc('Nursing associate')],
      ],
    ],
    ['5', 2, [[100, 'Technician', 'S4U']]],
  ]),
  doctor(5, 'Foundation Year 1', 'NHS|MN13|Foundation Doctor Year 1', PROVISIONAL, true),
  doctor(5, 'Foundation Year 2', 'NHS|MN15|Foundation Doctor Year 2', GMC, true),
  doctor(38, 'Specialty Registrar', 'NHS|MN37|Specialty Registrar', GMC, true),
  doctor(9, 'Specialty Doctor', 'NHS|MC75|Specialty Doctor'),
  doctor(2, 'Trust Grade Doctor - Career Grade level', 'NHS|MC46|Trust Doctor'),
  doctor(3, 'Dental Officer', 'NHS|MD21|Dental Officer', { body: 'GDC', kind: 'Dentist' }),
  doctor(38, 'Consultant', 'NHS|YC72|Consultant'),
  ...group(ALLIED, 75, [
    ['6', 43, THERAPISTS],
    ['5', 24, THERAPISTS],
    ['7', 24, THERAPISTS],
    ['8a', 9, THERAPISTS],
  ]),
  ...group(ESTATES, 55, [
    [
      '2',
      75,
      [
        [45, 'Support Worker', 'H2R'],
        [20, 'Housekeeper', 'H2R'],
        [20, 'Porter', 'H2R'],
        [15, 'Cook', 'H2R'],
      ],
    ],
    [
      '3',
      12,
      [
        [60, 'Supervisor', 'H2R'],
        [40, 'Driver', 'H2R'],
      ],
    ],
    [
      '4',
      13,
      [
        [50, 'Electrician', 'G3F'],
        [30, 'Engineer', 'G3F'],
        [20, 'Plumber', 'G3F'],
      ],
    ],
  ]),
  ...group(TECHNICAL, 45, [
    ['4', 10, [[100, 'Technician', 'S4P']]],
    [
      '5',
      14,
      [
        [
          70,
          'Operating Department Practitioner',
          'S4T',
          hcpc('ODP', 'Operating department practitioner'),
        ],
        [30, 'Technician', 'S5P', { body: 'GPHC', kind: 'Pharmacy technician' }],
      ],
    ],
    [
      '6',
      22,
      [
        [50, 'Pharmacist', 'S1P', { body: 'GPHC', kind: 'Pharmacist' }],
        [25, 'Social Worker', 'S2J', { body: 'SWE', kind: 'Social worker' }],
        [
          25,
          'Operating Department Practitioner',
          'S4T',
          hcpc('ODP', 'Operating department practitioner'),
        ],
      ],
    ],
    [
      '7',
      27,
      [
        [60, 'Pharmacist', 'S1P', { body: 'GPHC', kind: 'Pharmacist' }],
        [30, 'Applied Psychologist - Clinical', 'S1L', hcpc('PYL', 'Practitioner psychologist')],
        [10, 'Social Worker', 'S2J', { body: 'SWE', kind: 'Social worker' }],
      ],
    ],
    [
      '8a',
      27,
      [
        [55, 'Pharmacist', 'S1P', { body: 'GPHC', kind: 'Pharmacist' }],
        [35, 'Applied Psychologist - Clinical', 'S1L', hcpc('PYL', 'Practitioner psychologist')],
        [10, 'Psychotherapist', 'S0L'],
      ],
    ],
  ]),
  ...group(SCIENCE, 22, [
    [
      '6',
      35,
      [
        [70, 'Healthcare Scientist', 'U1A', hcpc('BS', 'Biomedical scientist')],
        [30, 'Healthcare Science Practitioner', 'U1C'],
      ],
    ],
    [
      '5',
      18,
      [
        [70, 'Healthcare Scientist', 'U1A', hcpc('BS', 'Biomedical scientist')],
        [30, 'Healthcare Science Practitioner', 'U1C'],
      ],
    ],
    [
      '7',
      30,
      [
        [40, 'Specialist Healthcare Scientist', 'U1A', hcpc('BS', 'Biomedical scientist')],
        [30, 'Clinical Scientist', 'U2A', hcpc('CS', 'Clinical scientist')],
        [30, 'Specialist Healthcare Science Practitioner', 'U1C'],
      ],
    ],
    [
      '8a',
      17,
      [
        [70, 'Consultant Healthcare Scientist', 'U2A', hcpc('CS', 'Clinical scientist')],
        [30, 'Manager', 'U0A'],
      ],
    ],
  ]),
  ...group(STUDENTS, 5, [
    [
      '3',
      100,
      [
        [50, 'Student Health Visitor', 'P1A'],
        [50, 'Student District Nurse', 'P1B'],
      ],
    ],
  ]),
];

/** What the staff of an organisation do, by its kind of work. */
export const JOBS_BY_WORK: Readonly<Record<DemoOrganisation['work'], Weighted<DemoJob>>> = {
  HOSPITAL: weights(JOBS),
  AMBULANCE: weights(reweighted(({ role }) => (/Paramedic|Emergency/.test(role) ? 25 : 1))),
  OFFICE: weights(reweighted((job) => (job.group === CLERICAL ? 30 : 1))),
};

function reweighted(factor: (job: DemoJob) => number): readonly (readonly [number, DemoJob])[] {
  return JOBS.map(([weight, job]) => [weight * factor(job), job] as const);
}

/** Every job, each title once. */
export const JOB_LIST: readonly DemoJob[] = [
  ...new Map(JOBS.map(([, job]) => [job.title, job])).values(),
];

/** The first job with this role: in its most frequent band. */
export function jobOf(role: string): DemoJob {
  const found = JOBS.find(([, job]) => job.role === role);
  if (found === undefined) throw new RangeError('no such job role');
  return found[1];
}

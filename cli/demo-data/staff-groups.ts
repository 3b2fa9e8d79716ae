/** Staff groups with their share of the workforce, job roles and grades: a fit for headcounts that were published. */

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
  /** Chance of a registration, with the regulator, kind and, for HCPC, prefix. */
  readonly registered: number;
  readonly body?: DemoBody;
  readonly kind?: string;
  readonly prefix?: string;
}

const NURSING = 'Nursing and Midwifery Registered';
const CLERICAL = 'Administrative and Clerical';
const SUPPORT = 'Additional Clinical Services';
const MEDICAL = 'Medical and Dental';
const ALLIED = 'Allied Health Professionals';
const ESTATES = 'Estates and Ancillary';
const TECHNICAL = 'Add Prof Scientific and Technic';
const SCIENCE = 'Healthcare Scientists';

/** `NHS|XR05|Review Body Band 5`. */
const band = (number: string): string =>
  `NHS|XR${number.padStart(2, '0').toUpperCase()}|Review Body Band ${number}`;

const nurse = (bandNumber: string, role: string, kind = 'Nurse - Adult'): DemoJob => ({
  group: NURSING,
  role,
  title: `${role} Band ${bandNumber}`,
  occupation: 'N6A',
  grade: band(bandNumber),
  registered: 1,
  body: 'NMC',
  kind,
});

const plain = (group: string, role: string, bandNumber: string, occupation: string): DemoJob => ({
  group,
  role,
  title: `${role} Band ${bandNumber}`,
  occupation,
  grade: band(bandNumber),
  registered: 0,
});

const doctor = (role: string, grade: string, kind: string): DemoJob => ({
  group: MEDICAL,
  role,
  title: role,
  occupation: '001',
  grade,
  registered: 1,
  body: 'GMC',
  kind,
});

const allied = (role: string, bandNumber: string, prefix: string, kind: string): DemoJob => ({
  ...plain(ALLIED, role, bandNumber, 'S1A'),
  registered: 1,
  body: 'HCPC',
  kind,
  prefix,
});

/** Jobs by weight. */
export const JOBS: readonly (readonly [number, DemoJob])[] = [
  [12.2, nurse('5', 'Staff Nurse')],
  [7, nurse('6', 'Sister/Charge Nurse')],
  [2, nurse('6', 'Midwife', 'Midwife')],
  [4.3, nurse('7', 'Specialist Nurse Practitioner')],
  [1.5, nurse('8a', 'Modern Matron')],
  [9, plain(CLERICAL, 'Clerical Worker', '3', 'G2D')],
  [7, plain(CLERICAL, 'Receptionist', '2', 'G2D')],
  [5.5, plain(CLERICAL, 'Manager', '7', 'G0A')],
  [16, plain(SUPPORT, 'Healthcare Assistant', '3', 'H1A')],
  [4.8, plain(SUPPORT, 'Assistant', '4', 'N9A')],
  [1, doctor('Foundation Year 1', 'NHS|MN13|Foundation Doctor Year 1', 'Provisional')],
  [4, doctor('Specialty Registrar', 'NHS|MN37|Specialty Registrar', 'Full')],
  [1.5, doctor('Specialty Doctor', 'NHS|MC75|Specialty Doctor', 'Full')],
  [4, doctor('Consultant', 'NHS|YC72|Consultant', 'Full')],
  [2.4, allied('Physiotherapist', '6', 'PH', 'Physiotherapist')],
  [1.6, allied('Radiographer - Diagnostic', '6', 'RA', 'Radiographer')],
  [1.6, allied('Occupational Therapist', '6', 'OT', 'Occupational therapist')],
  [1.3, allied('Paramedic', '6', 'PA', 'Paramedic')],
  [0.6, allied('Dietitian', '6', 'DT', 'Dietitian')],
  [5.5, plain(ESTATES, 'Support Worker', '2', 'H2R')],
  [
    2,
    {
      ...plain(TECHNICAL, 'Pharmacist', '7', 'S1P'),
      registered: 1,
      body: 'GPHC',
      kind: 'Pharmacist',
    },
  ],
  [
    1.6,
    {
      ...plain(TECHNICAL, 'Operating Department Practitioner', '5', 'S9U'),
      registered: 1,
      body: 'HCPC',
      kind: 'Operating department practitioner',
      prefix: 'ODP',
    },
  ],
  [
    0.9,
    {
      ...plain(TECHNICAL, 'Social Worker', '6', 'S2J'),
      registered: 1,
      body: 'SWE',
      kind: 'Social worker',
    },
  ],
  [
    2.2,
    {
      ...plain(SCIENCE, 'Biomedical Scientist', '6', 'U1A'),
      registered: 0.7,
      body: 'HCPC',
      kind: 'Biomedical scientist',
      prefix: 'BS',
    },
  ],
];

/** The job with this role. */
export function jobOf(role: string): DemoJob {
  const found = JOBS.find(([, job]) => job.role === role);
  if (found === undefined) throw new RangeError('no such job role');
  return found[1];
}

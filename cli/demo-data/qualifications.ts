/** What people have studied, by the kind of work that they do. */
import type { Random } from './random.ts';
import type { DemoJob } from './staff-groups.ts';

/** A qualification as an employer has it on record. */
export interface DemoQualification {
  readonly name: string;
  readonly level: string;
  readonly subject: string;
  readonly institution: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly awardedOn: string;
  /** When the employer saw the proof. */
  readonly checkedOn: string;
}

const DEGREES: Readonly<Record<string, readonly [name: string, level: string, subject: string]>> = {
  NMC: ['BSc (Hons)', '6', 'Nursing'],
  GMC: ['MBBS', '7', 'Medicine'],
  GDC: ['BDS', '7', 'Dentistry'],
  HCPC: ['BSc (Hons)', '6', 'Allied health'],
  GPHC: ['MPharm', '7', 'Pharmacy'],
  SWE: ['MA', '7', 'Social work'],
};

const DIPLOMA = ['NVQ', '3', 'Health and social care'] as const;

const INSTITUTIONS = [
  ['University of Aldermoor', 'GB'],
  ['University of Castlebeck', 'GB'],
  ['Fairhaven Metropolitan University', 'GB'],
  ['Westmarch College of Health', 'GB'],
  ['College of Nursing, Santa Lucia', 'PH'],
  ['Institute of Medical Sciences, Nagari', 'IN'],
] as const;

/** One for those on a register, and for a fifth of the others. */
export function drawQualifications(
  random: Random,
  { body }: DemoJob,
  registrationYear: number,
  hire: string,
): readonly DemoQualification[] {
  if (body === undefined && !random.chance(0.2)) return [];
  const [name, level, subject] = DEGREES[body ?? ''] ?? DIPLOMA;
  const [institution, country] = random.pickEarly(INSTITUTIONS);
  const awardedOn = `${String(registrationYear)}-07-01`;
  return [{ name, level, subject, institution, country, awardedOn, checkedOn: hire }];
}

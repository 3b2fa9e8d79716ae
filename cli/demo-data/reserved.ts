/** Identifiers that can belong to nobody: reserved where a range is reserved, otherwise unlikely to be in use. */
import type { Random } from './random.ts';
import type { DemoJob } from './staff-groups.ts';

const isTechnician = (kind = ''): boolean => kind.includes('technician');

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** National Insurance number with the prefix QQ, which is never issued. One for each ordinal below four million. */
export const niNumber = (ordinal: number): string =>
  // 7919 has no factor in common with a million: the numbers are spread and do not repeat.
  `QQ${digits((ordinal * 7_919) % 1_000_000, 6)}${'ABCD'.charAt((ordinal + Math.floor(ordinal / 1_000_000)) % 4)}`;

/** EMPLOYEE NHS IDENTIFIER. */
export const nhsEmployeeId = (ordinal: number): string => `7${digits(ordinal, 7)}`;

/** Smartcard UUID, 12 digits beginning with 999. */
export const smartcardUuid = (ordinal: number): string => `999${digits(ordinal * 31, 9)}`;

/** Landline of Ofcom's range for drama: 01632 960000 to 960999. */
export const phone = (random: Random): string => `+44 1632 960${digits(random.between(0, 999), 3)}`;

/**
 * A registration number in its regulator's shape: GMC and HCPC numbers begin with 9, NMC PINs have the month letter Z.
 *
 * @param ordinal of the person among those of one `registrationSeries`
 * @param year of registration
 */
export function registrationNumber(
  job: Pick<DemoJob, 'body' | 'kind' | 'prefix'>,
  ordinal: number,
  year: number,
): string {
  switch (job.body) {
    case 'GMC':
      return `9${digits(ordinal, 6)}`;
    case 'NMC':
      return `${digits(year % 100, 2)}Z${digits(ordinal % 10_000, 4)}${'EFGHJKLMNPQR'.charAt(Math.floor(ordinal / 10_000))}`;
    case 'HCPC':
      return `${job.prefix ?? 'PH'}${digits(900_000 + (ordinal % 100_000), 6)}`;
    case 'GPHC':
      return `${isTechnician(job.kind) ? '50' : '20'}${digits(ordinal % 100_000, 5)}`;
    case 'GDC':
      return digits(900_000 + (ordinal % 100_000), 6);
    case 'SWE':
      return `SW${digits(900_000 + (ordinal % 100_000), 6)}`;
    default:
      throw new RangeError('the job has no regulator');
  }
}

/** Those whose numbers are counted together: numbers of two series are never the same. */
export function registrationSeries(
  { body, kind = '', prefix = '' }: Pick<DemoJob, 'body' | 'kind' | 'prefix'>,
  year: number,
): string {
  if (body === 'NMC') return `NMC ${String(year % 100)}`;
  return `${body ?? ''} ${prefix} ${isTechnician(kind) ? 'technician' : ''}`;
}

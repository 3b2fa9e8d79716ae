/** Values that ESR puts together with `|`. */
import { identifierFault } from '../domain/identifiers.ts';

/** `3559596|Bank Nurse Band 5|N7B|Bank`: number, title, occupation code, area of work. A name without `|` is a title. */
export function positionName(value: string | null): {
  readonly title: string | null;
  readonly occupationCode: string | null;
  readonly areaOfWork: string | null;
} {
  if (value?.includes('|') !== true) {
    return { title: value, occupationCode: null, areaOfWork: null };
  }
  const [, title, occupationCode, areaOfWork] = value.split('|');
  return {
    title: orNull(title),
    occupationCode: occupationCodeOf(orNull(occupationCode)),
    areaOfWork: orNull(areaOfWork),
  };
}

/** `Nursing and Midwifery Registered|Staff Nurse`: staff group, job role. A name without `|` is a job role. */
export function jobName(value: string | null): {
  readonly staffGroup: string | null;
  readonly jobRole: string | null;
} {
  if (value?.includes('|') !== true) return { staffGroup: null, jobRole: value };
  const [staffGroup, jobRole] = value.split('|');
  return { staffGroup: orNull(staffGroup), jobRole: orNull(jobRole) };
}

/** An occupation code, or nothing: what is no code costs nobody the row. */
export const occupationCodeOf = (value: string | null): string | null =>
  value !== null && identifierFault('occupationCode', value) === undefined ? value : null;

function orNull(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

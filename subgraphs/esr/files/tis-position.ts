/** Reads a position of a doctor in training. */
import type { TrainingPostRow } from '../domain/feed-rows.ts';
import type { Fields } from './fields.ts';
import type { TIS_POSITION } from './tis-layout.ts';

type PositionFields = Fields<(typeof TIS_POSITION)[number]>;

/**
 * Reads a `POS` or `POR` row.
 *
 * @param file the lead employer whose file it is, and when it was made
 */
export function readPosition(
  fields: PositionFields,
  file: { readonly vpd: string; readonly updatedAt: string },
): TrainingPostRow {
  const withdrawn = isDeletion(fields);
  const nationalPostNumber = withdrawn
    ? null
    : fields.requiredIdentifier('deaneryNumber', 'nationalPostNumber', 'post_number_invalid');
  const role = roleOf(fields);
  const employingVpd = fields.identifier('employingVpd', 'vpd', 'vpd_invalid');
  // The lead employer's record is the one that counts: nobody else brings it.
  if (role === 'LEAD' && employingVpd !== null && employingVpd !== file.vpd) {
    fields.reject('employingVpd', 'lead_employer_differs');
  }
  return {
    line: fields.line,
    positionId: fields.required('positionId'),
    withdrawn,
    role,
    nationalPostNumber,
    positionNumber: fields.text('positionNumber'),
    title: fields.text('title'),
    occupationCode: fields.text('occupationCode'),
    areaOfWork: fields.text('areaOfWork'),
    secondSpecialty: fields.text('secondSpecialty'),
    managingOffice: fields.text('managingOffice'),
    odsCode: fields.identifier('odsCode', 'odsCode', 'ods_code_invalid'),
    grade: fields.text('grade'),
    payscale: fields.text('payscale'),
    gradeDescription: fields.text('gradeDescription'),
    workplace: fields.text('workplace'),
    employingVpd,
    employingOrganisation: fields.text('employingOrganisation'),
    location: fields.text('location'),
    updatedAt: file.updatedAt,
  };
}

/** Empty and `C` bring a position, `D` takes it back. */
function isDeletion(fields: PositionFields): boolean {
  const change = fields.text('change')?.toUpperCase() ?? 'C';
  if (change !== 'C' && change !== 'D') fields.reject('change', 'value_unknown');
  return change === 'D';
}

function roleOf(fields: PositionFields): TrainingPostRow['role'] {
  switch (fields.text('hostLeadIndicator')?.toUpperCase()) {
    case undefined:
    case 'L':
    case 'LEAD':
      return 'LEAD';
    case 'H':
    case 'HOST':
      return 'HOST';
    default:
      return fields.reject('hostLeadIndicator', 'value_unknown');
  }
}

/** Small files of the newer feeds for tests, right in every way unless a test says otherwise. */
import { QUALIFICATION_FEED } from '../../../../subgraphs/esr/files/feed-layout.ts';
import {
  TIS_NOTIFICATION,
  TIS_POS_WIDTH,
  TIS_POSITION,
} from '../../../../subgraphs/esr/files/tis-layout.ts';

/** A qualifications feed. */
export const qualificationsText = (rows: readonly string[]): string =>
  `${[QUALIFICATION_FEED.join(), ...rows, `TRL,${String(rows.length + 2)}`].join('\n')}\n`;

/** A file of the training record. */
export function tisText(
  type: string,
  rows: readonly string[],
  { vpd = '901', created = '20260801 144500', name = `DE_TIS_${type}_20260801_0000001.DAT` } = {},
): string {
  const header = `HDR~${name}~${created}~${vpd}`;
  return `${[header, ...rows, `TRL~${String(rows.length + 2)}`].join('\n')}\n`;
}

type PositionValues = Partial<Record<(typeof TIS_POSITION)[number], string>>;
type NotificationValues = Partial<Record<(typeof TIS_NOTIFICATION)[number], string>>;

/** A position of the lead employer, or, with a `hostLeadIndicator`, of a host. */
export const positionLine = (values: PositionValues = {}): string => {
  const all: PositionValues = {
    record: 'POR',
    positionId: '3900001',
    positionNumber: '3900001',
    title: 'Specialty Registrar',
    occupationCode: '080',
    areaOfWork: 'Cardiology',
    deaneryNumber: 'NTH/RZ201/080/STR/005',
    odsCode: 'RZ2',
    grade: 'STR',
    gradeDescription: 'Specialty Registrar',
    hostLeadIndicator: 'L',
    employingVpd: '901',
    location: 'Ashbourne General',
    ...values,
  };
  const columns = all.record === 'POS' ? TIS_POSITION.slice(0, TIS_POS_WIDTH) : TIS_POSITION;
  return columns.map((name) => all[name] ?? '').join('~');
};

/** A notification that somebody comes. */
export const notificationLine = (values: NotificationValues = {}): string => {
  const all: NotificationValues = {
    record: 'NTF',
    notificationTitleCode: '1',
    deaneryPostNumber: 'NTH/RZ201/080/STR/005',
    hostLeadEmployerStatus: 'L',
    nextAppointmentTraineeLastName: 'Hawthorne',
    nextAppointmentTraineeGmcNumber: '9000001',
    nextAppointmentProjectedStartDate: '20260805',
    nextAppointmentTraineeGrade: 'Specialty Registrar',
    ...values,
  };
  return TIS_NOTIFICATION.map((name) => all[name] ?? '').join('~');
};

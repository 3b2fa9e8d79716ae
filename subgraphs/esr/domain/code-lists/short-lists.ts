/** Short code lists of the National Workforce Data Set, version 3.6.0 (DAPB1067), as code and display text. */

type Codes = readonly (readonly [code: string, display: string])[];

/** STAFF GROUP. */
export const STAFF_GROUPS: Codes = [
  ['01', 'Medical and Dental'],
  ['02', 'Students'],
  ['03', 'Nursing and Midwifery Registered'],
  ['04', 'Allied Health Professionals'],
  ['05', 'Additional Professional Scientific and Technical'],
  ['06', 'Healthcare Scientists'],
  ['07', 'Additional Clinical Services'],
  ['08', 'Administrative and Clerical'],
  ['09', 'Estates and Ancillary'],
  ['10', 'Supplementary Roles'],
];

/** ASSIGNMENT STATUS; 04, 11 and 12 were retired in 2017. */
export const ASSIGNMENT_STATUSES: Codes = [
  ['01', 'Acting Up'],
  ['02', 'Active'],
  ['03', 'Career Break'],
  ['05', 'Internal Secondment'],
  ['06', 'Maternity and Adoption'],
  ['07', 'Out on External Secondment - Paid'],
  ['08', 'Out on External Secondment - Unpaid'],
  ['09', 'Suspend No Pay'],
  ['10', 'Suspend With Pay'],
  ['13', 'Widow/er'],
];

/** ASSIGNMENT TYPE. */
export const ASSIGNMENT_TYPES: Codes = [
  ['01', 'Full-time'],
  ['02', 'Part-time'],
];

/** EMPLOYMENT CONTRACT TYPE. */
export const CONTRACT_TYPES: Codes = [
  ['01', 'Bank'],
  ['02', 'Fixed Term/Temporary'],
  ['03', 'Honorary'],
  ['04', 'Locum'],
  ['05', 'Permanent'],
  ['06', 'Retainer'],
  ['07', 'Non-Executive Director/Chair'],
  ['08', 'Professional Executive Committee'],
  ['09', 'Widow/er'],
];

/** PROFESSIONAL REGISTRATION BODY CODE. */
export const REGISTRATION_BODY_CODES: Codes = [
  ['01', 'General Chiropractic Council'],
  ['02', 'General Dental Council'],
  ['03', 'General Medical Council'],
  ['04', 'General Optical Council'],
  ['05', 'Social Care Wales'],
  ['08', 'Health and Care Professions Council'],
  ['09', 'Nursing and Midwifery Council'],
  ['16', 'General Pharmaceutical Council'],
  ['17', 'General Osteopathic Council'],
  ['18', 'Social Work England'],
];

/** EMPLOYMENT HISTORY LEAVING REASON; 32 was retired in 2016. */
export const LEAVING_REASONS: Codes = [
  ['01', 'Death in Service'],
  ['02', 'Dismissal - Capability'],
  ['03', 'Dismissal - Conduct'],
  ['04', 'Dismissal - Some Other Substantial Reason'],
  ['05', 'Dismissal - Statutory Reason'],
  ['06', 'End of Fixed Term Contract - Completion of Training Scheme'],
  ['07', 'End of Fixed Term Contract - End of Work Requirement'],
  ['08', 'End of Fixed Term Contract - External Rotation'],
  ['09', 'End of Fixed Term Contract - Other'],
  ['10', 'Initial Pension Ended'],
  ['11', 'Pregnancy'],
  ['12', 'Redundancy - Compulsory'],
  ['13', 'Redundancy - Voluntary'],
  ['14', 'Retirement - Age'],
  ['15', 'Retirement - Ill Health'],
  ['16', 'Voluntary Early Retirement - no Actuarial Reduction'],
  ['17', 'Voluntary Early Retirement - with Actuarial Reduction'],
  ['18', 'Voluntary Resignation - Adult Dependants'],
  ['19', 'Voluntary Resignation - Better Reward Package'],
  ['20', 'Voluntary Resignation - Child Dependants'],
  ['21', 'Voluntary Resignation - Health'],
  ['22', 'Voluntary Resignation - Incompatible Working Relationships'],
  ['23', 'Voluntary Resignation - Lack of Opportunities'],
  ['24', 'Voluntary Resignation - Other/Not Known'],
  ['25', 'Voluntary Resignation - Promotion'],
  ['26', 'Voluntary Resignation - Relocation'],
  ['27', 'Voluntary Resignation - Work Life Balance'],
  ['28', 'Voluntary Resignation - To undertake further education or training'],
  ['29', 'Bank staff not fulfilled minimum work requirement'],
  ['30', 'Mutually Agreed Resignation - National Scheme with Repayment'],
  ['31', 'Mutually Agreed Resignation - Local Scheme with Repayment'],
];

/** EMPLOYMENT HISTORY LEAVING DESTINATION. GO2 does not carry it. */
export const LEAVING_DESTINATIONS: Codes = [
  ['01', 'NHS Organisation'],
  ['02', 'Social Services'],
  ['03', 'Private Health/Social Care'],
  ['04', 'General Practice'],
  ['05', 'Prison Service'],
  ['06', 'Armed Forces'],
  ['07', 'Education Sector'],
  ['08', 'Other Public Sector'],
  ['09', 'Other Private Sector'],
  ['10', 'Self Employed'],
  ['11', 'Abroad - EU Country'],
  ['12', 'Abroad - Non EU Country'],
  ['13', 'Education/Training'],
  ['14', 'Return to Practice'],
  ['15', 'No Employment'],
  ['16', 'Death in Service'],
  ['17', 'Third Sector'],
];

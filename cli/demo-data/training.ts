/** Core skills training by ESR name. The renewal period in the name is the awarding trust's. */

/** All subjects; the first eight are everybody's. */
export const CORE_SKILLS: readonly string[] = [
  'NHS|CSTF|Equality, Diversity and Human Rights - 3 Years|',
  'NHS|CSTF|Fire Safety - 2 Years|',
  'NHS|CSTF|Health, Safety and Welfare - 3 Years|',
  'NHS|CSTF|Information Governance and Data Security - 1 Year|',
  'NHS|CSTF|Moving and Handling - Level 1 - 3 Years|',
  'NHS|CSTF|NHS Conflict Resolution (England) - 3 Years|',
  'NHS|CSTF|Preventing Radicalisation - Basic Prevent Awareness - 3 Years|',
  'NHS|CSTF|Infection Prevention and Control - Level 1 - 3 Years|',
  'NHS|CSTF|Infection Prevention and Control - Level 2 - 1 Year|',
  'NHS|CSTF|Moving and Handling - Level 2 - 2 Years|',
  'NHS|CSTF|Resuscitation - Level 2 - Adult Basic Life Support - 1 Year|',
  'NHS|CSTF|Safeguarding Adults - Level 2 - 3 Years|',
  'NHS|CSTF|Safeguarding Children - Level 2 - 3 Years|',
];

/** A trust's own course. */
export const localCourse = (vpd: string): string => `${vpd}|LOCAL|Trust Induction|`;

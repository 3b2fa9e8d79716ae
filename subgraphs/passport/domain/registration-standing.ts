/** Standings on a professional register that several rules share. */

/** Standings under which somebody may practise within limits: conditions of the regulator's, interim or not, or agreed with it. */
export const CONDITIONAL_STANDINGS: readonly string[] = [
  'CONDITIONS',
  'INTERIM_CONDITIONS',
  'UNDERTAKINGS',
];

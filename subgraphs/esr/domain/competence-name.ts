/** Competence names in ESR exports: `NHS|CSTF|Fire Safety - 2 Years|`, and local ones `457|LOCAL|Title|`. */

/** The parts of a competence name. */
export interface CompetenceName {
  readonly framework: 'CSTF' | 'LOCAL';
  readonly subject: string;
  readonly level: string | null;
  /** Renewal period of the awarding organisation, in years. */
  readonly renewalYears: number | null;
}

/** Takes a competence name apart; `undefined` when it is not one. */
export function parseCompetenceName(name: string): CompetenceName | undefined {
  const match = /^(?:NHS\|(CSTF)|\d{3}\|LOCAL)\|([^|]{1,200})\|$/.exec(name);
  const title = match?.[2]?.trim() ?? '';
  if (match === null || title === '') return undefined;
  const parts = title.split(' - ').map((part) => part.trim());
  const level = parts.map((part) => /^Level (\w{1,4})$/.exec(part)?.[1]).find(Boolean);
  const years = parts.map((part) => /^(\d{1,2}) Years?$/.exec(part)?.[1]).find(Boolean);
  const subject = parts.filter(
    (part) => !/^(?:Level \w{1,4}|\d{1,2} Years?|No Specified Renewal)$/.test(part),
  );
  return {
    framework: match[1] === 'CSTF' ? 'CSTF' : 'LOCAL',
    subject: subject.length === 0 ? title : subject.join(' - '),
    level: level ?? null,
    renewalYears: years === undefined ? null : Number(years),
  };
}

/** The day so many years later; 29 February becomes 28 February where there is none. */
export function yearsLater(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const rest = day.slice(4) === '-02-29' && !leap ? '-02-28' : day.slice(4);
  return `${String(year).padStart(4, '0')}${rest}`;
}

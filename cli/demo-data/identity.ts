/** Who somebody is and whom they work for: everything about a person that others' records depend on. */
import { dayAt } from './days.ts';
import { drawName, KNOWN_AS } from './names.ts';
import type { DemoOrganisation } from './organisations.ts';
import { type Random, type RandomFor, type Weighted, weights } from './random.ts';
import { type DemoJob, JOBS_BY_WORK } from './staff-groups.ts';

/** One employer of a person. Days are counted from the base day. */
export interface DrawnEmployer {
  /** Place in the list of open organisations. */
  readonly organisation: number;
  readonly hire: number;
  readonly termination: number | null;
}

/** A person before there are any numbers. */
export interface Identity {
  readonly sex: 'F' | 'M';
  readonly given: string;
  readonly middle: string;
  readonly family: string;
  readonly maiden: string;
  readonly preferred: string;
  readonly birthDate: string;
  readonly job: DemoJob;
  /** Whether they stay, left the workforce in the last year, or moved from one employer to the next. */
  readonly movement: 'STAYS' | 'LEFT' | 'MOVED';
  readonly renamed: { readonly from: string; readonly on: string } | undefined;
  /** Home first; of those who moved, the employer they left comes second. */
  readonly employers: readonly [home: DrawnEmployer, ...others: DrawnEmployer[]];
  readonly registrationYear: number;
  /** The names in the directory; `undefined` for those without an account. */
  readonly account: { readonly given: string; readonly family: string } | undefined;
}

/** What people are drawn from. */
export interface Workforce {
  readonly open: readonly DemoOrganisation[];
  /** Places in that list by the number of staff. */
  readonly bySize: Weighted<number>;
  readonly randomFor: RandomFor;
}

const MOVEMENTS = weights([
  [900, 'STAYS'],
  [55, 'LEFT'],
  [45, 'MOVED'],
] as const);

/** Employers at the same time. */
const EMPLOYERS = weights([
  [975, 1],
  [20, 2],
  [5, 3],
]);

/** Days until the directory has a new name: an exponential distribution with a mean of 60, at ten even quantiles. */
const DIRECTORY_LAGS = [3, 10, 17, 26, 36, 48, 63, 83, 114, 180] as const;

/** Draws who person number `ordinal` is: the same however often it is asked. */
export function drawIdentity(
  ordinal: number,
  home: number,
  { open, bySize, randomFor }: Workforce,
): Identity {
  const random = randomFor('identity', ordinal);
  const sex = random.chance(0.76) ? 'F' : 'M';
  const age = 18 + Math.floor(((random.next() + random.next()) / 2) * 52);
  const birthDate = dayAt(-Math.floor(age * 365.25) - random.between(0, 364));
  const name = drawName(random, sex, Number(birthDate.slice(0, 4)));
  const job = random.weighted(JOBS_BY_WORK[open[home]?.work ?? 'HOSPITAL']);
  const movement = open.length > 1 ? random.weighted(MOVEMENTS) : 'STAYS';
  const employers = drawEmployers(random, { home, age, movement, open, bySize });
  const renamedOn = sex === 'F' && random.chance(0.016) ? random.between(5, 365) : undefined;
  const wasRenamed = renamedOn !== undefined || (sex === 'F' && age > 25 && random.chance(0.25));
  const knownAs = random.chance(0.07) ? (KNOWN_AS[name.given] ?? name.middle) : '';
  const lag = random.pick(DIRECTORY_LAGS);
  const account = random.chance(0.96)
    ? {
        given: knownAs === '' ? name.given : knownAs,
        family:
          renamedOn !== undefined && renamedOn < lag
            ? name.otherFamily
            : misspelt(name.family, random),
      }
    : undefined;
  const firstHire = Math.min(...employers.map(({ hire }) => hire));
  return {
    sex,
    given: name.given,
    middle: name.middle,
    family: name.family,
    maiden: wasRenamed ? name.otherFamily : '',
    preferred: knownAs,
    birthDate,
    job,
    movement,
    renamed:
      renamedOn === undefined ? undefined : { from: name.otherFamily, on: dayAt(-renamedOn) },
    employers,
    registrationYear: Number(dayAt(firstHire).slice(0, 4)) - 1,
    account,
  };
}

function drawEmployers(
  random: Random,
  {
    home,
    age,
    movement,
    open,
    bySize,
  }: Pick<Workforce, 'open' | 'bySize'> & {
    readonly home: number;
    readonly age: number;
    readonly movement: Identity['movement'];
  },
): readonly [DrawnEmployer, ...DrawnEmployer[]] {
  const elsewhere = (): number => {
    for (;;) {
      const other = random.weighted(bySize);
      if (other !== home) return other;
    }
  };
  // One in nine came within the last year.
  const longest = Math.max(400, (age - 18) * 365);
  const days = random.chance(0.11) ? random.between(20, 364) : random.between(365, longest);
  if (movement === 'LEFT') {
    const termination = -random.between(1, 365);
    return [{ organisation: home, hire: termination - days, termination }];
  }
  if (movement === 'MOVED') {
    const hire = -random.between(1, 365);
    const termination = hire - random.between(0, 14);
    return [
      { organisation: home, hire, termination: null },
      { organisation: elsewhere(), hire: termination - days, termination },
    ];
  }
  const employers: [DrawnEmployer, ...DrawnEmployer[]] = [
    { organisation: home, hire: -days, termination: null },
  ];
  const count = Math.min(random.weighted(EMPLOYERS), open.length);
  while (employers.length < count) {
    const organisation = elsewhere();
    if (employers.some((one) => one.organisation === organisation)) continue;
    employers.push({ organisation, hire: -random.between(20, 900), termination: null });
  }
  return employers;
}

/** One in a hundred directory names has two letters the wrong way round. */
function misspelt(name: string, random: Random): string {
  if (name.length < 4 || !random.chance(0.01)) return name;
  const at = random.between(1, name.length - 3);
  return `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`;
}

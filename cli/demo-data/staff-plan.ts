/**
 * Who works where, under which numbers: a first pass over everybody that keeps a few bytes of each person, so that the
 * files of one organisation can be written without the people of the others in memory.
 */
import { drawIdentity, type Workforce } from './identity.ts';
import { mailRegister } from './mail.ts';
import type { DemoEmployment, DemoPerson } from './model.ts';
import type { DemoOrganisations } from './organisations.ts';
import { drawPerson } from './people.ts';
import { type RandomFor, weights } from './random.ts';
import { registrationSeries } from './reserved.ts';

/** One person at one employer. */
export interface Employed {
  readonly person: DemoPerson;
  readonly employment: DemoEmployment;
  /** Whether this is the employer with whom the person and their accounts are counted. */
  readonly home: boolean;
}

/** Numbers that depend on others' and cannot be drawn. */
export interface PersonNumbers {
  /** 1 for the first of a name. */
  readonly mailOrdinal: number;
  readonly registrationOrdinal: number;
  /** Of each employer: the person's place in its list, counted from 1. */
  readonly places: readonly number[];
}

/** Everybody. */
export interface StaffPlan {
  readonly people: number;
  /** Everybody at an organisation, by its place in the list of open ones: those at home first. */
  readonly employedAt: (organisation: number) => Generator<Employed>;
}

/** Registration numbers below are those of the golden people. */
const FIRST_REGISTRATION = 1_000;
/** At most three employers. */
const SLOTS = 4;

/** Plans a workforce of this many, the golden people among them. */
export function planStaff(
  staff: number,
  {
    organisations,
    golden,
    randomFor,
  }: {
    readonly organisations: DemoOrganisations;
    readonly golden: readonly DemoPerson[];
    readonly randomFor: RandomFor;
  },
): StaffPlan {
  const { open } = organisations;
  const drawn = Math.max(0, staff - golden.length);
  const workforce: Workforce = {
    open,
    bySize: weights(open.map(({ share }, place) => [share, place] as const)),
    randomFor,
  };
  const heads = shareOut(
    drawn,
    open.map(({ share }) => share),
  );
  const mailOrdinals = new Uint16Array(drawn + 1);
  const registrationOrdinals = new Uint32Array(drawn + 1);
  /** Those who have their home elsewhere: person and slot. */
  const guests: number[][] = open.map(() => []);
  const guestPlaces = new Map<number, number>();

  const mailFor = mailRegister(staff);
  for (const person of golden) {
    for (const { given, family } of [person, ...person.accounts]) mailFor(given ?? '', family);
  }
  const series = new Map<string, number>();
  const firsts: number[] = [];
  let ordinal = 0;
  for (const [home, count] of heads.entries()) {
    firsts.push(ordinal + 1);
    for (const last = ordinal + count; ordinal < last;) {
      ordinal += 1;
      const { account, employers, job, registrationYear } = drawIdentity(ordinal, home, workforce);
      if (account !== undefined) mailOrdinals[ordinal] = mailFor(account.given, account.family);
      if (job.registered) {
        const name = registrationSeries(job, registrationYear);
        const number = (series.get(name) ?? FIRST_REGISTRATION) + 1;
        series.set(name, number);
        registrationOrdinals[ordinal] = number;
      }
      for (const [slot, { organisation }] of employers.entries()) {
        if (slot === 0) continue;
        const list = guests[organisation] ?? [];
        list.push(ordinal * SLOTS + slot);
        guestPlaces.set(ordinal * SLOTS + slot, (heads[organisation] ?? 0) + list.length);
      }
    }
  }

  const homeOf = (person: number): number => {
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((firsts[middle] ?? 0) <= person) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const personOf = (person: number, home: number): DemoPerson => {
    const identity = drawIdentity(person, home, workforce);
    return drawPerson(person, identity, {
      workforce,
      numbers: {
        mailOrdinal: mailOrdinals[person] ?? 0,
        registrationOrdinal: registrationOrdinals[person] ?? 0,
        places: identity.employers.map((_, slot) =>
          slot === 0
            ? person - (firsts[home] ?? 0) + 1
            : (guestPlaces.get(person * SLOTS + slot) ?? 0),
        ),
      },
    });
  };

  return {
    people: drawn + golden.length,
    *employedAt(organisation) {
      const odsCode = open[organisation]?.odsCode;
      for (const person of golden) {
        for (const [slot, employment] of person.employments.entries()) {
          if (employment.odsCode === odsCode) yield { person, employment, home: slot === 0 };
        }
      }
      const first = firsts[organisation] ?? 0;
      for (let place = 0; place < (heads[organisation] ?? 0); place += 1) {
        const person = personOf(first + place, organisation);
        const [employment] = person.employments;
        if (employment !== undefined) yield { person, employment, home: true };
      }
      for (const guest of guests[organisation] ?? []) {
        const number = Math.floor(guest / SLOTS);
        const person = personOf(number, homeOf(number));
        const employment = person.employments[guest % SLOTS];
        if (employment !== undefined) yield { person, employment, home: false };
      }
    },
  };
}

/** A number in whole parts by share: the largest remainders get what is left over. */
function shareOut(whole: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const parts = shares.map((share) => Math.floor((whole * share) / sum));
  const left = whole - parts.reduce((total, part) => total + part, 0);
  const order = shares
    .map((share, place) => ({ place, remainder: (whole * share) % sum }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of order.slice(0, left)) parts[place] = (parts[place] ?? 0) + 1;
  return parts;
}

/** One person and one account, compared in every way that matching knows. */
import {
  type CertainKey,
  keysOfAccount,
  keysOfPerson,
  methodOf,
  registrationKey,
} from './certain-keys.ts';
import { levelWords } from './linkage/comparators.ts';
import type { PairScore } from './linkage/evidence.ts';
import type { LinkEvidence } from './links.ts';
import type { MatchedAccount } from './matched-account.ts';
import { compareSurnames } from './name-similarity.ts';
import type { StaffPerson } from './staff.ts';

/** What a number that both sides hold says against the pair: each has another. */
export type Contradiction = 'EMPLOYEE_NUMBER' | 'SMARTCARD' | 'REGISTRATION';

/** A person and an account that may belong together, with all that a decision rests on. */
export interface Candidate {
  readonly staffId: string;
  readonly accountId: string;
  /** Posterior log odds to the base of 2; of an account that is nobody's own, negative infinity. */
  readonly bits: number;
  /** Certain keys that both have. */
  readonly certain: readonly CertainKey[];
  /** Whether the surname of one is, or may be, the other's: the test that a certain key has to pass as well. */
  readonly sameName: boolean;
  /** Whether the given names are the same, or one stands for the other. */
  readonly sameGivenName: boolean;
  readonly against: readonly Contradiction[];
  /** Whether the account can belong to one person. */
  readonly isUser: boolean;
  /** Whether the account's organisation is closed: it has to move first. */
  readonly isClosed: boolean;
  /** The account's organisation. */
  readonly odsCode: string | undefined;
  /** The organisation whose people decide: where the person is employed, and the account's if that is one of them. */
  readonly employer: string;
  /** Whether the person is employed at the account's organisation. */
  readonly isEmployedThere: boolean;
  readonly evidence: readonly LinkEvidence[];
}

/**
 * Compares a person and an account.
 *
 * @param person with those employments that count
 * @param score by the model; left out for an account that is nobody's own
 */
export function comparePair(
  person: StaffPerson,
  account: MatchedAccount,
  { score, closed }: { readonly score?: PairScore; readonly closed: ReadonlySet<string> },
): Candidate {
  const held = new Set(keysOfAccount(account));
  const certain = keysOfPerson(person).filter((key) => held.has(key));
  const name = nameOutcome(person, account);
  const against = contradictions(person, account);
  const { odsCode } = account;
  const isEmployedThere = person.employments.some((employment) => employment.odsCode === odsCode);
  const given = score?.evidence.find(({ field }) => field === 'givenName');
  return {
    staffId: person.id,
    accountId: account.id,
    bits: rounded(score?.bits ?? Number.NEGATIVE_INFINITY),
    certain: [...new Set(certain)].toSorted(),
    sameName: name !== 'different',
    sameGivenName: given !== undefined && given.bits > 0,
    against,
    isUser: account.kind === 'USER',
    isClosed: odsCode !== undefined && closed.has(odsCode),
    odsCode,
    employer: isEmployedThere ? (odsCode ?? '') : (person.employments[0]?.odsCode ?? ''),
    isEmployedThere,
    evidence: [
      ...keyEvidence(certain, against),
      ...nameEvidence(name, score),
      ...(score?.evidence ?? [])
        .filter(({ field, level }) => field !== 'familyName' && level !== 'MISSING')
        .map(({ field, level, bits }) => ({
          field,
          outcome: levelWords(level),
          bits: rounded(bits),
        })),
    ],
  };
}

/** Thousandths of a bit, so that a score that was stored is the score that was made. */
const rounded = (bits: number): number => Math.round(bits * 1_000) / 1_000;

type NameOutcome = 'equal' | 'equal to a former name' | 'similar' | 'different';

function nameOutcome(person: StaffPerson, { familyName }: MatchedAccount): NameOutcome {
  if (familyName === undefined) return 'different';
  const now = compareSurnames(person.familyName, familyName);
  if (now === 'equal') return now;
  const before = person.previousFamilyNames.some(
    (name) => compareSurnames(name, familyName) === 'equal',
  );
  return before ? 'equal to a former name' : now;
}

const FIELD = {
  EMPLOYEE_NUMBER: 'employeeNumber',
  ESR_EMAIL: 'workEmail',
  SMARTCARD: 'smartcard',
  REGISTRATION: 'registration',
} as const;

function keyEvidence(
  certain: readonly CertainKey[],
  against: readonly Contradiction[],
): readonly LinkEvidence[] {
  const same = new Set(certain.map(methodOf));
  return [
    ...[...same].map((method) => ({ field: FIELD[method], outcome: 'equal' })),
    ...against.map((method) => ({ field: FIELD[method], outcome: 'different' })),
  ];
}

function nameEvidence(name: NameOutcome, score: PairScore | undefined): readonly LinkEvidence[] {
  const scored = score?.evidence.find(({ field }) => field === 'familyName');
  return [
    {
      field: 'familyName',
      outcome: name,
      ...(scored === undefined ? {} : { bits: rounded(scored.bits) }),
    },
  ];
}

/** Another number at the same organisation is another person's: a father's mailbox in his son's record. */
function contradictions(person: StaffPerson, account: MatchedAccount): readonly Contradiction[] {
  const { odsCode, employeeNumber, smartcardId, registrations = [] } = account;
  const here = person.employments.filter((employment) => employment.odsCode === odsCode);
  const otherNumber =
    employeeNumber !== undefined &&
    here.length > 0 &&
    !here.some((employment) => employment.employeeNumber === employeeNumber);
  const otherCard =
    smartcardId !== undefined &&
    person.smartcardId !== undefined &&
    smartcardId !== person.smartcardId;
  const otherRegistration = registrations.some((registration) => {
    const same = person.registrations.filter(({ body }) => body === registration.body);
    const key = registrationKey(registration);
    return same.length > 0 && !same.some((held) => registrationKey(held) === key);
  });
  return [
    ...(otherNumber ? (['EMPLOYEE_NUMBER'] as const) : []),
    ...(otherCard ? (['SMARTCARD'] as const) : []),
    ...(otherRegistration ? (['REGISTRATION'] as const) : []),
  ];
}

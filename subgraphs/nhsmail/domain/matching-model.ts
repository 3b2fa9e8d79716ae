/** One model, ready for people and accounts: the keys by which they find each other, and how two of them compare. */
import { type CertainKey, keysOfAccount, keysOfPerson, matchedPerson } from './certain-keys.ts';
import { type Candidate, comparePair } from './compare-pair.ts';
import { decisionFloor } from './decide-matches.ts';
import { blockKeys } from './linkage/block-keys.ts';
import type { Linkage } from './linkage/compile-linkage.ts';
import { type PreparedRecord, readRecord } from './linkage/compile-rules.ts';
import { keyOfText } from './linkage/key-hash.ts';
import { scorePair } from './linkage/score-pair.ts';
import type { MatchedAccount } from './matched-account.ts';
import { recordOfAccount, recordOfPerson } from './nhs-rule-set.ts';
import type { StaffPerson } from './staff.ts';

/** A record with what comparing it needs. */
export interface Prepared<Source> {
  readonly source: Source;
  /** `undefined` for an account that is nobody's own: it has addresses only. */
  readonly record: PreparedRecord | undefined;
}

/** A person made ready; `undefined` when they are not matched. */
export function preparePerson(
  linkage: Linkage,
  person: StaffPerson,
): Prepared<StaffPerson> | undefined {
  const matched = matchedPerson(person);
  return matched === undefined
    ? undefined
    : { source: matched, record: readRecord(linkage.rules, recordOfPerson(matched)) };
}

/** An account made ready. */
export const prepareAccount = (
  linkage: Linkage,
  account: MatchedAccount,
): Prepared<MatchedAccount> => ({
  source: account,
  record: account.kind === 'USER' ? readRecord(linkage.rules, recordOfAccount(account)) : undefined,
});

/** Everything under which a person is found: blocks and certain keys, as numbers below 2^53. */
export const indexKeysOfPerson = (
  linkage: Linkage,
  { source, record }: Prepared<StaffPerson>,
): readonly number[] => indexKeys(linkage, record, keysOfPerson(source));

/** Everything under which an account is found. */
export const indexKeysOfAccount = (
  linkage: Linkage,
  { source, record }: Prepared<MatchedAccount>,
): readonly number[] => indexKeys(linkage, record, keysOfAccount(source));

function indexKeys(
  linkage: Linkage,
  record: PreparedRecord | undefined,
  certain: readonly CertainKey[],
): readonly number[] {
  const blocks = record === undefined ? [] : blockKeys(linkage, record);
  return [...new Set([...blocks, ...certain.map(certainKeyNumber)])].toSorted((a, b) => a - b);
}

/** A certain key as a number. */
export const certainKeyNumber = (key: CertainKey): number => keyOfText(CERTAIN_SEEDS, key);

/** Other ones than those of blocks: a key of one kind is none of the other. */
const CERTAIN_SEEDS = [0x2545f491, 0x9e3779b9] as const;

/** Compares two records that have a key in common; `undefined` when the pair can change no decision. */
export function findCandidate(
  linkage: Linkage,
  pair: { readonly person: Prepared<StaffPerson>; readonly account: Prepared<MatchedAccount> },
  closed: ReadonlySet<string>,
): Candidate | undefined {
  const { person, account } = pair;
  const candidate = comparePair(person.source, account.source, {
    closed,
    ...(person.record === undefined || account.record === undefined
      ? {}
      : { score: scorePair(linkage, person.record, account.record) }),
  });
  const floor = decisionFloor(linkage.model.ruleSet.thresholds);
  return candidate.certain.length > 0 || (candidate.isUser && candidate.bits >= floor)
    ? candidate
    : undefined;
}

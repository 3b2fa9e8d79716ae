/**
 * The rules by which staff records and mailboxes are compared, and what of either the rules speak of. Birth dates and
 * National Insurance numbers are not among it: the directory has neither.
 */
import type { LinkageRecord } from './linkage/record.ts';
import { type RuleSet, ruleSetSchema } from './linkage/rule-set.ts';
import type { MatchedAccount } from './matched-account.ts';
import { plainName } from './name-similarity.ts';
import type { StaffPerson } from './staff.ts';

/** The rule set that comes with Lanyard. */
export const nhsRuleSet: RuleSet = ruleSetSchema.parse({
  name: 'NHS staff and mailboxes',
  version: 1,
  fields: [
    {
      field: 'familyName',
      comparator: 'name',
      values: ['familyName'],
      alternatives: ['formerFamilyName'],
    },
    {
      field: 'givenName',
      comparator: 'given-name',
      values: ['givenName'],
      alternatives: ['middleName'],
    },
    { field: 'organisation', comparator: 'code', values: ['odsCode'] },
    { field: 'jobRole', comparator: 'text', values: ['job'] },
    { field: 'phone', comparator: 'phone', values: ['phone'] },
    { field: 'started', comparator: 'near-date', values: ['started'], days: [14, 90] },
  ],
  blocks: [
    ['familyName:value', 'givenName:group'],
    ['familyName:value', 'organisation:value'],
    ['familyName:sound', 'givenName:initial', 'organisation:value'],
    ['givenName:group', 'organisation:value', 'started:month'],
    ['phone:value'],
  ],
  refine: ['organisation:value', 'givenName:initial', 'started:month'],
  // People of a common name are told apart by their organisation or not at all.
  blockPairs: 500,
});

/** What the rules speak of, of a person. */
export const recordOfPerson = (person: StaffPerson): LinkageRecord => ({
  id: person.id,
  values: {
    familyName: person.familyName,
    formerFamilyName: person.previousFamilyNames,
    givenName: [person.givenName ?? '', person.preferredName ?? ''],
    middleName: person.middleName,
    odsCode: person.employments.map(({ odsCode }) => odsCode),
    job: person.employments.flatMap(({ jobRole = '', jobTitle = '' }) => [jobRole, jobTitle]),
    phone: person.workPhones,
    started: person.employments.map(({ startedOn }) => startedOn ?? ''),
  },
});

/** What the rules speak of, of an account. An address keeps the surname that it was made with. */
export const recordOfAccount = (account: MatchedAccount): LinkageRecord => ({
  id: account.id,
  values: {
    familyName: account.familyName,
    formerFamilyName: surnamesInAddresses(account),
    givenName: account.givenName,
    middleName: account.middleNames,
    odsCode: account.odsCode,
    job: [account.jobRole ?? '', account.jobTitle ?? ''],
    phone: account.phone,
    started: account.createdAt?.toISOString().slice(0, 10),
  },
});

/** `amara.okafor2@...` was made for an Okafor. */
function surnamesInAddresses({ mail, aliases, familyName }: MatchedAccount): readonly string[] {
  const lower = familyName?.toLowerCase() ?? '';
  let now: string | undefined;
  const names: string[] = [];
  for (const address of [mail, ...aliases]) {
    const local = address.slice(0, address.indexOf('@'));
    const dot = local.lastIndexOf('.');
    if (dot < 0) continue;
    const name = local.slice(dot + 1).replace(/\d+$/, '');
    // Most surnames are written as they are in addresses: only for the others is it worth a look at their letters.
    if (name.length < 2 || name === lower) continue;
    now ??= plainName(lower).replaceAll(' ', '');
    if (name !== now) names.push(name);
  }
  return names;
}

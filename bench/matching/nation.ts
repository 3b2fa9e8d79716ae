/** The people and accounts of `npx lanyard demo generate`, as matching sees them, without the files in between. */
import { createHash } from 'node:crypto';

import { directoryLife } from '../../cli/demo-data/directory-life.ts';
import { goldenPeople } from '../../cli/demo-data/golden-people.ts';
import { mailboxes } from '../../cli/demo-data/mailboxes.ts';
import type { DemoAccount, DemoPerson } from '../../cli/demo-data/model.ts';
import { nation } from '../../cli/demo-data/organisations.ts';
import { randomFrom } from '../../cli/demo-data/random.ts';
import { planStaff } from '../../cli/demo-data/staff-plan.ts';
import type { MatchedAccount } from '../../subgraphs/nhsmail/domain/matched-account.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';

const SEED = 1;

/** One member of staff, or a mailbox that is nobody's. */
export interface NationRecord {
  /** `undefined` when every employment has ended. */
  readonly person: StaffPerson | undefined;
  readonly accounts: readonly MatchedAccount[];
}

/** Everybody, one organisation after another, and then its mailboxes. Same number, same people. */
export function* nationRecords(staff: number): Generator<NationRecord> {
  const organisations = nation();
  const randomFor = randomFrom(SEED);
  const plan = planStaff(staff, { organisations, golden: goldenPeople(), randomFor });
  let nobodies = 0;
  for (const [place, organisation] of organisations.open.entries()) {
    let here = 0;
    for (const { person, home } of plan.employedAt(place)) {
      if (!home) continue;
      here += 1;
      yield {
        person: staffPerson(person),
        accounts: person.accounts.map((account) => matchedAccount(account, person)),
      };
    }
    for (const account of mailboxes(organisation, here, randomFor('mailboxes', place), nobodies)) {
      nobodies += 1;
      yield { person: undefined, accounts: [matchedAccount(account)] };
    }
  }
}

/** As the staff record gives it: what the first of the current employers holds. */
function staffPerson(person: DemoPerson): StaffPerson | undefined {
  const employments = person.employments.filter(({ termination }) => termination === null);
  const [first] = employments;
  if (first === undefined) return undefined;
  const phone = person.accounts[0]?.phone;
  return {
    id: person.key,
    familyName: first.heldFamily ?? person.family,
    previousFamilyNames: [person.maiden, first.renamed?.from ?? ''].filter((name) => name !== ''),
    ...present('givenName', person.given),
    ...present('middleName', person.middle),
    ...present('preferredName', person.preferred),
    ...present('workEmail', first.workEmail),
    workPhones: phone == null ? [] : [phone],
    ...present('smartcardId', person.smartcardUuid),
    registrations: person.registrations.map(({ body, number }) => ({ body, number })),
    employments: employments.map(({ odsCode, employeeNumber, userType, hire, assignments }) => {
      const row = assignments[0]?.rows.at(-1);
      return {
        odsCode,
        employeeNumber,
        personType: userType.toUpperCase(),
        startedOn: hire,
        ...(row === undefined ? {} : { jobRole: row.job.role, jobTitle: row.job.title }),
      };
    }),
  };
}

/** As the directory gives it: what it holds of an account, drawn by the same dice as the file of `demo generate`. */
function matchedAccount(account: DemoAccount, holder?: DemoPerson): MatchedAccount {
  const dice = createHash('sha256')
    .update(`${String(SEED)}:${account.uid}`)
    .digest()
    .subarray(8);
  const life = new Map(directoryLife(account, holder, [], dice));
  const of = (name: string): string => life.get(name) ?? '';
  const registration = of('nhsmailRegistration');
  const colon = registration.indexOf(':');
  return {
    id: account.uid,
    mail: account.mail.toLowerCase(),
    aliases: account.aliases,
    kind: account.kind,
    familyName: account.family,
    ...present('givenName', account.given),
    ...present('middleNames', of('nhsmailMiddleNames')),
    ...present('jobTitle', account.title),
    ...present('jobRole', of('nhsmailJobRole')),
    ...present('phone', account.phone),
    ...present('odsCode', account.odsCode),
    ...present('employeeNumber', account.employeeNumber),
    ...present('smartcardId', of('nhsmailSmartcardId')),
    registrations:
      colon < 0
        ? []
        : [{ body: registration.slice(0, colon), number: registration.slice(colon + 1) }],
    createdAt: momentOf(of('createTimestamp')),
  };
}

/** Generalized time, as `directoryLife` writes it. */
const momentOf = (time: string): Date =>
  new Date(time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const present = <Key extends string>(
  key: Key,
  value: string | null,
): Partial<Record<Key, string>> =>
  value === null || value === '' ? {} : ({ [key]: value } as Partial<Record<Key, string>>);

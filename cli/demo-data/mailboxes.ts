/** Directory accounts that are nobody: shared mailboxes, applications, contacts, and accounts whose people are gone. */
import type { DemoAccount } from './model.ts';
import type { DemoOrganisation } from './organisations.ts';
import type { Random } from './random.ts';
import { phone } from './reserved.ts';

const DEPARTMENTS = ['Ward', 'Clinic', 'Rota', 'Referrals', 'Payroll', 'Estates', 'Recruitment'];

const KINDS = [
  { kind: 'SHARED', prefix: 's', per: 12, word: 'Team' },
  { kind: 'APPLICATION', prefix: 'x', per: 150, word: 'Service' },
  { kind: 'CONTACT', prefix: 'c', per: 33, word: '' },
] as const;

/**
 * Who answers for a shared mailbox: two people as a rule, one in a fifth of them, and nobody in one of twenty.
 *
 * @param uids accounts of people of the organisation
 */
export function ownersOf(
  { kind }: DemoAccount,
  uids: readonly string[],
  random: Random,
): readonly string[] {
  if (kind !== 'SHARED' || uids.length === 0 || random.chance(0.05)) return [];
  const [first, second] = [random.pick(uids), random.pick(uids)];
  return random.chance(0.2) || first === second ? [first] : [first, second];
}

/**
 * Accounts that no record of staff stands behind: one for 200 people where they work, three at a place that closed. Their
 * names are nobody else's.
 *
 * @param first how many there are in the organisations before this one
 */
export function* orphans(
  { odsCode, status }: DemoOrganisation,
  staff: number,
  random: Random,
  first: number,
): Generator<DemoAccount> {
  const count = status === 'CLOSED' ? 3 : Math.floor(staff / 200);
  for (let index = 1; index <= count; index += 1) {
    const given = random.pick(['Robin', 'Charlie', 'Frankie']);
    yield {
      uid: `o${String(1_000_000 + first + index)}`,
      kind: 'USER',
      state: random.chance(0.2) ? 'LEAVER' : 'ACTIVE',
      given,
      family: `Formerly${odsCode.toLowerCase()}${String(index)}`,
      title: null,
      odsCode,
      mail: `${odsCode.toLowerCase()}.former${String(index)}@nhsmail.example`,
      aliases: [],
      phone: null,
      employeeNumber: null,
    };
  }
}

/**
 * The mailboxes of an organisation: one shared for 12 staff, one application for 150, three contacts for a hundred.
 *
 * @param first how many there are in the organisations before this one
 */
export function* mailboxes(
  { odsCode }: DemoOrganisation,
  staff: number,
  random: Random,
  first: number,
): Generator<DemoAccount> {
  let number = first;
  for (const { kind, prefix, per, word } of KINDS) {
    for (let index = 1; index <= Math.ceil(staff / per); index += 1) {
      number += 1;
      const contact = kind === 'CONTACT';
      yield {
        uid: `${prefix}${String(1_000_000 + number)}`,
        kind,
        state: 'ACTIVE',
        given: contact ? random.pick(['Alex', 'Sam', 'Jo']) : null,
        family: contact
          ? `Supplier ${String(index)}`
          : `${random.pick(DEPARTMENTS)} ${word} ${String(index)}`,
        title: null,
        odsCode,
        mail: `${odsCode.toLowerCase()}.${kind.toLowerCase()}${String(index)}@nhsmail.example`,
        aliases: [],
        phone: random.chance(0.3) ? phone(random) : null,
        employeeNumber: null,
      };
    }
  }
}

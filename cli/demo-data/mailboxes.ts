/** Directory accounts that are nobody: shared mailboxes, applications, contacts. */
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

/** What the directory knows of an account besides what its person is: when it came, was used and was marked, and who keeps it. */
import { BASE_DAY, compact, dayAt, offsetOf } from './days.ts';
import type { DemoAccount, DemoPerson } from './model.ts';

/** Days after its mark on which a leaver's account is deleted. */
const DELETED_AFTER_DAYS = 30;

/** No account is older than the directory. */
const FIRST_DAY = '2004-10-04';

/** A moment of a day as generalized time (RFC 4517, section 3.3.13). The dice only spread it over the working day. */
const at = (day: string, dice: number): string =>
  `${compact(day)}${String(8 + (dice % 9)).padStart(2, '0')}${String(dice % 60).padStart(2, '0')}00Z`;

/**
 * Tells what the directory holds: the attributes of `deploy/nhsmail.schema`, and when the entry was made.
 *
 * @param holder whose account it is; none for mailboxes, applications and accounts that nobody holds any more
 * @param owners names of the entries of those who answer for a shared mailbox
 * @param dice twelve or more bytes that are always the same for the account, from 0 to 255
 */
export function directoryLife(
  account: DemoAccount,
  holder: DemoPerson | undefined,
  owners: readonly string[],
  dice: Uint8Array,
): readonly (readonly [name: string, value: string])[] {
  const die = (place: number): number => dice[place] ?? 0;
  const share = (place: number, percent: number): boolean => die(place) < percent * 2.56;
  const attributes: (readonly [string, string])[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') attributes.push([name, value]);
  };
  const employment = holder?.employments.find(({ odsCode }) => odsCode === account.odsCode);
  if (holder !== undefined) {
    if (share(0, 70)) add('personalTitle', holder.title);
    if (share(1, 40)) add('nhsmailMiddleNames', holder.middle);
    if (share(2, 50)) add('nhsmailSmartcardId', holder.smartcardUuid);
    if (share(3, 60)) {
      for (const { body, number } of holder.registrations) {
        add('nhsmailRegistration', `${body}:${number}`);
      }
    }
    if (share(4, 60)) add('nhsmailJobRole', employment?.assignments[0]?.rows.at(-1)?.job.role);
  }
  if (account.kind === 'USER') {
    add('nhsmailConnectorManaged', account.employeeNumber === null ? 'FALSE' : 'TRUE');
  }
  for (const owner of owners) add('owner', owner);

  // An account is made in the weeks around the first day; that of a movers’ old organisation came before.
  const begun = employment?.hire ?? dayAt(-400 - 10 * die(5));
  const made = Math.min(Math.max(offsetOf(begun) + (die(6) % 21) - 7, offsetOf(FIRST_DAY)), -1);
  if (account.state === 'LEAVER') {
    // Nobody here was marked so long ago that the account would be gone.
    const left = employment?.termination ?? BASE_DAY;
    const marked = Math.max(offsetOf(left) + (die(7) % 7), -1 - (die(8) % 28));
    const markedDay = dayAt(Math.min(marked, -1));
    add('nhsmailLeaverMarkedAt', at(markedDay, die(9)));
    add('nhsmailDeleteDueAt', at(dayAt(offsetOf(markedDay) + DELETED_AFTER_DAYS), die(9)));
    add('nhsmailLastActiveAt', at(dayAt(offsetOf(markedDay) - 1 - (die(10) % 5)), die(11)));
  } else if (account.kind === 'USER' && !share(10, 4)) {
    add('nhsmailLastActiveAt', at(dayAt(-1 - (die(11) % 14)), die(9)));
  }
  add('createTimestamp', at(dayAt(made), die(6)));
  return attributes;
}

/** Without network: what is on this device, and how it stood when it was last checked, read from this device alone. */
import { openAnybodys } from './wallet/indexed-db.ts';
import { lastChecked } from './wallet/last-check.ts';
import { openCredentials } from './wallet/open-credentials.ts';
import { given, part } from './wallet/parts-of-page.ts';

const page = part('offline');
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
});

void openAnybodys().then(async ({ credentials, notes }) => {
  const list = page.querySelector('ul');
  const types = JSON.parse(given(page, 'types')) as Record<string, string>;
  const [identity] = await openCredentials(
    credentials.filter((one) => one.configurationId === 'identity'),
  );
  const lines = credentials.map(({ addedAt, configurationId }) => {
    const name = types[configurationId.toUpperCase().replaceAll('-', '_')] ?? configurationId;
    return `${name}. ${given(page, 'added')} ${day.format(addedAt)}`;
  });
  const name = [identity?.claims['given_name'], identity?.claims['family_name']];
  const whole = name.filter((one) => typeof one === 'string').join(' ');
  for (const text of whole === '' ? lines : [whole, ...lines]) {
    const item = document.createElement('li');
    item.textContent = text;
    list?.append(item);
  }
  for (const empty of page.querySelectorAll<HTMLElement>('[data-on="empty"]')) {
    empty.hidden = credentials.length > 0;
  }
  if (credentials.length > 0) await tellLastCheck(notes);
});

async function tellLastCheck(notes: Parameters<typeof lastChecked>[0]): Promise<void> {
  const check = await lastChecked(notes);
  part('checked').textContent =
    check === undefined
      ? given(page, 'never')
      : `${given(page, 'checked')} ${momentOf(check.at)}. ${given(page, 'was')} ${check.standing}.`;
}

/** `today at 2:11pm`, or `on 3 August 2026 at 2:11pm`. */
function momentOf(at: number): string {
  const isToday = day.format(at) === day.format(Date.now());
  const time = clock.format(at).replace(/[\s\u202f]+(?=[ap]m)/i, '');
  return `${isToday ? 'today' : `on ${day.format(at)}`} at ${time.toLowerCase()}`;
}

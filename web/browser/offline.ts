/** Without network: what is on this device, read from this device alone. */
import { openCredentials } from './wallet/open-credentials.ts';
import { openAnybodys } from './wallet/indexed-db.ts';
import { given, part } from './wallet/parts-of-page.ts';

const page = part('offline');

void openAnybodys().then(async (held) => {
  const list = page.querySelector('ul');
  const types = JSON.parse(given(page, 'types')) as Record<string, string>;
  const [identity] = await openCredentials(
    held.filter((one) => one.configurationId === 'identity'),
  );
  const lines = held.map(({ addedAt, configurationId }) => {
    const name = types[configurationId.toUpperCase().replaceAll('-', '_')] ?? configurationId;
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(addedAt);
    return `${name}. ${given(page, 'checked')} ${day}`;
  });
  const name = [identity?.claims['given_name'], identity?.claims['family_name']];
  const whole = name.filter((one) => typeof one === 'string').join(' ');
  for (const text of whole === '' ? lines : [whole, ...lines]) {
    const item = document.createElement('li');
    item.textContent = text;
    list?.append(item);
  }
  for (const empty of page.querySelectorAll<HTMLElement>('[data-on="empty"]')) {
    empty.hidden = held.length > 0;
  }
});

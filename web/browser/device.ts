/** On the passport and on setting up: whether this device has the passport, and the worker that keeps the page without network. */
import { askToKeep, openWalletStore } from './wallet/indexed-db.ts';
import { newDeviceKey } from './wallet/device-key.ts';
import { noteCheck } from './wallet/last-check.ts';
import { given, onSend } from './wallet/parts-of-page.ts';
import { policy } from './wallet/trusted.ts';

if ('serviceWorker' in navigator) {
  const address = policy.createScriptURL('/service-worker.js') as string;
  void navigator.serviceWorker.register(address).catch(() => undefined);
}

/** How often the status is looked at again, in milliseconds, and for how long: it must not keep a session open for ever. */
const LOOK_MS = 4_000;
const LOOKS = 30;

const notHere = document.getElementById('not-here');
if (notHere !== null) {
  void openWalletStore()
    .then(async (store) => {
      const held = await store.list(given(notHere, 'staff'));
      if (held.length > 0) await noteStanding(store);
      return held;
    })
    .catch(() => [])
    .then((held) => {
      notHere.hidden = held.length > 0;
    });
}

/** What the page says of how the passport stands, kept for when there is no network. */
async function noteStanding(store: Parameters<typeof noteCheck>[0]): Promise<void> {
  const standing = document.querySelector('#live .nhsuk-tag')?.textContent.trim();
  if (standing !== undefined) await noteCheck(store, { at: Date.now(), standing });
}

const form = document.querySelector<HTMLFormElement>('form[data-wallet="set-up"]');
if (form !== null) {
  onSend(form, async () => {
    try {
      await (await openWalletStore()).note('device', { key: await newDeviceKey() });
      await askToKeep();
      location.assign('/passport/add');
    } catch {
      const blocked = document.getElementById('blocked');
      if (blocked === null) return;
      blocked.hidden = false;
      blocked.querySelector('h2')?.focus();
    }
  });
}

const live = document.getElementById('live');
if (live !== null) look(live, LOOKS);

/** Looks again, and puts in what is new. Nothing is announced while nothing has changed. */
function look(element: HTMLElement, left: number): void {
  if (left === 0) return;
  setTimeout(() => {
    void latest(given(element, 'live'))
      .then((fresh) => {
        const [status, now] = [element, fresh].map((one) => one?.querySelector('.nhsuk-tag'));
        if (fresh !== null && status?.textContent !== now?.textContent) {
          element.replaceChildren(...fresh.childNodes);
          void openWalletStore().then(noteStanding, () => undefined);
        }
      })
      .catch(() => undefined)
      .finally(() => {
        look(element, left - 1);
      });
  }, LOOK_MS);
}

async function latest(address: string): Promise<HTMLElement | null> {
  if (document.hidden) return null;
  const answer = await fetch(address, { headers: { accept: 'text/html' }, redirect: 'error' });
  if (!answer.ok) return null;
  return trusted(await answer.text()).getElementById('live');
}

/** A page of our own, read without running anything of it. */
function trusted(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html) as string, 'text/html');
}

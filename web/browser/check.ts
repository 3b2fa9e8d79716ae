/** Fills in what would be shared and what would not, once the page is known to be about the request that was read. */
import type { Choice } from '../../standards/openid4vp/choose-credentials.ts';
import { choicesFor, type OpenCredential, openCredentials } from './wallet/open-credentials.ts';
import { sendRefusal } from './wallet/post-answer.ts';
import { findAnswering, takeAnswering } from './wallet/answering.ts';
import { claimWords } from './wallet/claim-words.ts';
import { openWalletStore } from './wallet/indexed-db.ts';
import { given, outside, part } from './wallet/parts-of-page.ts';

const page = part('check');
/** The page is left while this is on its way. */
const lasting = {
  ...outside,
  fetch: (url: string, init?: RequestInit) => fetch(url, { ...init, keepalive: true }),
} as const;

void fill().catch(() => {
  part('other').hidden = false;
});

async function fill(): Promise<void> {
  const store = await openWalletStore();
  const staffId = given(page, 'staff');
  const answering = await findAnswering(store, staffId, given(page, 'request'));
  if (answering?.odsCode !== given(page, 'ods')) throw new Error('another request');
  const credentials = await openCredentials(await store.list(staffId));
  const choices = choicesFor(answering.request, credentials);
  const needed = choices.filter((one) => one.needed).map(({ queryId }) => typeOf(queryId));
  if (needed.join(' ') !== given(page, 'needed')) throw new Error('another request');
  for (const choice of choices) show(choice);
  const enough = choices.every((one) => !one.needed || one.held !== undefined);
  part('not-enough').hidden = enough;
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[value="share"]')) {
    button.hidden = !enough;
  }
  listOthers(credentials, choices);
  page.querySelector('button[value="refuse"]')?.addEventListener('click', () => {
    void takeAnswering(store);
    void sendRefusal(answering.request, lasting).catch(() => undefined);
  });
  page.hidden = false;
}

/** The values under the name of what is asked for. */
function show({ queryId, held, paths }: Choice<OpenCredential>): void {
  const type = typeOf(queryId);
  const hint = page.querySelector<HTMLElement>(`[data-value="${type}"]`);
  if (hint === null) return;
  if (held === undefined) {
    hint.textContent = given(page, 'missing');
    const box = page.querySelector<HTMLInputElement>(`input[value="${type}"]`);
    if (box !== null) {
      box.checked = false;
      box.disabled = true;
    }
    return;
  }
  const names = new Set(paths.map(([name]) => String(name)));
  hint.textContent = claimWords(held.claims, labelsOf(hint), (name) => names.has(name));
}

/** Everything else that is in the passport, by name. */
function listOthers(
  credentials: readonly OpenCredential[],
  choices: readonly Choice<OpenCredential>[],
): void {
  const list = part('not-shared');
  const line = (text: string): void => {
    const item = document.createElement('li');
    item.textContent = text;
    list.append(item);
  };
  const asked = new Map(choices.map((one) => [one.held, one]));
  for (const credential of credentials) {
    const choice = asked.get(credential);
    const name = credential.held.configurationId.replaceAll('-', ' ');
    if (choice === undefined) {
      line(name.slice(0, 1).toUpperCase() + name.slice(1));
      continue;
    }
    const hint = page.querySelector<HTMLElement>(`[data-value="${typeOf(choice.queryId)}"]`);
    const shown = new Set(choice.paths.map(([first]) => String(first)));
    for (const [claim, label] of Object.entries(hint === null ? {} : labelsOf(hint))) {
      if (Object.hasOwn(credential.claims, claim) && !shown.has(claim)) line(label);
    }
  }
}

const labelsOf = (hint: HTMLElement): Record<string, string> =>
  JSON.parse(given(hint, 'labels')) as Record<string, string>;

const typeOf = (queryId: string): string => queryId.toUpperCase().replaceAll('-', '_');

/** Looks how far a list has got, and says what is new. */
import { part } from './wallet/parts-of-page.ts';
import { policy } from './wallet/trusted.ts';

/** In milliseconds. */
const LOOK_MS = 5_000;
/** A session must not be kept open for ever: ten minutes, then the page waits for its person. */
const LOOKS = 120;

look(LOOKS);

function look(left: number): void {
  if (left === 0) return;
  setTimeout(() => {
    void latest()
      .catch(() => undefined)
      .finally(() => {
        look(left - 1);
      });
  }, LOOK_MS);
}

async function latest(): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch(location.href, {
    headers: { accept: 'text/html' },
    redirect: 'error',
  });
  if (!answer.ok) return;
  const html = policy.createHTML(await answer.text()) as string;
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const told = fresh.getElementById('progress');
  const progress = part('progress');
  // Nothing is announced, and nobody loses their place, while nothing has changed.
  if (told === null || told.textContent === progress.textContent) return;
  progress.textContent = told.textContent;
  const table = fresh.getElementById('asked');
  if (table !== null) part('asked').replaceChildren(...table.childNodes);
}

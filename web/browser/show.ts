/** Looks whether a trust has asked meanwhile, and makes a new code before the old one ends. */
import { part } from './wallet/parts-of-page.ts';
import { policy } from './wallet/trusted.ts';

/** In milliseconds. */
const LOOK_MS = 5_000;
/** A session must not be kept open for ever: two minutes, then the page waits for its person. */
const LOOKS = 24;

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
  const asked = part('asked');
  if (document.hidden || asked.querySelector('a') !== null) return;
  const answer = await fetch('/passport/share', { redirect: 'error' });
  if (!answer.ok) return;
  const html = policy.createHTML(await answer.text()) as string;
  const waiting = new DOMParser()
    .parseFromString(html, 'text/html')
    .querySelector('main a.nhsuk-button');
  // The whole page again, with who asks.
  if (waiting !== null) location.reload();
}

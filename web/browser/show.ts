/** Looks whether a trust has asked meanwhile, and shows a new code each minute. */
import { given, part } from './wallet/parts-of-page.ts';
import { policy } from './wallet/trusted.ts';

/** In milliseconds. */
const LOOK_MS = 5_000;
/** A new code with each of these looks: once a minute. */
const LOOKS_OF_A_CODE = 12;
/** A session must not be kept open for ever: ten minutes, then the page waits for its person. */
const LOOKS = 120;

look(1);

function look(count: number): void {
  setTimeout(() => {
    if (count > LOOKS) {
      part('fresh').textContent = given(part('fresh'), 'rest');
      return;
    }
    void latest(count % LOOKS_OF_A_CODE === 0)
      .catch(() => undefined)
      .finally(() => {
        look(count + 1);
      });
  }, LOOK_MS);
}

async function latest(isCodeDue: boolean): Promise<void> {
  if (document.hidden || part('asked').querySelector('a') !== null) return;
  if (isCodeDue) {
    const fresh = (await pageAt('/passport/show')).getElementById('code');
    if (fresh !== null) part('code').replaceChildren(...fresh.childNodes);
    return;
  }
  const waiting = (await pageAt('/passport/share')).querySelector('main a.nhsuk-button');
  // The whole page again, with who asks.
  if (waiting !== null) location.reload();
}

/** One of our own pages, read without running anything of it. */
async function pageAt(address: string): Promise<Document> {
  const answer = await fetch(address, { headers: { accept: 'text/html' }, redirect: 'error' });
  if (!answer.ok) throw new Error('the page is not there');
  const html = policy.createHTML(await answer.text()) as string;
  return new DOMParser().parseFromString(html, 'text/html');
}

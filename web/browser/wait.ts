/** Looks whether a request has been answered meanwhile, and shows the answer. */

/** In milliseconds. */
const LOOK_MS = 2_000;
/** A request can be answered for ten minutes. */
const LOOKS = 320;

const waiting = document.querySelector<HTMLElement>('#wait');

function look(left: number): void {
  if (left === 0 || waiting === null) return;
  setTimeout(() => {
    void latest(waiting.dataset['state'] ?? '')
      .catch(() => undefined)
      .finally(() => {
        look(left - 1);
      });
  }, LOOK_MS);
}

async function latest(before: string): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch(`${location.pathname}?state=only`, { redirect: 'error' });
  if (answer.ok && (await answer.text()) !== before) location.reload();
}

look(LOOKS);

/** Follows how far a change of a credential has got, and says what is new. Without it, the page is reloaded. */

interface Told {
  readonly title: string;
  readonly state: { readonly text: string; readonly classes: string };
  readonly steps: readonly {
    readonly name: string;
    readonly where: string;
    readonly status: string;
    readonly time: string;
  }[];
  readonly unreached: readonly string[];
}

/** Times that the connection may fail before the page gives up. */
const MOST_FAILURES = 30;

const region = document.querySelector<HTMLElement>('[data-live]');
const said = document.querySelector<HTMLElement>('#said');

if (region !== null && said !== null) {
  const source = new EventSource(region.dataset['live'] ?? '');
  let failures = 0;
  const over = (): void => {
    source.close();
    said.textContent = region.dataset['ended'] ?? '';
  };
  source.addEventListener('progress', ({ data }: MessageEvent<string>) => {
    show(region, JSON.parse(data) as Told);
  });
  source.addEventListener('over', over);
  source.addEventListener('error', () => {
    failures += 1;
    if (failures > MOST_FAILURES) over();
  });
}

function show(page: HTMLElement, { title, state, steps, unreached }: Told): void {
  const news: string[] = [];
  const heading = page.querySelector('[data-part="title"]');
  if (heading !== null && write(heading, title)) {
    news.push(title);
    // What could be done until then.
    for (const part of page.querySelectorAll<HTMLElement>('[data-part="waiting"]')) {
      part.hidden = true;
    }
  }
  const tag = page.querySelector('[data-part="state"] .nhsuk-tag');
  if (tag !== null && write(tag, state.text)) {
    tag.className = `nhsuk-tag ${state.classes}`;
    news.push(state.text);
  }
  for (const { name, where, status, time } of steps) {
    const row = page.querySelector(`[data-step="${name}"]`);
    const cell = row?.querySelector('[data-part="status"]');
    const clock = row?.querySelector('[data-part="time"]');
    if (cell == null || clock == null) continue;
    const isNew = write(cell, status);
    write(clock, time);
    if (isNew) news.push(`${where}: ${status}`);
  }
  const list = page.querySelector<HTMLElement>('[data-part="unreached"]');
  if (list !== null) {
    list.hidden = unreached.length === 0;
    list.querySelector('ul')?.replaceChildren(...unreached.map(listItem));
  }
  if (news.length > 0 && said !== null) said.textContent = news.join('. ');
}

function listItem(text: string): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'app-address';
  item.textContent = text;
  return item;
}

/** Writes a text; tells whether it was another. */
function write(element: Element, text: string): boolean {
  if (element.textContent.trim() === text) return false;
  element.textContent = text;
  return true;
}

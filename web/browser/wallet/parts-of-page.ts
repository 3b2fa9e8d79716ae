/** What pages of the wallet have in common: parts that are shown in turn, and buttons that are busy. */

/** A part of the page by its id; the page is another one when it is missing. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`this page has no ${id}`);
  return found;
}

/** What the server wrote into a part for the script. */
export const given = (element: HTMLElement, name: string): string => element.dataset[name] ?? '';

/** Shows those of a part's texts that are marked with these names, and hides the others. */
export function showOnly(element: HTMLElement, ...names: readonly string[]): void {
  for (const one of element.querySelectorAll<HTMLElement>('[data-on]')) {
    one.hidden = !names.includes(given(one, 'on'));
  }
}

/** Takes a form's sending over while script runs. The button says that something is being done. */
export function onSend(form: HTMLFormElement, act: () => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    const text = button?.textContent ?? '';
    if (button !== null) {
      button.textContent = given(form, 'busy') || text;
      button.setAttribute('aria-busy', 'true');
      button.disabled = true;
    }
    void act().finally(() => {
      if (button === null) return;
      button.textContent = text;
      button.removeAttribute('aria-busy');
      button.disabled = false;
    });
  });
}

/** The browser's own network and clock. */
export const outside = {
  fetch: (url: string, init?: RequestInit) => fetch(url, init),
  now: () => new Date(),
} as const;

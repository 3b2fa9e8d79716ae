/** A browser with cookies and without script: it follows redirects and sends the form of a page. */

/** A page, once redirects have been followed. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** Other origins than that of the first page are not called: the redirect to them is the last page. */
export class Browser {
  readonly #cookies = new Map<string, Cookie>();
  #origin: string | undefined;

  open(url: string): Promise<Page> {
    return this.#go(url, { method: 'GET' });
  }

  /** Sends the page's form: its hidden fields, and `fields`. */
  submit(
    page: Page,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const action = /<form[^>]*action="([^"]*)"/.exec(page.html)?.[1];
    if (action === undefined) throw new Error(`no form on this page (${String(page.status)})`);
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const body = new URLSearchParams(
      hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
    );
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.#go(new URL(action.replaceAll('&amp;', '&'), page.url).href, {
      method: 'POST',
      body,
      headers: { origin: new URL(page.url).origin, ...headers },
    });
  }

  async #go(url: string, init: RequestInit): Promise<Page> {
    const { origin, pathname } = new URL(url);
    this.#origin ??= origin;
    if (origin !== this.#origin) return { url, status: 0, html: '', headers: new Headers() };
    const cookie = [...this.#cookies.values()]
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string> | undefined), cookie },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get('location');
    const html = await response.text();
    if (response.status >= 300 && response.status < 400 && location !== null) {
      return this.#go(new URL(location, url).href, { method: 'GET' });
    }
    return { url, status: response.status, html, headers: response.headers };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const path = attributes.find((each) => each.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const key = `${name} ${path}`;
    if (value === '') this.#cookies.delete(key);
    else this.#cookies.set(key, { name, value, path });
  }
}

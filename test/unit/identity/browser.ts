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

  cookies(): readonly { readonly name: string; readonly value: string }[] {
    return [...this.#cookies.values()];
  }

  /** Plants a cookie, without the signature that goes with it. */
  setCookie(name: string, value: string): void {
    this.#cookies.set(`${name} /`, { name, value, path: '/' });
  }

  open(url: string): Promise<Page> {
    return this.#go(url, { method: 'GET' });
  }

  /** Sends the form of the page that has these fields: its hidden fields, and `fields`. */
  submit(
    page: Page,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const form = formWith(page, Object.keys(fields));
    const action = /action="([^"]*)"/.exec(form)?.[1] ?? '';
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const body = new URLSearchParams(
      hidden.map(([, name = '', value = '']): [string, string] => [name, decode(value)]),
    );
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.#go(new URL(decode(action), page.url).href, {
      method: 'POST',
      body,
      headers: { origin: new URL(page.url).origin, ...headers },
    });
  }

  /** Lets a device answer the page's question for a passkey, as the page's script does. */
  submitPasskey(page: Page, answer: (kind: string, options: never) => unknown): Promise<Page> {
    const form = formWith(page, ['passkey']);
    const [, kind = ''] = /data-passkey="([^"]*)"/.exec(form) ?? [];
    const [, options = ''] = /data-options="([^"]*)"/.exec(form) ?? [];
    return this.submit(page, {
      passkey: JSON.stringify(answer(kind, JSON.parse(decode(options)) as never)),
    });
  }

  /** The value of a cookie. */
  cookie(name: string): string | undefined {
    return [...this.#cookies.values()].find((each) => each.name === name)?.value;
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

/** The first form of the page that has all of these fields. */
function formWith(page: Page, names: readonly string[]): string {
  const forms = page.html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const found = forms.find((form) => names.every((name) => form.includes(`name="${name}"`)));
  if (found === undefined && forms[0] === undefined) {
    throw new Error(`no form on this page (${String(page.status)})`);
  }
  return found ?? forms[0] ?? '';
}

/** Undoes the escaping of an attribute. */
const decode = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

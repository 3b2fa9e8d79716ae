/** The page of a request, for the holder's browser or as a code for the holder's phone. It works without script. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import nunjucks from 'nunjucks';
import { renderSVG } from 'uqr';

/** Where the holder is with a request, in this browser. */
export type Stage =
  | 'unknown'
  | 'expired'
  | 'start'
  | 'elsewhere'
  | 'open-wallet'
  | 'scan'
  | 'in-wallet'
  | 'shared'
  | 'not-shared'
  | 'not-taken'
  | 'other-browser';

/** What the page shows. */
export interface PresentPage {
  readonly stage: Stage;
  /** The verifier, and why it asks, in words. */
  readonly verifier?: string;
  readonly purpose?: string;
  /** What is asked for, in words. */
  readonly asked?: readonly {
    readonly name: string;
    readonly claims: readonly string[];
    readonly optional: boolean;
  }[];
  /** Where the form of the stage `start` goes. */
  readonly action?: string;
  /** What opens the wallet, in the stages `open-wallet` and `scan`. */
  readonly walletUri?: string;
  /** The page itself. */
  readonly self?: string;
}

/** The pages. */
export interface Pages {
  readonly render: (page: PresentPage) => string;
  /** The style sheet's name and text. */
  readonly stylesheet: { readonly path: string; readonly css: string };
}

const TITLES: Readonly<Record<Stage, string>> = {
  unknown: 'This link does not work',
  expired: 'This link has run out',
  start: 'Share your staff passport',
  elsewhere: 'This link is open in another browser',
  'open-wallet': 'Share your staff passport',
  scan: 'Share your staff passport',
  'in-wallet': 'Go on in your wallet',
  shared: 'Shared',
  'not-shared': 'Nothing was shared',
  'not-taken': 'What you shared could not be checked',
  'other-browser': 'Go back to the browser that you started in',
};

/** Without a web font the style sheet names none: this is what NHS pages fall back to. */
const OWN_STYLE =
  'body,button{font-family:Arial,Helvetica,sans-serif}' +
  '.app-qr svg{width:280px;max-width:100%;height:auto;display:block}';

/**
 * Creates the pages.
 *
 * @param base the path under which they are served, without a slash at its end
 */
export function createPages(base: string): Pages {
  const frontend = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'));
  const css = readFileSync(join(frontend, 'dist', 'nhsuk', 'nhsuk-frontend.min.css'), 'utf8')
    // The web font comes from another host, which the pages are not allowed to call.
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//, '')
    .concat(OWN_STYLE);
  const path = `${base}/assets/passport/${hash('sha256', css, 'hex').slice(0, 16)}.css`;
  const template = new nunjucks.Template(
    readFileSync(new URL('./present.njk', import.meta.url), 'utf8'),
    new nunjucks.Environment(null, { autoescape: true }),
  );
  return {
    stylesheet: { path, css },
    render: (page) =>
      template.render({
        title: TITLES[page.stage],
        stylesheet: path,
        ...page,
        ...(page.stage === 'scan' && page.walletUri !== undefined
          ? { qr: renderSVG(page.walletUri, { border: 2 }) }
          : {}),
      }),
  };
}

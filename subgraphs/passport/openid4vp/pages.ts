/** The page of a request, for the holder's browser or as a code for the holder's phone. It works without script. */
import { readFileSync } from 'node:fs';

import nunjucks from 'nunjucks';
import { renderSVG } from 'uqr';

import { nhsukStylesheet } from '../../../runtime/nhsuk-stylesheet.ts';

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
  /** Where its holder sees what they shared, when their wallet is in the browser. */
  readonly history?: string | undefined;
  /** What opens the wallet in the browser, when there is one. */
  readonly inBrowser?: string | undefined;
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
  const stylesheet = nhsukStylesheet(`${base}/assets/passport`, OWN_STYLE);
  const template = new nunjucks.Template(
    readFileSync(new URL('./present.njk', import.meta.url), 'utf8'),
    new nunjucks.Environment(null, { autoescape: true }),
  );
  return {
    stylesheet,
    render: (page) =>
      template.render({
        title: TITLES[page.stage],
        stylesheet: stylesheet.path,
        ...page,
        ...(page.stage === 'scan' && page.walletUri !== undefined
          ? { qr: renderSVG(page.walletUri, { border: 2 }) }
          : {}),
      }),
  };
}

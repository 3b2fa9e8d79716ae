/** Which rules of the style sheet a page is given. */
import { beforeAll, describe, expect, it } from '@jest/globals';

import { type UsedStyles, usedStyles } from '../../../web/used-styles.ts';

const PLAIN = 'p{margin:0}';
const TAG = '.nhsuk-tag{color:red}';
const INSET = '.nhsuk-inset-text{top:0}';
const CARD = '.nhsuk-card{top:0}';
const MENU = '.nhsuk-header__menu-toggle{top:1px}';
const SHEET = `@charset "UTF-8";${PLAIN}${TAG}${INSET}${CARD}${MENU}
  .nhsuk-no-such-component{top:2px}
  .nhsuk-card,.nhsuk-inset-text:not(.nhsuk-tag){left:0}
  .nhsuk-card .nhsuk-inset-text{left:1px}
  .nhsuk-frontend-supported .nhsuk-card{left:2px}
  @media print{.nhsuk-inset-text{left:3px}.nhsuk-card{left:4px}}
  @supports (display:grid){@media print{.nhsuk-card{left:5px}}}
  @keyframes turn{from{top:0}to{top:1px}}`;

describe('the rules', () => {
  let styles: UsedStyles;

  beforeAll(async () => {
    styles = await usedStyles(SHEET);
  });

  it('of all pages are all but those of components that none has', () => {
    expect(styles.all).not.toContain('no-such-component');
    for (const rule of [PLAIN, TAG, INSET, CARD, MENU]) expect(styles.all).toContain(rule);
  });

  it('of a page are those whose classes it has, in their order', () => {
    expect(styles.of('<p class="app-facts nhsuk-card">')).toBe(
      [
        '@charset "UTF-8";',
        PLAIN,
        TAG,
        CARD,
        '.nhsuk-card{left:0}',
        '.nhsuk-frontend-supported .nhsuk-card{left:2px}',
        '@media print{.nhsuk-card{left:4px}}',
        '@supports (display:grid){@media print{.nhsuk-card{left:5px}}}',
        '@keyframes turn{from{top:0}to{top:1px}}',
      ].join(''),
    );
  });

  it('are not those that its words only speak of', () => {
    expect(styles.of('<p>nhsuk-card</p>')).not.toContain('.nhsuk-card{top:0}');
  });

  it('hold what its components make when they run, and what this browser code makes', () => {
    expect(styles.of('<p>')).not.toContain(MENU);
    expect(styles.of('<p data-module="nhsuk-header">')).toContain(MENU);
    expect(styles.of('<p>')).toContain(TAG);
  });
});

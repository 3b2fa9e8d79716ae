/** Examples that run, and whom to try them with. Anybody may read it. */
import { readFileSync } from 'node:fs';

import { DEVELOPERS } from '../../words/developers/api.ts';
import { EXAMPLES, storyWords, TEST_DATA } from '../../words/developers/examples.ts';
import { WEBHOOKS } from '../../words/developers/webhooks.ts';
import { view } from '../page.ts';
import { definePublicPage, type PublicPage } from '../serve-public-pages.ts';

const FOLDER = new URL('../../examples/', import.meta.url);
const { back } = DEVELOPERS;

/** An invented person for trying the API. */
export interface TestPerson {
  /** What they are there for, e.g. `suspended-nurse`. */
  readonly story: string;
  readonly name: string;
  readonly jobs: readonly { readonly odsCode: string; readonly employeeNumber: string }[];
  readonly registrations: readonly string[];
}

/** The files that the tests run, as they are. */
export const examplesPage: PublicPage = definePublicPage({
  path: '/developers/examples',
  show: () =>
    view('developers/examples.njk', {
      title: EXAMPLES.title,
      back,
      examples: EXAMPLES,
      files: EXAMPLES.all.map((one) => ({
        ...one,
        content: readFileSync(new URL(one.file, FOLDER), 'utf8'),
      })),
    }),
});

/** Invented people, and how to see what. */
export const testDataPage = (people: readonly TestPerson[]): PublicPage =>
  definePublicPage({
    path: '/developers/test-data',
    show: () =>
      view('developers/test-data.njk', {
        title: TEST_DATA.title,
        back,
        data: TEST_DATA,
        people: people.map((one) => ({ ...one, story: storyWords(one.story) })),
      }),
  });

/** How signals are pushed to an organisation's system. */
export const webhooksPage: PublicPage = definePublicPage({
  path: '/developers/webhooks',
  show: () => view('developers/webhooks.njk', { title: WEBHOOKS.title, back, developer: WEBHOOKS }),
});

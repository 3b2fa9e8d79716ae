/** Every page of this section that anybody may read. */
import type { PublicPage } from '../serve-public-pages.ts';
import { apiPage, errorsPage, limitsPage, operationPage, referencePage, typePage } from './api.ts';
import { examplesPage, testDataPage, type TestPerson, webhooksPage } from './examples.ts';

/** The pages. */
export const publicDeveloperPages = (options: {
  /** The explorer is there. */
  readonly hasExplorer: boolean;
  readonly testPeople: readonly TestPerson[];
}): readonly PublicPage[] => [
  apiPage(options.hasExplorer),
  referencePage,
  operationPage,
  typePage,
  errorsPage,
  limitsPage,
  examplesPage,
  testDataPage(options.testPeople),
  webhooksPage,
];

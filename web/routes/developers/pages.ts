/** Every page of this section that takes signing in. What anybody may read is in `public-pages.ts`. */
import type { Page } from '../page.ts';
import { clientPage, clientsPage, registerClientPage, testKeyPage } from './clients.ts';

/** The pages; the first whose pattern fits an address takes it. */
export const DEVELOPER_PAGES: readonly Page[] = [
  clientsPage,
  registerClientPage,
  clientPage,
  testKeyPage,
];

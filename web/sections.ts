/** Every page of every section. A page that is not in here is not there. */
import type { Page } from './routes/page.ts';
import { STAFF_PAGES } from './routes/staff/pages.ts';
import { HR_PAGES } from './routes/hr/pages.ts';
import { ADMINISTRATION_PAGES } from './routes/administration/pages.ts';
import { DEVELOPER_PAGES } from './routes/developers/pages.ts';

/** All pages. */
export const PAGES: readonly Page[] = [
  ...STAFF_PAGES,
  ...HR_PAGES,
  ...ADMINISTRATION_PAGES,
  ...DEVELOPER_PAGES,
];

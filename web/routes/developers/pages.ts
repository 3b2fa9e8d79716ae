/** Every page of this section. */
import type { Page } from '../page.ts';

/** The pages. */
export const DEVELOPER_PAGES: readonly Page[] = [];

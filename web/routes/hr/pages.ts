/** Every page of this section. */
import type { Page } from '../page.ts';

/** The pages. */
export const HR_PAGES: readonly Page[] = [];

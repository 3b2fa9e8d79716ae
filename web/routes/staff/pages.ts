/** Every page of the staff section. */
import type { Page } from '../page.ts';
import { passportPage } from './passport.ts';

/** The pages. */
export const STAFF_PAGES: readonly Page[] = [passportPage];

/** Every page of the HR desk. */
import type { Page } from '../page.ts';
import { answersPage } from './answers.ts';
import { askPage } from './ask.ts';
import { checkDeskPage } from './check-desk.ts';
import { oneCheckPage } from './one-check.ts';
import { ourStaffPage, staffMemberPage } from './our-staff.ts';
import { requestPage } from './request.ts';
import { rotationPage, rotationResultPage } from './rotation.ts';
import { startersPage } from './starters.ts';

/** The pages. */
export const HR_PAGES: readonly Page[] = [
  startersPage,
  askPage,
  requestPage,
  oneCheckPage,
  answersPage,
  checkDeskPage,
  ourStaffPage,
  staffMemberPage,
  rotationPage,
  rotationResultPage,
];

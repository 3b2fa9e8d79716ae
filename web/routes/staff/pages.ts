/** Every page of the staff section. */
import type { Page } from '../page.ts';
import { historyPage, sharedPage } from './history.ts';
import { anotherWalletPage, movePage, movingPage, walletOfferPage } from './other-devices.ts';
import { passportPage } from './passport.ts';
import { accessPage, wrongPage } from './record.ts';
import { addedPage, addPage, setUpPage } from './set-up.ts';
import { answerPage, checkPage, sendPage, sharePage, unverifiedPage } from './share.ts';
import { showPage } from './show.ts';

/** The pages. */
export const STAFF_PAGES: readonly Page[] = [
  passportPage,
  setUpPage,
  addPage,
  addedPage,
  movePage,
  movingPage,
  anotherWalletPage,
  walletOfferPage,
  sharePage,
  answerPage,
  checkPage,
  sendPage,
  unverifiedPage,
  showPage,
  historyPage,
  sharedPage,
  accessPage,
  wrongPage,
];

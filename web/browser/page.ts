/** On every page: the behaviour of nhsuk-frontend's components that the pages use, and the warning before a session ends. */
import {
  initButtons,
  initCharacterCounts,
  initCheckboxes,
  initErrorSummary,
  initHeader,
  initNotificationBanners,
  initRadios,
  initSkipLinks,
} from 'nhsuk-frontend';

import { watchSession } from './session-warning.ts';

initButtons();
initCharacterCounts();
initCheckboxes();
initErrorSummary();
initHeader();
initNotificationBanners();
initRadios();
initSkipLinks();
watchSession();

/** On every page: the behaviour of nhsuk-frontend's components that the pages use, and the warning before a session ends. */
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  Header,
  NotificationBanner,
  Radios,
  SkipLink,
} from 'nhsuk-frontend';

import { watchSession } from './session-warning.ts';

createAll(Button);
createAll(CharacterCount);
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(Header);
createAll(NotificationBanner);
createAll(Radios);
createAll(SkipLink);
watchSession();

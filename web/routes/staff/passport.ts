/** The passport at a glance. */
import { staffPassport } from '../../operations/operations.generated.ts';
import { PASSPORT } from '../../words/staff.ts';
import { definePage, view } from '../page.ts';

/** The page. */
export const passportPage = definePage({
  path: '/passport',
  roles: ['STAFF'],
  entry: '/passport',
  show: async ({ ask }) => {
    const { data } = await ask(staffPassport, {});
    return view('staff/passport.njk', {
      title: PASSPORT.title,
      passport: data.me?.passport,
      empty: PASSPORT.empty,
    });
  },
});

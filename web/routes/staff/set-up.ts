/** Setting up a device, and adding what the trust has ready. */
import { z } from 'zod';

import { staffOffers } from '../../operations/operations.generated.ts';
import { dayWords, timeWords } from '../../words/dates.ts';
import { ADD, ADDED, SET_UP } from '../../words/staff/devices.ts';
import { PASSPORT } from '../../words/staff/passport.ts';
import { action, definePage, goTo, view } from '../page.ts';
import { offersToAdd } from './offers-to-add.ts';

const back = { href: '/passport', text: 'Back' } as const;
const toAnotherWallet = action(z.object({}), () =>
  Promise.resolve(
    goTo('/passport/another-wallet', { kind: 'information', text: SET_UP.withoutScript }),
  ),
);

/** The page that makes the first key. Its form is sent only where no script takes it. */
export const setUpPage = definePage({
  path: '/passport/set-up',
  roles: ['STAFF'],
  entry: '/passport',
  show: () =>
    Promise.resolve(
      view('staff/set-up.njk', { title: SET_UP.title, back, staff: SET_UP, scripts: ['device'] }),
    ),
  actions: { send: toAnotherWallet },
});

/** The page that lists what is ready, and adds an offer as a whole. */
export const addPage = definePage({
  path: '/passport/add',
  roles: ['STAFF'],
  entry: '/passport',
  show: async ({ ask, person, service }) => {
    const { data } = await ask(staffOffers, {});
    const offers = offersToAdd(data.me?.passport?.offers ?? []);
    return view('staff/add.njk', {
      title: offers.length === 0 ? ADD.emptyTitle : ADD.title,
      back,
      staff: ADD,
      scripts: ['add'],
      wallet: {
        staffId: person.staffId,
        issuer: service.issuer,
        redirectUri: `${service.origin}/passport/add/done`,
      },
      empty: PASSPORT.empty(timeWords(new Date())),
      offers: offers.map((offer) => ({
        ...offer,
        heading: ADD.from(offer.trust, offer.items.length),
        button: ADD.button(offer.items.length),
        until: ADD.until(dayWords(offer.expiresAt)),
      })),
    });
  },
  actions: { send: toAnotherWallet },
});

/** Where the person comes back to after they said yes. */
export const addedPage = definePage({
  path: '/passport/add/done',
  roles: ['STAFF'],
  entry: '/passport',
  show: ({ person }) =>
    Promise.resolve(
      view('staff/added.njk', {
        title: ADDED.title,
        staff: ADDED,
        scripts: ['added'],
        staffId: person.staffId,
        withoutScript: SET_UP.withoutScript,
      }),
    ),
});

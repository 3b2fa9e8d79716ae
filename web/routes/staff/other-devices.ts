/** Moving to a new device, and adding another wallet: credentials are issued once more, since keys cannot be copied. */
import { renderSVG } from 'uqr';
import { z } from 'zod';

import {
  endEarlierPassport,
  reofferPassport,
  type ReofferPassportMutation,
} from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { timeWords } from '../../words/dates.ts';
import { ANOTHER_WALLET, MOVE, SET_UP } from '../../words/staff/devices.ts';
import { action, definePage, goTo, invalid, view, type Visit } from '../page.ts';

const kept = z.object({ kept: z.uuid() });
type Reoffered = ReofferPassportMutation['passportReoffer'];
const back = { href: '/passport', text: 'Back' } as const;

/** Has what the person holds offered once more; they confirm it with their passkey. */
const offeredAt = (address: string) =>
  action(z.object({}), async (visit) => {
    const { data } = await visit.ask(reofferPassport, { input: { idempotencyKey: visit.key } });
    const { offers, notOffered, errors } = data.passportReoffer;
    if (errors.length > 0 || offers.length + notOffered.length === 0) {
      return invalid({ field: 'go', text: MOVE.nothing });
    }
    return goTo(`${address}?kept=${await visit.keep(data.passportReoffer)}`);
  });

const reofferedFor = async (visit: Visit<{ readonly kept?: string | undefined }>) =>
  (await visit.kept(visit.query.kept ?? '')) as Reoffered | undefined;

const askFor = ({ notOffered }: Reoffered): readonly string[] =>
  notOffered.map(({ type, issuer }) =>
    MOVE.askItem(codeWords('CredentialType', type), issuer.name ?? issuer.odsCode),
  );

/** Asks whether to move. */
export const movePage = definePage({
  path: '/passport/move',
  roles: ['STAFF'],
  entry: '/passport',
  show: () => Promise.resolve(view('staff/move.njk', { title: MOVE.title, back, staff: MOVE })),
  actions: { send: offeredAt('/passport/move/collect') },
});

/** Collects in the browser, and stops the old device's credentials when that is done. */
export const movingPage = definePage({
  path: '/passport/move/collect',
  roles: ['STAFF'],
  entry: '/passport',
  query: kept.partial(),
  show: async (visit) => {
    const found = await reofferedFor(visit);
    if (found === undefined) return goTo('/passport/move');
    return view('staff/moving.njk', {
      title: MOVE.collecting,
      staff: MOVE,
      scripts: ['moving'],
      staffId: visit.person.staffId,
      offers: found.offers.map(({ id, uri, transactionCode }) => ({ id, uri, transactionCode })),
      askFor: askFor(found),
      withoutScript: SET_UP.withoutScript,
      otherWallet: ANOTHER_WALLET.title,
    });
  },
  actions: {
    done: action(
      z.object({ offers: z.string().max(2_000).default('') }),
      async ({ ask, key }, { offers }) => {
        const offerIds = offers.split(' ').filter((id) => id !== '');
        if (offerIds.length > 0) {
          await ask(endEarlierPassport, { input: { idempotencyKey: key, offerIds } });
        }
        return goTo('/passport', { kind: 'success', text: MOVE.moved });
      },
    ),
  },
});

/** Asks whether to make an offer for another wallet. */
export const anotherWalletPage = definePage({
  path: '/passport/another-wallet',
  roles: ['STAFF'],
  entry: '/passport',
  show: () =>
    Promise.resolve(
      view('staff/another-wallet.njk', {
        title: ANOTHER_WALLET.title,
        back,
        staff: ANOTHER_WALLET,
      }),
    ),
  actions: { send: offeredAt('/passport/another-wallet/offer') },
});

/** Shows the offer, once and for ten minutes. */
export const walletOfferPage = definePage({
  path: '/passport/another-wallet/offer',
  roles: ['STAFF'],
  entry: '/passport',
  query: kept.partial(),
  show: async (visit) => {
    const found = await reofferedFor(visit);
    if (found === undefined) {
      return goTo('/passport/another-wallet', { kind: 'information', text: ANOTHER_WALLET.gone });
    }
    return view('staff/wallet-offer.njk', {
      title: ANOTHER_WALLET.offerTitle,
      back,
      staff: ANOTHER_WALLET,
      move: MOVE,
      offers: found.offers.flatMap(({ uri, transactionCode, types, expiresAt }) =>
        uri === null
          ? []
          : [
              {
                uri,
                transactionCode,
                qr: renderSVG(uri, { border: 2 }),
                items: types.map((type) => codeWords('CredentialType', type)).join(', '),
                once: ANOTHER_WALLET.once(timeWords(expiresAt)),
              },
            ],
      ),
      askFor: askFor(found),
    });
  },
});

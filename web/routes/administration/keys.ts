/** Keys with which the organisation signs: where they stand, rotating one, and what would break if one were turned off. */
import { z } from 'zod';

import {
  administrationKeys,
  type AdministrationKeysQuery,
  rotateKey,
  turnOffKey,
} from '../../operations/operations.generated.ts';
import { KEY, KEYS } from '../../words/administration/keys.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, momentWords, untilWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';

const ENTRY = '/admin';
const LIST = '/admin/keys';
const USES = ['CREDENTIAL', 'STATUS_LIST', 'REQUEST', 'RECEIPT'] as const;
const number = new Intl.NumberFormat('en-GB');

type Key = AdministrationKeysQuery['issuerKeys'][number];

const keyPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

/** As long as it signs there is no other end than its certificate's. */
const endsWords = ({ endsAt, certificateEndsAt }: Key): string =>
  dayWords(endsAt ?? certificateEndsAt);

/** The list, and rotating one. */
export const keysPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, form }) => {
    const { data } = await ask(administrationKeys, {});
    const keys = data.issuerKeys;
    const used = USES.filter((use) => keys.some((key) => key.use === use));
    return view('administration/keys.njk', {
      title: KEYS.title,
      back: { href: ENTRY, text: KEYS.back },
      isWide: true,
      admin: KEYS,
      head: [KEYS.key, KEYS.use, KEYS.state, KEYS.keeper, KEYS.ends, KEYS.depend],
      rows: keys.map((key) => [
        // Enough to tell one from another; the page of the key has all of it.
        { text: key.id.slice(0, 8), href: keyPath(key.id) },
        { text: codeWords('IssuerKeyUse', key.use) },
        { tag: stateTag('IssuerKeyState', key.state) },
        { text: codeWords('IssuerKeyKeeper', key.keeper) },
        { text: endsWords(key) },
        { text: number.format(key.inForce) },
      ]),
      uses: used.map((use) => ({
        value: use,
        text: codeWords('IssuerKeyUse', use),
        checked: form.values['use'] === use,
      })),
    });
  },
  actions: {
    rotate: action(
      z.object({ use: z.enum(USES, { error: KEYS.useMissing }) }),
      async ({ ask, key }, { use }) => {
        const { data } = await ask(rotateKey, { input: { idempotencyKey: key, use } });
        const { key: made, errors } = data.issuerKeyRotate;
        const [error] = errors;
        return error === undefined && made !== null
          ? goTo(keyPath(made.id), {
              kind: 'success',
              text: KEYS.rotated(momentWords(made.signsFrom, new Date())),
            })
          : invalid({ field: 'use', text: codeWords('ErrorCode', error?.code) });
      },
    ),
  },
});

async function findKey({ ask, params }: Pick<Visit, 'ask' | 'params'>): Promise<Key | undefined> {
  const { data } = await ask(administrationKeys, {});
  return data.issuerKeys.find(({ id }) => id === params['id']);
}

/** One of them, and turning it off. */
export const keyPage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const found = await findKey(visit);
    if (found === undefined) return notFound;
    const now = new Date();
    const isOff = found.state === 'OFF';
    return view('administration/key.njk', {
      title: found.id.slice(0, 8),
      back: { href: LIST, text: KEY.back },
      admin: KEY,
      state: stateTag('IssuerKeyState', found.state),
      said: KEY.said[found.state],
      facts: [
        [KEY.id, found.id],
        [KEY.use, codeWords('IssuerKeyUse', found.use)],
        [KEY.keeper, codeWords('IssuerKeyKeeper', found.keeper)],
        [KEY.made, momentWords(found.madeAt, now)],
        [KEY.signsFrom, untilWords(found.signsFrom, now)],
        [KEY.certificate, dayWords(found.certificateEndsAt)],
        found.turnedOffAt === null
          ? [KEY.ends, found.endsAt === null ? undefined : dayWords(found.endsAt)]
          : [KEY.turnedOff, momentWords(found.turnedOffAt, now)],
        [KEY.signed, found.use === 'CREDENTIAL' ? number.format(found.signed) : undefined],
        [KEY.depend, found.use === 'CREDENTIAL' ? number.format(found.inForce) : undefined],
      ].filter(([, value]) => value !== undefined),
      turnOff: isOff
        ? undefined
        : {
            breaks: KEY.breaks(found.inForce),
            takesOver: found.state === 'ACTIVE',
            inForce: found.inForce,
            label: KEY.number(found.inForce),
          },
    });
  },
  actions: {
    off: action(
      z.object({ inForce: z.string().trim().max(12).optional() }),
      async (visit, { inForce }) => {
        const found = await findKey(visit);
        if (found === undefined) return notFound;
        // Nothing to type when nothing depends on it.
        const said = found.inForce === 0 ? '0' : (inForce ?? '').replaceAll(',', '');
        if (said !== String(found.inForce)) {
          return invalid({ field: 'inForce', text: KEY.numberMissing(found.inForce) });
        }
        const { ask, key } = visit;
        const { data } = await ask(turnOffKey, {
          input: { idempotencyKey: key, keyId: found.id, inForce: found.inForce },
        });
        const [error] = data.issuerKeyTurnOff.errors;
        if (error === undefined) {
          return goTo(keyPath(found.id), { kind: 'success', text: KEY.turnedOffNow });
        }
        return invalid({
          field: 'inForce',
          text: error.rule === 'more_depend_on_it' ? KEY.more : codeWords('ErrorCode', error.code),
        });
      },
    ),
  },
});

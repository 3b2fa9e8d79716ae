/** Where what the organisation is told is pushed to. */
import { z } from 'zod';

import {
  administrationReceivers,
  type AdministrationReceiversQuery,
  endReceiver,
  registerReceiver,
  replayReceiver,
} from '../../operations/operations.generated.ts';
import { RECEIVERS } from '../../words/administration/organisation.ts';
import { codeWords, spelledOut } from '../../words/codes.ts';
import { momentWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view } from '../page.ts';

const ENTRY = '/admin';
const LIST = '/admin/receivers';

type Receiver = AdministrationReceiversQuery['signalReceivers'][number];

const receiverPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

const stateOf = ({ endedAt, parkedAt, failures }: Receiver) =>
  endedAt !== null
    ? { text: RECEIVERS.states.ENDED, classes: 'nhsuk-tag--grey' }
    : parkedAt !== null
      ? { text: RECEIVERS.states.PARKED, classes: 'nhsuk-tag--red' }
      : failures > 0
        ? { text: RECEIVERS.states.FAILING, classes: 'nhsuk-tag--orange' }
        : { text: RECEIVERS.states.WORKING, classes: 'nhsuk-tag--green' };

/** The list, and adding one. */
export const receiversPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask }) => {
    const { data } = await ask(administrationReceivers, {});
    const now = new Date();
    return view('administration/receivers.njk', {
      title: RECEIVERS.title,
      back: { href: ENTRY, text: RECEIVERS.back },
      isWide: true,
      admin: RECEIVERS,
      head: [RECEIVERS.address, RECEIVERS.state, RECEIVERS.failures, RECEIVERS.since],
      rows: data.signalReceivers.map((one) => [
        { text: one.url, href: receiverPath(one.id) },
        { tag: stateOf(one) },
        { text: String(one.failures) },
        {
          text: momentWords(
            one.endedAt ?? one.parkedAt ?? one.failingSince ?? one.registeredAt,
            now,
          ),
        },
      ]),
    });
  },
  actions: {
    send: action(
      z.object({
        url: z
          .string()
          .trim()
          .max(1_000, RECEIVERS.urlMissing)
          .regex(/^https:\/\/\S+$/, RECEIVERS.urlMissing),
        audience: z
          .string()
          .trim()
          .max(1_000, RECEIVERS.audienceMissing)
          .regex(/^[\x21-\x7e]+$/, RECEIVERS.audienceMissing),
      }),
      async ({ ask, key }, given) => {
        const { data } = await ask(registerReceiver, { input: { idempotencyKey: key, ...given } });
        const { receiver, errors } = data.signalReceiverRegister;
        const [error] = errors;
        return error === undefined
          ? goTo(receiver === null ? LIST : receiverPath(receiver.id), {
              kind: 'success',
              text: RECEIVERS.added,
            })
          : invalid({
              field: error.path.at(-1) === 'audience' ? 'audience' : 'url',
              text: codeWords('ErrorCode', error.code),
            });
      },
    ),
  },
});

/** One of them: how it does, sending everything again, and ending it. */
export const receiverPage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, params }) => {
    const { data } = await ask(administrationReceivers, {});
    const found = data.signalReceivers.find(({ id }) => id === params['id']);
    if (found === undefined) return notFound;
    const now = new Date();
    return view('administration/receiver.njk', {
      title: found.url,
      back: { href: LIST, text: RECEIVERS.backToList },
      admin: RECEIVERS,
      state: stateOf(found),
      facts: [
        [RECEIVERS.audience, found.audience],
        [RECEIVERS.registered, momentWords(found.registeredAt, now)],
        [RECEIVERS.failures, String(found.failures)],
        [
          RECEIVERS.lastFailure,
          found.lastFailure === null ? undefined : spelledOut(found.lastFailure),
        ],
      ].filter(([, value]) => value !== undefined),
      isOpen: found.endedAt === null,
    });
  },
  actions: {
    replay: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const input = { idempotencyKey: key, receiverId: id };
      const { data } = await ask(replayReceiver, { input });
      const [error] = data.signalReceiverReplay.errors;
      return error === undefined
        ? goTo(receiverPath(id), { kind: 'success', text: RECEIVERS.replayed })
        : invalid({ field: 'replay', text: codeWords('ErrorCode', error.code) });
    }),
    end: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const input = { idempotencyKey: key, receiverId: id };
      const { data } = await ask(endReceiver, { input });
      const [error] = data.signalReceiverEnd.errors;
      return error === undefined
        ? goTo(receiverPath(id), { kind: 'success', text: RECEIVERS.ended })
        : invalid({ field: 'end', text: codeWords('ErrorCode', error.code) });
    }),
  },
});

/** Where what the organisation is told is pushed to. */
import { z } from 'zod';

import {
  administrationReceivers,
  type AdministrationReceiversQuery,
  changeReceiverSecret,
  endReceiver,
  registerReceiver,
  replayReceiver,
  testReceiver,
} from '../../operations/operations.generated.ts';
import { RECEIVERS } from '../../words/administration/organisation.ts';
import { codeWords, spelledOut } from '../../words/codes.ts';
import { momentWords, untilWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, type Shown, view } from '../page.ts';

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

const CAUSES = [
  'STAFF_LEFT',
  'REGISTRATION_CHANGED',
  'PLACEMENT_CHANGED',
  'CREDENTIAL_CHANGED',
] as const;

const causeChoices = CAUSES.map((value) => ({ value, text: codeWords('SignalCause', value) }));

/** The secret, for this once: a page that is loaded again has none to show. */
const secretView = (
  receiver: { readonly id: string; readonly url: string },
  secret: string | null,
): Shown =>
  view('administration/receiver-secret.njk', {
    title: RECEIVERS.secretTitle,
    back: { href: receiverPath(receiver.id), text: receiver.url },
    admin: RECEIVERS,
    receiver: { href: receiverPath(receiver.id), url: receiver.url },
    secret,
  });

const attemptRow = (attempt: Receiver['attempts'][number], now: Date) => [
  { text: momentWords(attempt.at, now) },
  { text: attempt.isTest ? RECEIVERS.aTest : RECEIVERS.aSignal(attempt.signalId) },
  {
    tag:
      attempt.outcome === null
        ? { text: RECEIVERS.waits, classes: 'nhsuk-tag--grey' }
        : attempt.outcome === 'taken'
          ? { text: RECEIVERS.taken, classes: 'nhsuk-tag--green' }
          : { text: spelledOut(attempt.outcome), classes: 'nhsuk-tag--red' },
  },
  { text: attempt.milliseconds === null ? '' : RECEIVERS.tookMs(attempt.milliseconds) },
];

/** The list, and adding one. */
export const receiversPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, form }) => {
    const { data } = await ask(administrationReceivers, {});
    const now = new Date();
    return view('administration/receivers.njk', {
      title: RECEIVERS.title,
      back: { href: ENTRY, text: RECEIVERS.back },
      isWide: true,
      admin: RECEIVERS,
      causes: causeChoices,
      chosenCauses: form.values['causes'] ?? CAUSES,
      head: [RECEIVERS.address, RECEIVERS.state, RECEIVERS.failures, RECEIVERS.since],
      rows: data.signalReceivers.map((one) => [
        { text: one.url, href: receiverPath(one.id) },
        { tag: stateOf(one) },
        { text: String(one.failures) },
        {
          text: untilWords(
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
        causes: z.preprocess(
          (given) => (typeof given === 'string' ? [given] : given),
          z
            .array(z.enum(CAUSES), { error: RECEIVERS.causesMissing })
            .min(1, RECEIVERS.causesMissing),
        ),
      }),
      async ({ ask, key }, { causes, ...given }): Promise<Shown> => {
        // Whoever wants all there is gets what there will be, too.
        const chosen = causes.length === CAUSES.length ? {} : { causes };
        const { data } = await ask(registerReceiver, {
          input: { idempotencyKey: key, ...given, ...chosen },
        });
        const { receiver, secret, errors } = data.signalReceiverRegister;
        const [error] = errors;
        if (error !== undefined || receiver === null) {
          return invalid({
            field: error?.path.at(-1) === 'audience' ? 'audience' : 'url',
            text: codeWords('ErrorCode', error?.code ?? 'INVALID_VALUE'),
          });
        }
        return secretView(receiver, secret);
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
        [
          RECEIVERS.causes,
          found.causes === null
            ? RECEIVERS.everything
            : found.causes.map((cause) => codeWords('SignalCause', cause)).join(', '),
        ],
        [
          RECEIVERS.secretSince,
          found.secretSince === null ? RECEIVERS.noSecret : untilWords(found.secretSince, now),
        ],
        [
          RECEIVERS.previousUntil,
          found.previousSecretUntil === null || new Date(found.previousSecretUntil) < now
            ? undefined
            : untilWords(found.previousSecretUntil, now),
        ],
      ].filter(([, value]) => value !== undefined),
      isOpen: found.endedAt === null,
      head: RECEIVERS.attemptHead,
      rows: found.attempts.map((attempt) => attemptRow(attempt, now)),
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
    test: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const input = { idempotencyKey: key, receiverId: id };
      const { data } = await ask(testReceiver, { input });
      const [error] = data.signalReceiverTest.errors;
      return error === undefined
        ? goTo(receiverPath(id), { kind: 'success', text: RECEIVERS.tested })
        : invalid({ field: 'test', text: codeWords('ErrorCode', error.code) });
    }),
    secret: action(z.object({}), async ({ ask, key, params }): Promise<Shown> => {
      const id = params['id'] ?? '';
      const input = { idempotencyKey: key, receiverId: id };
      const { data } = await ask(changeReceiverSecret, { input });
      const { receiver, secret, errors } = data.signalReceiverSecretChange;
      const [error] = errors;
      return receiver === null
        ? invalid({ field: 'secret', text: codeWords('ErrorCode', error?.code ?? 'NOT_FOUND') })
        : secretView(receiver, secret);
    }),
    end: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const input = { idempotencyKey: key, receiverId: id };
      const { data } = await ask(endReceiver, { input });
      const [error] = data.signalReceiverEnd.errors;
      return error === undefined
        ? goTo(LIST, { kind: 'success', text: RECEIVERS.ended })
        : invalid({ field: 'end', text: codeWords('ErrorCode', error.code) });
    }),
  },
});

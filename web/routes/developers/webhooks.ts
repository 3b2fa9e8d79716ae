/** Where an organisation has its signals pushed. */
import { z } from 'zod';

import {
  developerReceiverEnd,
  developerReceiverRegister,
  developerReceiverReplay,
  developerReceivers,
  type ReceiverFragment,
} from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { momentWords } from '../../words/dates.ts';
import { DEVELOPERS } from '../../words/developers/api.ts';
import { WEBHOOKS } from '../../words/developers/webhooks.ts';
import { action, definePage, goTo, invalid, type Shown, view } from '../page.ts';

const PATH = '/developers/webhooks';

const stateOf = ({ endedAt, parkedAt, failures, lastFailure }: ReceiverFragment): string => {
  if (endedAt !== null) return WEBHOOKS.ended;
  if (parkedAt !== null) return WEBHOOKS.parked;
  return failures > 0 ? WEBHOOKS.failing(failures, lastFailure ?? '') : WEBHOOKS.working;
};

const chosen = z.object({ receiver: z.string().max(100) });

/** What came of a change of one. */
const told = (errors: readonly unknown[], text: string): Shown =>
  goTo(
    PATH,
    errors.length === 0 ? { kind: 'success', text } : { kind: 'information', text: WEBHOOKS.gone },
  );

/** The list, and the form for another. */
export const webhooksPage = definePage({
  path: PATH,
  roles: ['ADMINISTRATOR'],
  entry: PATH,
  show: async ({ ask }) => {
    const { data } = await ask(developerReceivers, {});
    const now = new Date();
    return view('developers/webhooks.njk', {
      title: WEBHOOKS.title,
      back: DEVELOPERS.back,
      developer: WEBHOOKS,
      receivers: data.signalReceivers.map((one) => ({
        ...one,
        since: momentWords(one.registeredAt, now),
        state: stateOf(one),
        isOpen: one.endedAt === null,
      })),
    });
  },
  actions: {
    send: action(
      z.object({
        url: z.url({ protocol: /^https?$/, error: WEBHOOKS.urlWrong }).max(500, WEBHOOKS.urlWrong),
        audience: z.string().trim().min(1, WEBHOOKS.audienceWrong).max(500, WEBHOOKS.audienceWrong),
      }),
      async ({ ask, key }, given): Promise<Shown> => {
        const { data } = await ask(developerReceiverRegister, {
          input: { idempotencyKey: key, ...given },
        });
        const [error] = data.signalReceiverRegister.errors;
        return error === undefined
          ? goTo(PATH, { kind: 'success', text: WEBHOOKS.added })
          : invalid({
              field: error.path?.includes('audience') === true ? 'audience' : 'url',
              text: codeWords('ErrorCode', error.code),
            });
      },
    ),
    replay: action(chosen, async ({ ask, key }, { receiver }) => {
      const { data } = await ask(developerReceiverReplay, {
        input: { idempotencyKey: key, receiverId: receiver },
      });
      return told(data.signalReceiverReplay.errors, WEBHOOKS.replayed);
    }),
    end: action(chosen, async ({ ask, key }, { receiver }) => {
      const { data } = await ask(developerReceiverEnd, {
        input: { idempotencyKey: key, receiverId: receiver },
      });
      return told(data.signalReceiverEnd.errors, WEBHOOKS.endedNotice);
    }),
  },
});

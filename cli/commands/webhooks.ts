import { setTimeout as delay } from 'node:timers/promises';

import { systemClock } from '../../runtime/clock.ts';
import { graphClient } from '../../runtime/graph-client.ts';
import { guardedFetch } from '../../runtime/guarded-fetch.ts';
import { newWebhookSecret, webhookSecret } from '../../standards/webhook-signature.ts';
import { httpSignalPusher } from '../../subgraphs/passport/receivers/push-signal.ts';
import { type Command, readArguments, text, UsageError, wholeNumber } from '../command.ts';
import { forwardSignals } from '../forward-signals.ts';
import { hrSystem } from '../hr-system.ts';

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Forwards signals to an address of this machine. */
export const listenToWebhooks: Command = {
  usage: 'webhooks listen --forward-to URL --client ID --key FILE [--last N] [--url URL]',
  summary:
    'Forwards the signals of your organisation to an address of this machine, signed like a webhook, until Ctrl-C. Registers nothing.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        'forward-to': { type: 'string' },
        client: { type: 'string' },
        key: { type: 'string' },
        last: { type: 'string', default: '0' },
        url: { type: 'string', default: 'http://localhost:4000' },
      },
      ['forward-to', 'client', 'key'],
    );
    const to = localAddress(text(values['forward-to'], 'forward-to'));
    const earlier = wholeNumber(values.last, 'last', { min: 0, max: 99 });
    const secret = secretOf(io.env['LANYARD_WEBHOOK_SECRET']);
    const resource = { resource: '/graphql', scope: 'passport:read' };
    const { url, accessToken } = await hrSystem(values, resource);
    // What is wrong with the client or its key is said at once.
    await accessToken();

    const ending = new AbortController();
    const end = (): void => {
      ending.abort();
    };
    process.once('SIGINT', end).once('SIGTERM', end);
    io.out(`Forwarding to ${to.href} until Ctrl-C, signed with ${secret}\n`);
    try {
      await forwardSignals(earlier, {
        ask: graphClient({ url: `${url}/graphql`, accessToken }),
        // As receivers are reached in production: the same headers, patience and codes.
        pusher: httpSignalPusher(guardedFetch({ allowedHosts: [to.host], allowHttp: true })),
        to: { url: to.href, secret },
        tell: ({ signalId, cause, outcome }) => {
          io.out(`${systemClock().toISOString()} ${signalId} ${cause} ${outcome}\n`);
        },
        away: (code) => {
          io.err(`${systemClock().toISOString()} ${url} does not answer: ${code}\n`);
        },
        now: systemClock,
        pause: (milliseconds) =>
          delay(milliseconds, undefined, { signal: ending.signal }).catch(() => undefined),
        signal: ending.signal,
      });
    } finally {
      process.off('SIGINT', end).off('SIGTERM', end);
    }
    return 0;
  },
};

/** Nothing leaves this machine, whatever is typed. */
function localAddress(given: string): URL {
  const address = URL.parse(given);
  const isHttp = address?.protocol === 'http:' || address?.protocol === 'https:';
  const isPlain = address?.username === '' && address.password === '' && address.hash === '';
  if (address === null || !isHttp || !isPlain || !THIS_MACHINE.has(address.hostname)) {
    throw new UsageError(
      '--forward-to takes an address of this machine, such as http://localhost:3000/hooks',
    );
  }
  return address;
}

/** The one that the receiver has already, or a new one. */
function secretOf(given: string | undefined): string {
  if (given === undefined) return newWebhookSecret();
  if (!webhookSecret.safeParse(given).success) {
    throw new UsageError('LANYARD_WEBHOOK_SECRET is not whsec_ and 24 to 64 bytes in base64');
  }
  return given;
}

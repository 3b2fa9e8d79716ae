import { expect, it } from '@jest/globals';

import {
  newWebhookSecret,
  webhookHeaders,
  webhookSecret,
} from '../../../standards/webhook-signature.ts';

/** The specification's own example. */
const MESSAGE = {
  id: 'msg_loFOjxBNrRLzqYUf',
  at: new Date(1_731_705_121_000),
  body: '{"event_type":"ping","data":{"success":true}}',
};
const SECRET = 'whsec_plJ3nmyCDGBKInavdOK15jsl';
const SIGNATURE = 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=';

it('signs the message of the specification as it says', () => {
  expect(webhookHeaders(MESSAGE, [SECRET])).toEqual({
    'webhook-id': 'msg_loFOjxBNrRLzqYUf',
    'webhook-timestamp': '1731705121',
    'webhook-signature': SIGNATURE,
  });
});

it('signs with each secret while they change', () => {
  const [one, two] = [newWebhookSecret(), newWebhookSecret()] as const;
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const { 'webhook-signature': signatures = '' } = webhookHeaders(MESSAGE, [one, SECRET]);
  expect(signatures.split(' ')).toEqual([expect.stringMatching(/^v1,.{44}$/), SIGNATURE]);
  expect(signatures).not.toContain(webhookHeaders(MESSAGE, [two])['webhook-signature']);
});

it.each([
  [true, newWebhookSecret()],
  [true, `whsec_${Buffer.alloc(64).toString('base64')}`],
  [false, `whsec_${Buffer.alloc(65).toString('base64')}`],
  [false, `whsec_${Buffer.alloc(23).toString('base64')}`],
  // The specification's own is shorter than it says.
  [false, SECRET],
  [false, newWebhookSecret().slice('whsec_'.length)],
  [false, `${newWebhookSecret()}\n`],
  [false, ''],
])('knows a secret that is handed over: %p %s', (expected, secret) => {
  expect(webhookSecret.safeParse(secret).success).toBe(expected);
});

/** Words about webhooks. Where an organisation manages them is the administrators' page. */

/** The page. */
export const WEBHOOKS = {
  title: 'Webhooks',
  lede: 'Your system can be told when somebody who works for you left, when a registration changed, and when a placement changed, without asking again and again.',
  manage: 'Add, test, replay or end a webhook (administrators)',
  parts: [
    {
      heading: 'What comes',
      list: [
        'A POST with content-type application/secevent+jwt: one signed security event token (RFC 8417), pushed as RFC 8935 says',
        'aud is the audience that the webhook was added with. The issuer’s keys are in its metadata',
        'jti is the id of the signal: query signals gives the same ones',
        'A webhook is told everything, or only what was chosen when it was added',
        'Send test pushes the verification event of the Shared Signals Framework, about the webhook itself',
      ],
    },
    {
      heading: 'Whether it is from us',
      list: [
        'Verify the token’s own signature. This holds even when a secret leaks',
        'Or compute the signature with the webhook’s secret, as Standard Webhooks says: HMAC-SHA256 of webhook-id, webhook-timestamp and the body, with dots between. One of the signatures in webhook-signature has to be the same',
        'Refuse a webhook-timestamp that is more than five minutes away: every attempt has a new one',
        'When the secret is changed, the one before signs too for 24 hours',
      ],
    },
    {
      heading: 'What to answer',
      list: [
        '202 without a body when you have it. Take it first, and work on it afterwards',
        '400 with err and description, as RFC 8935 says, when it cannot be taken',
        'The same token can come again: go by jti',
      ],
    },
    {
      heading: 'When you are away',
      list: [
        'Signals come in order, each until it is taken, so nothing is skipped',
        'failures, lastFailure and attempts of query signalReceivers say how it stands, with the last twenty attempts',
        'After a day of failing it is paused and nothing is lost. A replay goes on',
      ],
    },
  ],
  listen: {
    heading: 'On your own machine',
    text: 'This command asks for the signals of your organisation with the key of your client, and posts each to an address of this machine. It registers nothing, and your webhooks notice nothing.',
    command:
      'npx lanyard webhooks listen \\\n  --forward-to http://localhost:3000/hooks \\\n  --client hr-system-rz2 \\\n  --key data/hr-system-rz2.json \\\n  --last 5',
    list: [
      'The token is the one that webhooks get, with another aud: iss, then /clients/ and your client id. Verify it with the same keys',
      'It is signed with a secret that the command shows, or with the one in LANYARD_WEBHOOK_SECRET',
      'The same signal comes until it is taken with 202. Each attempt is a line with its outcome, or the code of the failure',
      'It begins with what comes next, and does not remember where it was stopped: --last brings up to 99 signals from before',
      'The client needs the scope passport:read. In your own code, query signalsAfter is the same',
    ],
  },
} as const;

/** Words about webhooks. Where an organisation manages them is the administrators' page. */

/** The page. */
export const WEBHOOKS = {
  title: 'Webhooks',
  lede: 'Your system can be told when somebody who works for you left, when a registration changed, and when a placement changed, without asking again and again.',
  manage: 'Add, replay or end a webhook (administrators)',
  parts: [
    {
      heading: 'What comes',
      list: [
        'A POST with content-type application/secevent+jwt: one signed security event token (RFC 8417), pushed as RFC 8935 says',
        'aud is the audience that the webhook was added with. The issuer’s keys are in its metadata',
        'jti is the id of the signal: query signals gives the same ones',
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
        'failures, failingSince and lastFailure of query signalReceivers say how it stands',
        'After a day of failing it is paused and nothing is lost. A replay goes on',
      ],
    },
  ],
  notYet:
    'Not here yet: sending a test event, a list of single attempts with what was answered, and receiving on your own machine through a command.',
} as const;

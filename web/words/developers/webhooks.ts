/** Words of webhooks: where signals are pushed. */

/** The page. */
export const WEBHOOKS = {
  title: 'Webhooks',
  lede: 'Signals are pushed to you as signed security event tokens (RFC 8417, by RFC 8935): somebody left, a registration changed, a placement changed. They come in order, each until you take it with 202.',
  empty: 'Nothing is pushed yet.',
  audience: 'Audience of its tokens',
  state: 'State',
  since: 'Registered',
  ended: 'Ended',
  parked: 'Paused: it failed for a day. Nothing is lost. A replay goes on',
  failing: (failures: number, code: string): string =>
    `${failures === 1 ? '1 attempt' : `${String(failures)} attempts`} failed since the last that did not. The last: ${code}`,
  working: 'Every attempt since the last failure was taken',
  replay: 'Push everything again',
  replayed: 'Everything is pushed again, in order',
  end: 'End it',
  endedNotice: 'Nothing more is pushed there',
  register: 'Add a webhook',
  url: 'Address',
  urlHint: 'It starts with https://',
  urlWrong: 'Enter an address that starts with https://',
  audienceHint: 'What your side expects as aud, for example the same address',
  audienceWrong: 'Enter the audience in 500 characters or fewer',
  send: 'Add',
  added: 'Signals are pushed there from now on',
  gone: 'It was changed in the meantime. Look at it again',
  notYet:
    'Not here yet: sending a test event, and a list of single attempts with what was answered.',
} as const;

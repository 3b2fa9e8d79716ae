/** Words of sharing: who asks, why, what, what not, and for how long. */

/** Beginning. */
export const SHARE = {
  title: 'Share with a trust',
  lede: 'Point your phone’s camera at the trust’s code, or open the link that they sent you.',
  typed: 'Link or code from the trust',
  hint: 'For example, 4F7-K2Q',
  button: 'Continue',
  missing: 'Enter the link or the code that the trust gave you',
  unknown: 'Check the link or the code. It may have run out: codes work for 10 minutes',
  waiting: 'Waiting for you',
  asks: (trust: string) => `${trust} asks`,
  open: 'Look at the request',
  inPerson: 'Show your passport in person',
} as const;

/** While the wallet reads the request. */
export const ANSWER = {
  title: 'Share your passport',
  checking: 'We are checking who is asking.',
  gone: 'This request has run out, or it is open in another wallet. Ask for a new link.',
  nothing: 'There is no passport on this device. Set up this device first.',
  setUp: 'Set up this device',
  withoutScript:
    'This browser runs no script, so it cannot sign what you share. Use another wallet.',
  otherWallet: 'Open the request in another wallet',
} as const;

/** Deciding. */
export const CHECK = {
  title: (trust: string) => `${trust} wants to see part of your passport`,
  because: 'They asked for this because:',
  trusted: (odsCode: string) => `This trust is on the NHS trusted list. ODS code: ${odsCode}.`,
  what: 'What do you want to share?',
  untick: 'You can untick anything they have not said they need.',
  needed: (name: string) => `${name} (they need this)`,
  missing: 'You do not have this',
  notShared: 'What we will not share',
  share: 'Share now',
  refuse: 'Do not share',
  keep: (days: number) =>
    days === 0
      ? 'They do not keep it. You can see that you shared it in your share history.'
      : `They can keep it for ${String(days)} ${days === 1 ? 'day' : 'days'}. You can see it in your share history.`,
  passkey: 'You confirm it with your passkey before anything leaves this device.',
  other: 'This is not the request that you opened. Go back to the link that you were sent.',
  notEnough: 'You do not have everything that they need, so you cannot share it from this device.',
  chooseNeeded: 'Tick everything that they need, or do not share',
  ended: 'The request has run out. Ask for a new link.',
} as const;

/** What purposes are to the person who is asked. */
const PURPOSES: Readonly<Record<string, string>> = {
  PRE_EMPLOYMENT: 'you are going to work there',
  TEMPORARY_MOVEMENT: 'you are going to work there for a time',
  ROTATION: 'your next rotation is there',
  HR_ADMINISTRATION: 'they keep your staff record',
};

/** A purpose in words. */
export const becauseOf = (purpose: string): string =>
  PURPOSES[purpose] ?? purpose.toLowerCase().replaceAll('_', ' ');

/** Nobody vouches for whoever asks. */
export const UNVERIFIED = {
  title: 'We cannot confirm who is asking',
  lede: 'They are not on the NHS trusted list. They may not be who they say they are. Nothing has been shared.',
  refuse: 'Do not share',
  what: 'If you expected this request, ring the trust on a number that you know, and ask for a new link.',
  back: 'Back to passport',
} as const;

/** On its way. */
export const SEND = {
  title: 'Sharing your passport',
  working: 'Sharing. Do not close this window.',
  failed:
    'It was not shared. The request has run out, or it was answered already. Ask for a new link.',
  refused: 'You did not share anything.',
  back: 'Back to passport',
} as const;

/** Showing. */
export const SHOW = {
  title: 'Show your passport',
  lede: 'Hold this code up for the trust’s camera. Make your screen bright.',
  label: 'Code that tells a trust whom to ask',
  typed: 'They can type this instead',
  fresh: (minutes: number) =>
    `This page shows a new code each minute. Each works for ${String(minutes)} minutes.`,
  rest: 'This page shows no new code any more. Look again for one.',
  then: 'When they have asked, the request shows here. You decide then what to share.',
  waiting: 'Waiting for the trust.',
  again: 'Look again',
  look: 'Look at the request',
  asked: (trust: string) => `${trust} asks to see part of your passport.`,
} as const;

/** Without network. */
export const OFFLINE = {
  title: 'You are offline',
  lede: 'You can show your passport. The trust needs internet to check it.',
  inside: 'On this device',
  added: 'Added on',
  checked: 'Last checked',
  was: 'It was then:',
  never: 'It was never checked from this device.',
  empty: 'There is no passport on this device.',
  again: 'Try again',
} as const;

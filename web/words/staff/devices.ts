/** Words of setting up a device, adding, moving and other wallets. */

/** Setting up. */
export const SET_UP = {
  title: 'Set up your passport on this device',
  kept: 'Your passport is kept on this phone or computer.',
  lost: 'If you lose it, sign in somewhere else and we will give you a new one.',
  shared: 'Shared ward computer? Do not set up here. Use your own phone.',
  button: 'Set up this device',
  busy: 'Setting up…',
  lostLink: 'I have lost my old device',
  blockedTitle: 'We cannot keep your passport in this window',
  blocked: 'Private windows delete it when you close them. Open this page in a normal window.',
  withoutScript:
    'This browser runs no script, so it cannot keep the key of a passport. You can add your passport to another wallet instead.',
} as const;

/** Adding. */
export const ADD = {
  title: 'Check what your trust says',
  from: (trust: string, count: number) =>
    `${trust} has ${count === 1 ? '1 thing' : `${String(count)} things`} for your passport`,
  ready: 'Ready',
  button: (count: number) =>
    count === 1 ? 'Add it to my passport' : `Add all ${String(count)} to my passport`,
  busy: 'Adding…',
  wrong: 'Something is wrong',
  until: (day: string) => `You can add this until ${day}.`,
  emptyTitle: 'Nothing is ready yet',
  failed: 'We could not start. Wait a minute, then try again.',
} as const;

/** Coming back from saying yes. */
export const ADDED = {
  title: 'Adding to your passport',
  working: 'Adding to your passport. This takes a few seconds.',
  progress: 'COUNT of ALL added',
  done: 'Your passport is on this device.',
  later: 'Some of it comes later. Your trust has to finish a check first.',
  some: 'Some of it could not be added. Ask your HR team to offer it again.',
  nothing:
    'Nothing was added. You said no, it took too long, or this is not the window in which you began.',
  goOn: 'Go to your passport',
} as const;

/** Moving. */
export const MOVE = {
  title: 'Move your passport to this device',
  lede: 'You get a new passport on this device. The one on your old device stops working.',
  shared: 'Shared ward computer? Do not move it here. Use your own phone.',
  button: 'Move my passport here',
  passkey: 'You confirm it with your passkey.',
  collecting: 'Moving your passport',
  working: 'Moving your passport. This takes a few seconds.',
  moved: 'Your passport is on this device. The one on your old device does not work any more.',
  failed: 'It could not be moved. Nothing on your old device has changed. Go back and try again.',
  nothing: 'You have nothing that can be moved. Ask your HR team to offer you a passport.',
  askTitle: 'Ask for the rest',
  ask: 'These are in no record, so only the trust that made them can give you new ones:',
  askItem: (what: string, trust: string) => `${what}: the HR team of ${trust}`,
} as const;

/** Another wallet. */
export const ANOTHER_WALLET = {
  title: 'Add your passport to another wallet',
  works:
    'Works with wallets that support OpenID4VCI and SD-JWT credentials. It does not work with GOV.UK Wallet.',
  keeps: 'Your passport on this device goes on working.',
  button: 'Make a code for my wallet',
  passkey: 'You confirm it with your passkey.',
  offerTitle: 'Add it in your wallet now',
  scan: 'Scan this code with your wallet, or open the link on the phone that has the wallet.',
  label: 'Code that opens the offer in a wallet',
  link: 'Open my wallet',
  number: 'When your wallet asks for a number, type',
  once: (time: string) => `It works once, until ${time}.`,
  gone: 'This offer is gone. Make a new one.',
} as const;

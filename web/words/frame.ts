/** Words around every page: header, navigation, footer, and what to say when something does not work. */
import type { Role } from '../domain/person.ts';

/** An entry of the navigation. */
export interface Entry {
  readonly href: string;
  readonly text: string;
}

/** The name of the whole. */
export const SERVICE_NAME = 'Staff passport';

/** As what somebody acts, after their name in the header. Staff act as themselves. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  STAFF: '',
  HR_OFFICER: 'HR',
  ADMINISTRATOR: 'administrator',
};

/** Where each role starts. */
export const HOMES: Readonly<Record<Role, string>> = {
  STAFF: '/passport',
  HR_OFFICER: '/hr',
  ADMINISTRATOR: '/admin',
};

/** The navigation of each role, the most needed first: on a phone the last go under "More". */
export const NAVIGATION: Readonly<Record<Role, readonly Entry[]>> = {
  STAFF: [
    { href: '/passport', text: 'Passport' },
    { href: '/passport/history', text: 'Share history' },
  ],
  HR_OFFICER: [
    { href: '/hr', text: 'New starters' },
    { href: '/hr/check', text: 'Check a passport' },
    { href: '/hr/staff', text: 'Our staff' },
  ],
  ADMINISTRATOR: [
    { href: '/admin', text: 'Passports' },
    { href: '/admin/approvals', text: 'Approvals' },
    { href: '/admin/matches', text: 'Record matches' },
    { href: '/admin/audit', text: 'Audit' },
  ],
};

/** Links at the bottom of every page. Help is always the last. */
export const FOOTER: readonly Entry[] = [
  { href: '/accessibility', text: 'Accessibility statement' },
  { href: '/privacy', text: 'Privacy' },
  { href: '/developers', text: 'Developers' },
  { href: '/help', text: 'Help' },
];

/** Everything else. */
export const FRAME = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  changeRole: 'Change what you act as',
  demonstration: 'Demonstration. Everybody in it is invented.',
  errorPrefix: 'Error: ',
  problemTitle: 'There is a problem',
  nextPage: 'Next page',
  success: 'Success',
  important: 'Important',
  notApproved: 'You did not confirm it, so nothing was changed.',
  session: {
    title: 'You will be signed out soon',
    text: 'For your security, we sign you out when you have done nothing for 15 minutes.',
    stay: 'Stay signed in',
    stayed: 'You are still signed in.',
  },
} as const;

/** Pages that stand in for another. */
export const STAND_INS = {
  notFound: {
    title: 'Page not found',
    paragraphs: [
      'If you typed the web address, check it is correct.',
      'If you pasted the web address, check you copied the whole of it.',
      'You may not be allowed to see this page in the role you act in.',
    ],
  },
  refused: {
    title: 'We could not take that form',
    paragraphs: [
      'It may have been open for too long, or in another window. Nothing was changed.',
      'Go back, reload the page and try again.',
    ],
  },
  signedOut: {
    title: 'You were signed out',
    paragraphs: [
      'You had done nothing for 15 minutes, or signed out in another window. What you sent was not saved.',
    ],
  },
  leftOnPurpose: { title: 'You have signed out', paragraphs: ['You can close this page.'] },
  signInFailed: {
    title: 'We could not sign you in',
    paragraphs: ['It took too long, or it was stopped. Try again.'],
  },
  tooMany: {
    title: 'Too many requests',
    paragraphs: ['Wait a minute, then try again. Nothing was changed.'],
  },
  problem: {
    title: 'Sorry, there is a problem with the service',
    paragraphs: ['Try again later. If you sent something, it was not saved.'],
  },
} as const;

/** The source that does not answer, at the top of a page that shows the rest. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  esr: 'ESR is not answering. What comes from the staff record is missing below.',
  nhsmail: 'NHSmail is not answering. What comes from the directory is missing below.',
  passport: 'The passport service is not answering. What comes from passports is missing below.',
};

/** A source that has no words of its own. */
export const SOME_SOURCE = 'A part of the service is not answering. Some of this page is missing.';

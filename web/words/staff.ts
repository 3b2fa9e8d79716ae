/** Words of the staff section. */

/** The passport at a glance. */
export const PASSPORT = {
  title: 'Your staff passport',
  empty: 'Nothing is ready yet. Your trust is still checking.',
} as const;

/** What came of a check away from the network, in words. */
import type { OfflineVerdict } from '../standards/verification-bundle/verify-offline.ts';

const HEADINGS: Readonly<Record<OfflineVerdict['outcome'], string>> = {
  valid: 'VALID',
  invalid: 'INVALID: do not rely on it',
  suspended: 'SUSPENDED: its issuer has paused it',
  revoked: 'REVOKED: its issuer has taken it back',
  expired: 'EXPIRED',
  'cannot-check': 'CANNOT CHECK: whether it stands is not known here',
};

/** A few lines for a person. What comes from outside is written as JSON, so that it cannot pass for ours. */
export function offlineWords(verdict: OfflineVerdict, audience: string | undefined): string {
  const { outcome, reason, typeName, type, issuerOds, issuer, expiresAt, claims } = verdict;
  const lines = [
    reason === undefined ? HEADINGS[outcome] : `${HEADINGS[outcome]} (${reason})`,
    ...(type === undefined ? [] : [`What: ${quoted(typeName ?? type)}`]),
    ...(issuer === undefined ? [] : [`Issued by: ${quoted(issuerOds)} ${quoted(issuer)}`]),
    ...(expiresAt === undefined ? [] : [`Counts until: ${expiresAt.toISOString()}`]),
    status(verdict),
    holder(verdict, audience),
    ...(claims === undefined ? [] : ['Shown:', ...Object.entries(claims).map(shown)]),
  ];
  return `${lines.join('\n')}\n`;
}

function status(verdict: OfflineVerdict): string {
  const { statusAsOf, statusAgeSeconds = 0, statusMaxAgeSeconds, bundleIssuedAt } = verdict;
  const limit = `at most ${span(statusMaxAgeSeconds)} old counts`;
  return statusAsOf === undefined
    ? `Checked offline, with a bundle of ${bundleIssuedAt.toISOString()}. No status was read; ${limit}.`
    : `Checked offline. Its status is of ${statusAsOf.toISOString()}, ${span(statusAgeSeconds)} ago; ${limit}.`;
}

function holder({ keyBinding }: OfflineVerdict, audience: string | undefined): string {
  switch (keyBinding) {
    case 'checked':
      return `Shown by its holder, now, for ${quoted(audience)}.`;
    case 'failed':
      return 'Its holder did not prove that it is theirs.';
    case 'not-checked':
      return 'NOT CHECKED: whether whoever shows it is its holder (--without-key-binding).';
  }
}

const shown = ([name, value]: readonly [string, unknown]): string =>
  `  ${quoted(name)}: ${quoted(value)}`;

/** As JSON in ASCII: no control characters, and no letters that turn the line around. */
const quoted = (value: unknown): string =>
  JSON.stringify(value ?? null).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** In the two largest units. */
function span(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  let rest = seconds;
  const parts = units.flatMap(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${String(count)} ${name}${count === 1 ? '' : 's'}`];
  });
  return parts.slice(0, 2).join(' ') || '0 seconds';
}

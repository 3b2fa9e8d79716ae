/** What people call the claims of credentials, by the labels that wallets are given too, and how their values read. */
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { spelledOut } from './codes.ts';
import { dayWords } from './dates.ts';

const kinds = z.record(
  z.string(),
  z.object({
    type: z.string(),
    claims: z.array(z.object({ path: z.array(z.string().nullable()), label: z.string() })),
  }),
);

const KINDS = Object.values(
  kinds.parse(
    JSON.parse(
      readFileSync(new URL('../../schema/credential-types.json', import.meta.url), 'utf8'),
    ),
  ),
);

const LABELS = new Map(
  KINDS.map(({ type, claims }) => [
    type,
    Object.fromEntries(
      claims.flatMap(({ path: [name, ...rest], label }) =>
        typeof name === 'string' && rest.length === 0 ? [[name, label]] : [],
      ),
    ),
  ]),
);

/** Labels of the claims of one kind of credential, by the claim's name. */
export const claimLabels = (type: string): Readonly<Record<string, string>> =>
  LABELS.get(type) ?? {};

/** Labels of what the elements of a list have, by its name there. */
const INSIDE: ReadonlyMap<string, string> = new Map(
  KINDS.flatMap(({ claims }) =>
    claims.flatMap(({ path: [, element, name], label }) =>
      element === null && typeof name === 'string' ? [[name, label] as const] : [],
    ),
  ),
);

/** A code such as REGISTERED, and no abbreviation such as HCPC. */
const CODE = /^[A-Z][A-Z_]{4,}$/;
const DAY = /^\d{4}-\d\d-\d\d(T|$)/;

/** A disclosed value for somebody to read: a line for each element of a list. */
export const valueLines = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(valueWords) : [valueWords(value)];

function valueWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => partWords(name, part));
    // A subject and its code read the same: once is enough.
    const isFirst = (part: string, at: number): boolean =>
      parts.findIndex((one) => one.toLowerCase() === part.toLowerCase()) === at;
    return parts.filter(isFirst).join(', ');
  }
  // ESR joins a code's parts; the last one is for people.
  const text = String(value).split('|').at(-1) ?? '';
  if (CODE.test(text)) return spelledOut(text);
  return DAY.test(text) ? dayWords(text) : text;
}

/** Numbers and days say what they are; the rest speaks for itself. */
function partWords(name: string, part: unknown): string {
  const [label = name] = (INSIDE.get(name) ?? name).split(',');
  return typeof part === 'number' || DAY.test(String(part))
    ? `${label.toLowerCase()} ${valueWords(part)}`
    : valueWords(part);
}

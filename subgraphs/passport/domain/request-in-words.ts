/** A request as its holder reads it. */
import type { DcqlQuery } from '../../../standards/openid4vp/dcql.ts';
import type { Addresses } from './addresses.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';

/** One credential that is asked for. */
export interface AskedInWords {
  readonly name: string;
  /** What people call the claims. */
  readonly claims: readonly string[];
  /** The answer is enough without it. */
  readonly optional: boolean;
}

const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['PRE_EMPLOYMENT', 'checks before you start work'],
  ['TEMPORARY_MOVEMENT', 'working there for a time'],
  ['ROTATION', 'your next rotation'],
  ['HR_ADMINISTRATION', 'keeping your staff record'],
]);

/** A purpose of use in words. */
export const purposeInWords = (purpose: string): string =>
  PURPOSES.get(purpose) ?? purpose.toLowerCase().replaceAll('_', ' ');

/** What is asked for. */
export function askedInWords(
  { credentials, credential_sets: sets }: DcqlQuery,
  { typeOfVct }: Pick<Addresses, 'typeOfVct'>,
): readonly AskedInWords[] {
  // Needed is what every way to satisfy some required set has.
  const needed = (id: string): boolean =>
    sets === undefined ||
    sets.some(
      ({ required, options }) =>
        required !== false && options.every((option) => option.includes(id)),
    );
  return credentials.map(({ id, meta, claims = [] }) => {
    const type = typeOfVct(meta.vct_values[0] ?? '');
    if (type === undefined) throw new Error('a request asks for an unknown type');
    const definition = CREDENTIAL_TYPES[type];
    const names = new Set([...definition.open, ...claims.map(({ path }) => String(path[0]))]);
    return {
      name: definition.name,
      claims: [...names].map((name) => definition.claims[name]?.label ?? name),
      optional: !needed(id),
    };
  });
}

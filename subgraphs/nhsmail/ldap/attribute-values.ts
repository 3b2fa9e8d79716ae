/** Values of attributes as directories hold them: of any number, in any case, with what does not belong left out. */
import { z } from 'zod';

import { parseGeneralizedTime } from '../../../runtime/generalized-time.ts';
import type { AccountRegistration } from '../domain/directory-entry.ts';

/** Longest text that is read. */
const TEXT_LIMIT = 512;
/** Most values of one attribute that are read. */
const VALUE_LIMIT = 100;

const text = z.string().trim().min(1).max(TEXT_LIMIT);

/** The values that have the shape, in the directory's order. The others are left out. */
export function valuesOf<Value>(
  values: readonly string[] | undefined,
  shape: z.ZodType<Value>,
): readonly Value[] {
  return (values ?? []).slice(0, VALUE_LIMIT).flatMap((value) => {
    const parsed = shape.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Shapes of values. */
export const VALUE = {
  text,
  mail: text.max(254).toLowerCase(),
  odsCode: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9]{3,8}$/),
  employeeNumber: z.string().regex(/^\d{8}$/),
  smartcardId: z.string().regex(/^\d{12}$/),
  moment: z.string().transform((value, context) => {
    const at = parseGeneralizedTime(value);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: 'not a generalized time' });
    return z.NEVER;
  }),
  /** RFC 4517, section 3.3.3. */
  truth: z.enum(['TRUE', 'FALSE']).transform((value) => value === 'TRUE'),
  /** `NMC:12A3456E`. */
  registration: z
    .string()
    .toUpperCase()
    .transform((value) => value.replaceAll(' ', ''))
    .pipe(z.string().regex(/^[A-Z]{2,10}:[A-Z0-9]{3,15}$/))
    .transform((value): AccountRegistration => {
      const [body = '', number = ''] = value.split(':');
      return { body, number };
    }),
  /** The id in the name of an account's entry: `uid=a1,ou=people,dc=nhs` names `a1`. */
  accountName: z
    .string()
    .regex(/^\s*uid\s*=/i)
    .transform((dn) => firstValue(dn))
    .pipe(text),
} as const;

/** The value of the first part of a name (RFC 4514, section 2.4). Empty when the part has more than one. */
function firstValue(dn: string): string {
  const [, raw = ''] = /^[^=]*=\s*((?:\\.|[^\\,+])*)(?=,|$)/s.exec(dn) ?? [];
  const bytes = raw
    .trimEnd()
    .replaceAll(/\\([0-9a-f]{2})|\\(.)|([^\\]+)/gis, (_whole, hex, escaped, plain) =>
      typeof hex === 'string'
        ? hex
        : Buffer.from(String((escaped as string | undefined) ?? plain), 'utf8').toString('hex'),
    );
  return Buffer.from(bytes, 'hex').toString('utf8');
}

/** The same without what is not there. */
export const withoutUndefined = <Values extends object>(
  values: Values,
): { readonly [Name in keyof Values]?: Exclude<Values[Name], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Values]?: Exclude<Values[Name], undefined>;
  };

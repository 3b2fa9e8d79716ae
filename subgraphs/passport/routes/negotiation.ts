/**
 * What a client takes, and what it has already.
 *
 * Source: RFC 9110, sections 12.5.1 (`Accept`), 12.5.3 (`Accept-Encoding`) and 13.1.2 (`If-None-Match`).
 */

/**
 * Whether `Accept` lets a media type through. The most specific range decides; without the header everything is taken.
 *
 * @param type in lower case, `type/subtype`
 */
export function acceptsType(header: string | undefined, type: string): boolean {
  if (header === undefined || header.trim() === '') return true;
  const [main = ''] = type.split('/');
  const qualities = weighted(header);
  return (qualities.get(type) ?? qualities.get(`${main}/*`) ?? qualities.get('*/*') ?? 0) > 0;
}

/** Whether `Accept-Encoding` asks for gzip. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (typeof header !== 'string' || header === '') return false;
  const qualities = weighted(header);
  return (qualities.get('gzip') ?? qualities.get('x-gzip') ?? qualities.get('*') ?? 0) > 0;
}

/** Whether `If-None-Match` names one of these validators. The comparison is weak, as section 13.1.2 has it. */
export function alreadyHas(header: string | undefined, etags: readonly string[]): boolean {
  if (header === undefined) return false;
  if (etags.includes(header) || header.trim() === '*') return true;
  const names = header.slice(0, 8_192).matchAll(/(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g);
  return [...names].some(([, name = '']) => etags.includes(name));
}

/** The members of a list with their `q`, by lower-case name. */
function weighted(header: string): ReadonlyMap<string, number> {
  const members = header.slice(0, 2_048).toLowerCase().split(',');
  return new Map(
    members.map((member) => {
      const [name = '', ...parameters] = member.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      const quality = weight === undefined ? 1 : Number(weight.slice(2));
      return [name, quality >= 0 && quality <= 1 ? quality : 0];
    }),
  );
}

/**
 * How a surname sounds, after Lawrence Philips' Double Metaphone (2000): one code for the usual English reading and
 * one for the likely other. Written for surnames that have to be compared, as a table of rules tried in order.
 */

/** Letters at the current place, what stands before them, and the two codes. `secondary` defaults to `primary`. */
type Rule = readonly [letters: RegExp, primary: string, secondary?: string, before?: RegExp];

const START = /^$/;

const RULES: readonly Rule[] = [
  [/^(?:GN|KN|PN|WR|PS)/, '', '', START],
  [/^X/, 'S', 'S', START],
  [/^WH/, 'A', 'A', START],
  [/^W(?=[AEIOUY])/, 'A', 'F', START],
  [/^[AEIOUY]/, 'A', 'A', START],
  [/^[AEIOUY]+/, ''],
  [/^BB?/, 'P'],
  [/^CIA/, 'X', 'S'],
  [/^CHR/, 'KR'],
  [/^CHAE/, 'K', 'X'],
  [/^CH/, 'K', 'X', /(?:^VAN |^VON |S)$/],
  [/^CH(?=[LRNMBHFVW])/, 'K'],
  [/^CH/, 'X', 'K'],
  [/^CZ/, 'S', 'X'],
  [/^CC(?=[IEH])/, 'KS', 'X'],
  [/^C[KGQ]/, 'K'],
  [/^C[IEY]/, 'S', 'S'],
  [/^CC?/, 'K'],
  [/^DG(?=[IEY])/, 'J'],
  [/^D[TD]?/, 'T'],
  [/^FF?/, 'F'],
  [/^GH(?=[AEIOU])/, 'K', 'K', START],
  [/^GH(?=[AEIOU])/, 'K'],
  [/^GH/, 'F', 'F', /[CGLRT][AEIOU]?U$/],
  [/^GH/, ''],
  [/^GN/, 'KN', 'N'],
  [/^GLI/, 'KL', 'L'],
  [/^G(?=[EIY])/, 'K', 'J', START],
  [/^G(?=[EIY])/, 'J', 'K'],
  [/^GG?/, 'K'],
  [/^H(?=[AEIOUY])/, 'H', 'H', /(?:^|[AEIOUY])$/],
  [/^H/, ''],
  [/^JOSE/, 'H', 'J'],
  [/^J/, 'J', 'A', START],
  [/^J(?=[AO])/, 'J', 'H', /[AEIOUY]$/],
  [/^JJ?/, 'J'],
  [/^KK?/, 'K'],
  [/^LL?/, 'L'],
  [/^MB$/, 'M'],
  [/^MM?/, 'M'],
  [/^NN?/, 'N'],
  [/^PH/, 'F'],
  [/^P[PB]?/, 'P'],
  [/^QQ?/, 'K'],
  [/^RR?/, 'R'],
  [/^SCH(?=[EIU])/, 'X', 'SK'],
  [/^SCH/, 'X', 'S', START],
  [/^SCH/, 'SK', 'X'],
  [/^SC(?=[IEY])/, 'S'],
  [/^SC/, 'SK'],
  [/^SH/, 'X'],
  [/^SI[OA]/, 'S', 'X'],
  [/^S(?=[MNLWZ])/, 'S', 'X', START],
  [/^S[SZ]?/, 'S'],
  [/^TI(?:A|ON)/, 'X'],
  [/^TCH/, 'X'],
  [/^T(?:H|TH)(?=[OA]M)/, 'T'],
  [/^T(?:H|TH)/, '0', 'T'],
  [/^T[TD]?/, 'T'],
  [/^VV?/, 'F'],
  [/^WICZ/, 'TS', 'FX'],
  [/^WR/, 'R'],
  [/^W$/, '', 'F', /[AEIOUY]$/],
  [/^WSK[IY]/, 'SK', 'FSK'],
  [/^W/, ''],
  [/^XX?/, 'KS'],
  [/^ZH/, 'J'],
  [/^ZZ?/, 'S', 'TS'],
];

/**
 * The two codes of a surname.
 *
 * @param name letters A to Z; anything else is passed over
 */
export function doubleMetaphone(name: string): readonly [primary: string, secondary: string] {
  const word = name.toUpperCase().replaceAll(/[^A-Z ]/g, '');
  let primary = '';
  let secondary = '';
  let at = 0;
  while (at < word.length) {
    const rest = word.slice(at);
    const before = word.slice(0, at);
    const rule = RULES.find(
      ([letters, , , preceding]) => letters.test(rest) && (preceding?.test(before) ?? true),
    );
    const [letters, first = '', second = first] = rule ?? [];
    primary += first;
    secondary += second;
    // The silent letter of KN and its like goes; the one after it is read on its own.
    const silent = letters?.source.startsWith('^(?:GN|KN') === true;
    at += silent ? 1 : Math.max(1, letters?.exec(rest)?.[0].length ?? 1);
  }
  return [primary, secondary];
}

/** Whether two surnames can be read alike. */
export function soundsAlike(a: string, b: string): boolean {
  const codes = new Set(doubleMetaphone(a));
  return doubleMetaphone(b).some((code) => code !== '' && codes.has(code));
}

/** Every way to change one byte of a presentation, in one fixed order, each result once. */
import { encodeBase64url } from '../../../../standards/base64url.ts';

/** A presentation that was changed, and where. */
export interface Mutant {
  readonly text: string;
  /** The part that was changed. */
  readonly part:
    | 'written'
    | 'credential header'
    | 'credential claims'
    | 'disclosure'
    | 'key binding header'
    | 'key binding claims'
    | 'signature';
}

const BASE64URL = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
/** Characters that separate, pad, end or mean something else, and two that take more than a byte. */
const OTHERS = Array.from('~.=+/ \n\t"{}[],:%&#\\\u0000\u00e9\u{1F511}');

/** Changes to the text as it travels: every character replaced, left out, doubled, exchanged or followed by another. */
function* writtenMutants(good: string): Generator<Mutant> {
  for (let at = 0; at < good.length; at += 1) {
    const before = good.slice(0, at);
    const after = good.slice(at + 1);
    const one = good.charAt(at);
    const texts = [
      before + after,
      before + one + one + after,
      before + good.charAt(at + 1) + one + after.slice(1),
      good.slice(at),
      before,
      ...BASE64URL.map((other) => before + other + after),
      ...OTHERS.map((other) => before + other + after),
      ...[...OTHERS, 'A'].map((other) => before + one + other + after),
    ];
    for (const text of texts) yield { text, part: 'written' };
  }
}

/** Every byte of decoded data with each of its bits turned, and replaced by what JSON is made of. */
function* changedBytes(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1) {
    const values = [
      ...[1, 2, 4, 8, 16, 32, 64, 128].map((bit) => (bytes[at] ?? 0) ^ bit),
      ...Array.from('"\\:,{}[]0 9-.eE\n').map((character) => character.charCodeAt(0)),
      0,
      255,
    ];
    for (const value of values) {
      const changed = Buffer.from(bytes);
      changed[at] = value;
      yield changed;
    }
    yield Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    yield Buffer.concat([bytes.subarray(0, at), Buffer.from(' '), bytes.subarray(at)]);
  }
}

/** Changes to what the parts say, encoded again as they should be. */
function* meantMutants(good: string): Generator<Mutant> {
  const parts = good.split('~');
  for (const [index, part] of parts.entries()) {
    const pieces = part.split('.');
    for (const [which, piece] of pieces.entries()) {
      const kind = partName(index, parts.length, which);
      for (const changed of changedBytes(Buffer.from(piece, 'base64url'))) {
        const written = pieces.with(which, encodeBase64url(changed)).join('.');
        yield { text: parts.with(index, written).join('~'), part: kind };
      }
    }
  }
}

function partName(index: number, count: number, which: number): Mutant['part'] {
  if (which === 2) return 'signature';
  if (index > 0 && index < count - 1) return 'disclosure';
  const owner = index === 0 ? 'credential' : 'key binding';
  return which === 0 ? `${owner} header` : `${owner} claims`;
}

/** All mutants of a presentation: none is the presentation itself, and no two are the same. */
export function* mutantsOf(good: string): Generator<Mutant> {
  const seen = new Set([good]);
  for (const mutants of [writtenMutants(good), meantMutants(good)]) {
    for (const mutant of mutants) {
      if (seen.has(mutant.text)) continue;
      seen.add(mutant.text);
      yield mutant;
    }
  }
}

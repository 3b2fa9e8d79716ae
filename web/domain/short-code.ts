/** Codes that people read out or type: short, so they live shortly and may be tried a few times only. */
import { randomInt } from 'node:crypto';

/** Without what is taken for another: no I, L, O, U, 0 or 1. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 6;
const CODE = new RegExp(`^[${LETTERS}]{${String(LENGTH)}}$`);

/** How long a code can be used, in seconds. */
export const CODE_SECONDS = 600;
/** How often one person may try, in as many seconds. */
export const MOST_TRIES = 20;

/** What a code stands for. */
export type CodeMeaning =
  /** A member of staff who shows themselves: they are asked by this id. */
  | { readonly kind: 'holder'; readonly staffId: string }
  /** A request for a presentation: its link. */
  | { readonly kind: 'request'; readonly link: string };

/** Codes and what they stand for. */
export interface ShortCodes {
  /** A fresh code. */
  make(meaning: CodeMeaning): Promise<string>;
  /**
   * What somebody typed stands for, however they wrote it.
   *
   * @param by who tries, since there are few codes enough to try them all
   * @returns `undefined` for a code that there is not, or not any more, and for too many tries
   */
  find(typed: string, by: string): Promise<CodeMeaning | undefined>;
}

/** A fresh code: six letters and digits, 700 million of them. */
export const newCode = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** What was typed, as the code that was meant; `undefined` when it is none. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return CODE.test(code) ? code : undefined;
}

/** `4F7K2Q` reads `4F7-K2Q`. */
export const codeInParts = (code: string): string => `${code.slice(0, 3)}-${code.slice(3)}`;

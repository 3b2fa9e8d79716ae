/** What an administrator searches by: one box takes words and numbers, an address, or a reference. */

/** What was typed, by what it is. */
export type SearchText =
  | { readonly kind: 'credential' | 'stop'; readonly id: string }
  | { readonly kind: 'mail'; readonly mail: string; readonly words: string }
  | { readonly kind: 'words'; readonly words: string };

const REFERENCE = /^(crd|stp)_[A-Za-z0-9_-]{22}$/;
const MAIL = /^([^\s@]+)@[^\s@]+\.[^\s@]+$/;

/** Reads it. An address is looked for by the names in it, since those are what is searched. */
export function readSearch(text: string): SearchText {
  const typed = text.trim();
  const reference = REFERENCE.exec(typed);
  if (reference !== null) {
    return { kind: reference[1] === 'crd' ? 'credential' : 'stop', id: typed };
  }
  const [, local] = MAIL.exec(typed) ?? [];
  if (local === undefined) return { kind: 'words', words: typed };
  const words = local.split(/[._+]/).map((word) => word.replace(/\d+$/, ''));
  return {
    kind: 'mail',
    mail: typed.toLowerCase(),
    words: words.filter((word) => word !== '').join(' ') || typed,
  };
}

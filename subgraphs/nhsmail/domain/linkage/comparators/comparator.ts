/** A value in normal form, with what its comparator looks at. One shape for all of them, so that comparing stays fast. */
export interface ComparedValue {
  /** Equal texts are equal values. */
  readonly text: string;
  /** Words or parts that are compared one by one. */
  readonly parts: readonly string[];
  /** Double Metaphone codes. */
  readonly sounds: readonly string[];
  /** Groups of names that stand for one another (`nicknames.ts`). */
  readonly groups: readonly number[];
  /** Days since 1 January 1970, for dates. */
  readonly day: number;
}

/** How values of one kind are read, compared, and brought together. */
export interface Comparator {
  /**
   * Codes of what can come of a comparison, best first: agreement, agreement with an alternative value, what lies
   * between, and `DIFFERENT` last.
   */
  readonly levels: readonly [agree: string, alternative: 'ALTERNATIVE', ...rest: string[]];
  /** Whether agreement on a rare value says more than on a common one. */
  readonly byFrequency: boolean;
  /** Reads a value; `undefined` when it says nothing. */
  readonly read: (raw: string) => ComparedValue | undefined;
  /** Place in `levels`, never 1. The same whichever comes first. */
  readonly compare: (a: ComparedValue, b: ComparedValue) => number;
  /**
   * For values that say all they have to say in a number: from 0 to 2^31 - 1, and what `compare` gives for two values
   * with different texts. It is quicker than remembering what came of comparing them.
   */
  readonly asNumber?: {
    readonly of: (value: ComparedValue) => number;
    readonly compare: (a: number, b: number) => number;
  };
  /** What a blocking rule may ask of a value, by name. */
  readonly keys: Readonly<Record<string, (value: ComparedValue) => readonly string[]>>;
}

/** Code of agreement with a value that stands for the present one. */
export const ALTERNATIVE = 'ALTERNATIVE';
/** Place of that code in every comparator's levels. */
export const ALTERNATIVE_LEVEL = 1;

/** A value of which only the text is compared. */
export const plainValue = (
  text: string,
  features: Partial<Omit<ComparedValue, 'text'>> = {},
): ComparedValue | undefined =>
  text === ''
    ? undefined
    : {
        text,
        parts: features.parts ?? [],
        sounds: features.sounds ?? [],
        groups: features.groups ?? [],
        day: features.day ?? 0,
      };

/** The whole value as a key. */
export const wholeKey = ({ text }: ComparedValue): readonly string[] => [text];

/** Idempotency keys of what is safe to do twice: the key is taken first, and the answer kept after. */

/** A client's key and what was asked under it. */
export interface RepeatClaim {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: string;
  readonly now: Date;
}

/** Keeps them for a day. */
export interface Repeats {
  /** Takes a key. Of a repeated call it says what was answered; `undefined` when that call has not come so far. */
  claim(
    claim: RepeatClaim,
  ): Promise<
    | { readonly kind: 'first' | 'reused' }
    | { readonly kind: 'repeat'; readonly answer: string | undefined }
  >;
  /** Keeps an id for repeated calls. */
  answer(claim: RepeatClaim, id: string): Promise<void>;
}

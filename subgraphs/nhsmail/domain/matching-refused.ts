/** Something stands in the way of what an operator asked of matching. */
export class MatchingRefused extends Error {
  override readonly name = 'MatchingRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

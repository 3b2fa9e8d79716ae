/** What tells one kind of file from another while it is read. */

/** A kind of file. */
export interface ExtractFormat<Kind extends string, Header, Row> {
  readonly kind: Kind;
  readonly header: Header;
  /**
   * Splits a line into its columns.
   *
   * @throws {FileRefused}
   */
  readonly split: (text: string, line: number) => readonly string[];
  /** First column of the header, which a second file that was joined to the first has too. */
  readonly headerMark: string;
  /**
   * Reads one row; `undefined` for one that is right and is not kept.
   *
   * @throws {RowRejected} leaves the row out
   * @throws {FileRefused} ends the reading
   */
  readonly read: (columns: readonly string[], line: number) => Row | undefined;
  /** Whose row it is, for one that is left out; `null` when that cannot be read, `undefined` when it is nobody's. */
  readonly personOf?: (columns: readonly string[]) => string | null | undefined;
}

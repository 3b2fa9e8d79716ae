/** One record to compare: named values as its source has them. Nothing else of a record is read. */
export interface LinkageRecord {
  readonly id: string;
  /** By name. An absent value, an empty text and an empty list all mean that nothing is known. */
  readonly values: Readonly<Record<string, string | readonly string[] | undefined>>;
}

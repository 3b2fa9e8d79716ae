/** What the rules use of `dcql` where a query is read: its own rules are kept by whoever checks answers. */

/** A query that has been read already. */
export const DcqlQuery = {
  /** The same query. */
  parse: <Query>(query: Query): Query => query,
  /** Nothing. */
  validate: (): void => undefined,
};

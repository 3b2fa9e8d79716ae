/** Who does something, as the records keep it. */
export interface Actor {
  /** The person's id in the graph, or the system's client id. */
  readonly subject: string;
  /** For the access log. */
  readonly name: string;
  /** The organisation acted for. */
  readonly odsCode: string;
  /** Ties the logs together. */
  readonly requestId: string;
}

/** Operations of the graph, with the types of what goes in and what comes out. */

/** One operation, as it was released with the graph. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** How it is named to the gateway, which knows it. */
  readonly documentId: string;
  readonly text: string;
  /** For the compiler alone. */
  readonly types?: (variables: Variables) => Data;
}

/** One field that could not be had. */
export interface Fault {
  readonly code: string;
  /** The part that did not answer, e.g. `esr`. */
  readonly source: string | undefined;
  /** From the root, e.g. `me.passport`. */
  readonly path: string;
}

/** What the graph answered: fields that could not be had are null, and each has a fault. */
export interface Answer<Data> {
  readonly data: Data;
  readonly faults: readonly Fault[];
}

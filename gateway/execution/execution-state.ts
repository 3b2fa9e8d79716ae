/** One run of a query plan. */
import type { GatewayContext } from '../context.ts';
import type { JsonObject } from './own-properties.ts';
import type { Path } from './positions.ts';

/** Something that went wrong in a subgraph. */
export interface SourceError {
  readonly message: string;
  /** In planned names, from the root of the data. `undefined` when it is about no field. */
  readonly path?: Path;
  readonly extensions: JsonObject;
}

/** What a run has found so far. */
export interface ExecutionState {
  /** The whole answer, in planned names. */
  data: JsonObject;
  readonly errors: SourceError[];
  /** Objects about which a source was asked and has not answered. */
  readonly unanswered: WeakSet<JsonObject>;
  /** Whether a change has failed whose outcome takes the whole answer, or is not known: nothing more is changed then. */
  stopped: boolean;
  /** As the client sent them: subgraphs read them themselves. */
  readonly variables: JsonObject;
  /** As conditions read them. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** Most errors of subgraphs in one answer. The values are null all the same. */
const MAX_ERRORS = 100;

/** Notes an error. */
export function noteError({ errors }: ExecutionState, error: SourceError): void {
  if (errors.length < MAX_ERRORS) errors.push(error);
}

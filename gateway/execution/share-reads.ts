/**
 * Identical reads of one caller that are under way at the same time ask the subgraphs once.
 *
 * Identical means the same operation and variables, and the same in everything that subgraphs are told of the caller.
 * A read that began before a change ended is not joined after it: whoever has changed something sees it.
 */
import { allLeft } from '../../runtime/all-left.ts';
import { scopesText } from '../../runtime/scopes-text.ts';
import type { GatewayContext } from '../context.ts';
import type { Deadline } from '../deadline.ts';
import type { CompiledOperation, Gathered, OperationRequest } from './compile-operation.ts';

/** Runs reads and changes. */
export interface SharedReads {
  /** Reads, together with whoever is reading the same. */
  readonly read: (operation: CompiledOperation, request: OperationRequest) => Promise<Gathered>;
  /** Changes something, alone. */
  readonly change: (work: () => Promise<Gathered>) => Promise<Gathered>;
}

/** A read under way. */
interface Shared {
  readonly gathered: Promise<Gathered>;
  /** Whose records it found. */
  readonly people: ReadonlySet<string>;
  /** Lets one more wait for it; false when everybody who did has left. */
  readonly join: (deadline: Deadline) => boolean;
}

/** Creates the register of reads under way. */
export function shareReads(): SharedReads {
  const underWay = new WeakMap<CompiledOperation, Map<string, Shared>>();
  let changes = 0;

  return {
    async read(operation, request) {
      const { context } = request;
      const reads = underWay.get(operation) ?? new Map<string, Shared>();
      underWay.set(operation, reads);
      const key = `${String(changes)} ${keyOf(request)}`;
      let shared = reads.get(key);
      if (shared?.join(context.deadline) !== true) {
        const begun = (shared = start(operation, request));
        reads.set(key, begun);
        const end = (): void => {
          if (reads.get(key) === begun) reads.delete(key);
        };
        begun.gathered.then(end, end);
      }
      const gathered = await shared.gathered;
      for (const person of shared.people) context.people.add(person);
      return gathered;
    },
    async change(work) {
      try {
        return await work();
      } finally {
        changes += 1;
      }
    },
  };
}

function start(operation: CompiledOperation, request: OperationRequest): Shared {
  const people = new Set<string>();
  const { deadline, join } = longestOf(request.context.deadline);
  const context: GatewayContext = { ...request.context, people, deadline };
  return { gathered: operation.gather({ ...request, context }), people, join };
}

/** The variables, and everything that is said of the caller but which request this is. */
function keyOf({ variables, context }: OperationRequest): string {
  const { caller, approved, scenario } = context;
  const told =
    caller === undefined
      ? null
      : { ...caller, requestId: undefined, scopes: scopesText(caller.scopes) };
  return JSON.stringify([variables, told, approved, scenario]);
}

/** A deadline that ends when the last of several has. */
function longestOf(first: Deadline): {
  readonly deadline: Deadline;
  readonly join: (deadline: Deadline) => boolean;
} {
  const waiting = allLeft();
  const deadlines: Deadline[] = [];
  const join = (deadline: Deadline): boolean => {
    if (waiting.left.aborted) return false;
    deadlines.push(deadline);
    waiting.join(deadline.signal);
    return true;
  };
  const remainingOf = ({ signal, remaining }: Deadline): number =>
    signal.aborted ? 0 : remaining();
  join(first);
  return {
    deadline: {
      signal: waiting.left,
      remaining: () => Math.max(0, ...deadlines.map(remainingOf)),
      uninterrupted: (work) => work(),
    },
    join,
  };
}

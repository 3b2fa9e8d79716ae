/**
 * Operations drawn at random, asked of the executor and of one schema.
 *
 * `LANYARD_DIFF_RUNS` is how many are drawn, `LANYARD_DIFF_SEED` from which seed, `LANYARD_DIFF_FIRST` from which of them on.
 */
import {
  type DocumentNode,
  type GraphQLSchema,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
  VariablesInAllowedPositionRule,
} from 'graphql';

import { answerFault } from './answer-fault.ts';
import { type Draw, drawFrom, drawOperation } from './drawn-operation.ts';
import { NoPlan, type TestRequest, type WholeAnswer } from './in-process-graph.ts';
import type { Expected } from './one-schema.ts';
import { numberOf } from './things.ts';

/** An operation, valid for the graph. */
export interface Asked {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
}

/** Both ways of answering. */
export interface Compared<Caller> {
  readonly schema: GraphQLSchema;
  /** Inputs of which exactly one field is given. */
  readonly oneOf?: ReadonlySet<string>;
  readonly drawCaller: (draw: Draw, asked: Asked) => Caller;
  readonly ask: (caller: Caller, asked: Asked) => Promise<WholeAnswer>;
  readonly expect: (caller: Caller, asked: Asked) => Expected;
  /** What went to the subgraphs for the last operation. */
  readonly sent: readonly TestRequest[];
  /** The changes that the last operation made, in order. */
  readonly changes: readonly string[];
  /** Whether an operation is refused as a whole. */
  readonly isRefused: (caller: Caller, asked: Asked) => boolean;
  /** Something else that is wrong with what was sent. */
  readonly sentFault?: (caller: Caller) => string | undefined;
}

/** How many are compared, and which. */
export interface Runs {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
}

/** What has come of comparing. */
export interface Outcome {
  readonly compared: number;
  /** Operations that the planner's library has no right plan for. */
  readonly unplanned: number;
  /** Descriptions, each with the run it is of. */
  readonly faults: readonly string[];
}

/** Which runs there are: those of the one seed, unless the environment says others. */
export function runsOf(count: number): Runs {
  const {
    LANYARD_DIFF_SEED: seed = SEED,
    LANYARD_DIFF_FIRST: first = 0,
    LANYARD_DIFF_RUNS: runs = count,
  } = process.env;
  return { seed: Number(seed), first: Number(first), count: Number(runs) };
}

const SEED = 20_261_126;

/** Compares answers until so many are wrong. */
export async function compareDrawn<Caller>(
  compared: Compared<Caller>,
  { seed, first, count }: Runs,
  mostFaults = 1,
): Promise<Outcome> {
  const outcome = { compared: 0, unplanned: 0, faults: [] as string[] };
  for (let run = first; run < first + count && outcome.faults.length < mostFaults; run += 1) {
    const draw = drawFrom(numberOf(`${String(seed)} ${String(run)}`));
    const asked = drawValid(compared, draw);
    if (asked === undefined) continue;
    outcome.compared += 1;
    const caller = compared.drawCaller(draw, asked);
    const fault = await faultOf(compared, caller, asked).catch((error: unknown) => {
      if (!(error instanceof NoPlan)) return error instanceof Error ? error.stack : String(error);
      outcome.unplanned += 1;
      return undefined;
    });
    if (fault === undefined) continue;
    const sent = compared.sent.map((request) => JSON.stringify(request)).join('\n');
    const which = `LANYARD_DIFF_SEED=${String(seed)} LANYARD_DIFF_FIRST=${String(run)} LANYARD_DIFF_RUNS=1`;
    const asks = JSON.stringify({ variables: asked.variables, caller }, (_key, value: unknown) =>
      value instanceof Set ? [...value] : value,
    );
    outcome.faults.push([which, asked.text, asks, fault, sent].join('\n'));
  }
  return outcome;
}

/** What a drawn operation can do wrong. */
const RULES = [OverlappingFieldsCanBeMergedRule, VariablesInAllowedPositionRule];

/** An operation that is valid, at the latest after some tries. */
function drawValid(
  { schema, oneOf }: Pick<Compared<unknown>, 'schema' | 'oneOf'>,
  draw: Draw,
): Asked | undefined {
  for (let tries = 0; tries < 8; tries += 1) {
    const { text, variables } = drawOperation(schema, draw, oneOf);
    const document = parse(text, { noLocation: true });
    if (validate(schema, document, RULES, { maxErrors: 1 }).length === 0) {
      return { text, document, variables };
    }
  }
  return undefined;
}

/** What is wrong with the answer to one operation. */
export async function faultOf<Caller>(
  compared: Compared<Caller>,
  caller: Caller,
  asked: Asked,
): Promise<string | undefined> {
  const answer = await compared.ask(caller, asked);
  if (compared.isRefused(caller, asked)) {
    return compared.sent.length === 0 ? undefined : 'a change that is refused as a whole';
  }
  const changes = JSON.stringify(compared.changes);
  const expected = compared.expect(caller, asked);
  // A refused field that makes the whole answer null ends a run of changes in graphql-js. The specification lets the ones behind
  // it be made too ("may be cancelled", section 6.4.4), and ours are: they are in one request with it.
  const isRefusedWhole =
    expected.data === null && expected.errors.some(({ code }) => code === 'FORBIDDEN');
  const made = isRefusedWhole
    ? compared.changes.slice(0, expected.changes.length)
    : compared.changes;
  const isSame = JSON.stringify(made) === JSON.stringify(expected.changes);
  const fault = isSame ? answerFault(answer, expected) : `other changes: ${changes}`;
  const whole = fault ?? compared.sentFault?.(caller);
  return whole && `${whole}\ntold ${JSON.stringify(answer)}\nexpected ${JSON.stringify(expected)}`;
}

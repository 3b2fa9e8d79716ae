/** What keeps an operation from being run, known before anybody asks it: for operations that are registered or our own. */
import { Supergraph } from '@apollo/federation-internals';
import { Kind, type OperationDefinitionNode, parse, print, validate } from 'graphql';

import { readRequirements } from './authorization/requirements.ts';
import { readCostRules } from './cost/cost-rules.ts';
import { compileCost } from './cost/operation-cost.ts';
import { operationFault } from './operation-limits.ts';
import { answeringQuery } from './stream/streamed-query.ts';

/** Finds what is wrong with a text. Empty: every operation in it can be run. */
export type FindFaults = (text: string) => readonly string[];

/** Page sizes that are tried for variables: the largest that the graph allows counts. */
const PAGES = [1_000, 500, 100];

/** Prepares the check for a composed supergraph. `mostCost` is the limit for whoever asks the operations. */
export function operationChecker(supergraphSdl: string, mostCost: number): FindFaults {
  const { sdl } = readRequirements(supergraphSdl);
  const schema = Supergraph.build(sdl, { validateSupergraph: false })
    .apiSchema()
    .toGraphQLJSSchema();
  const rules = readCostRules(sdl);
  /** A subscription is answered by a query, again and again: the limits and the cost are of one answer. */
  const faultsOfStream = (text: string): readonly string[] => {
    const subscription = parse(text);
    const answering = answeringQuery(subscription);
    if (answering === undefined) return ['not one subscription to one thing that is streamed'];
    const faults = faultsOf(print(answering.query));
    return faults.length > 0
      ? faults
      : validate(schema, subscription).map(({ message }) => message);
  };
  const faultsOf: FindFaults = (text) => {
    const fault = operationFault(text);
    if (fault === 'subscription') return faultsOfStream(text);
    if (fault !== undefined) return [`beyond the limits: ${fault}`];
    const document = parse(text);
    const faults = validate(schema, document).map(({ message }) => message);
    if (faults.length > 0) return faults;
    return document.definitions
      .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
      .flatMap((operation) => {
        const costOf = compileCost({ schema, rules }, operation, document);
        const estimates = PAGES.map((page) => costOf(everyVariableIs(page, operation)));
        const allowed = estimates.find(({ pageTooLong }) => pageTooLong === undefined);
        if (allowed === undefined) return ['a page is too long'];
        return allowed.estimated > mostCost
          ? [`costs ${String(allowed.estimated)}, more than ${String(mostCost)}`]
          : [];
      });
  };
  return faultsOf;
}

/** Variables that all have one value: only those that say how long a page is count. */
const everyVariableIs = (
  value: number,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(variableDefinitions.map(({ variable }) => [variable.name.value, value]));

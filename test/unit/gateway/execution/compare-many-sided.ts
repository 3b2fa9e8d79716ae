/** Operations over the many-sided graph, for people with some of its scopes. */
import type { PolicyCaller } from '../../../../runtime/policies.ts';
import type { Compared } from './compare-drawn.ts';
import { inProcessGraph } from './in-process-graph.ts';
import { manySidedGraph, SCOPES } from './many-sided-graph.ts';
import { manySidedWorld } from './many-sided-world.ts';
import { asksTooMuch, oneSchema } from './one-schema.ts';

/** The graph, and the one schema that says what is right. */
export function manySidedComparison(): Compared<PolicyCaller> {
  const changes: string[] = [];
  const graph = inProcessGraph(manySidedGraph((change) => changes.push(change)));
  const { rules, sent } = graph;
  const { schema } = graph.graph;
  const expectedOf = oneSchema(schema, manySidedWorld(rules));
  const mutation = schema.getMutationType();
  return {
    schema,
    sent,
    changes,
    drawCaller: (draw) => personWith(...SCOPES.filter(() => draw(2) === 0)),
    ask(grants, { document, variables }) {
      changes.length = 0;
      sent.length = 0;
      return graph.askAs({ grants }, document, variables);
    },
    expect: (grants, { document, variables }) => expectedOf(document, variables, grants),
    isRefused: (grants, { document }) =>
      asksTooMuch(
        schema,
        document,
        (field) => !mutation || !rules.allowsField(mutation, field, grants),
      ),
  };
}

/** A person with these scopes. */
export const personWith = (...scopes: readonly string[]): PolicyCaller => ({
  kind: 'person',
  scopes: new Set(scopes),
});

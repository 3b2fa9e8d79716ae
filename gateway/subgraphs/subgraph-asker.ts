/** The subgraphs as the execution of query plans asks them: on behalf of the caller, noting whose records came back. */
import { publicError } from '../../runtime/graphql-error.ts';
import type { AskSubgraph } from '../execution/ports.ts';
import { type AskOptions, askSubgraph } from './ask-subgraph.ts';
import { parseSubgraphAnswer } from './parse-answer.ts';

const forbidden = publicError('FORBIDDEN');
const FORBIDDEN = { message: forbidden.message, extensions: forbidden.extensions };

/** Creates the function that asks. `optionsOf` knows the subgraphs by their names. */
export function subgraphAsker(optionsOf: (subgraph: string) => AskOptions): AskSubgraph {
  return async (subgraph, { body, mutation }, { caller, people, deadline }) => {
    // The rules refuse everything to callers who have not signed in, so this is never reached for them.
    if (caller === undefined) return { data: null, errors: [FORBIDDEN] };
    const question = { path: '/graphql', body, repeatable: !mutation, deadline } as const;
    const ask = (): Promise<string> => askSubgraph(optionsOf(subgraph), caller, question, 200);
    const text = mutation ? await deadline.uninterrupted(ask) : await ask();
    const answer = parseSubgraphAnswer(text);
    for (const person of answer.people) people.add(person);
    return answer;
  };
}

/**
 * How rules that do not wait use a browser's cryptography, which always does.
 *
 * The rules in this folder's parent ask `node:crypto` and go on with its answer. In a browser the same question is
 * answered from what has been answered before; a question that is new is noted and stops the run, which then counts for
 * nothing. Once Web Crypto has answered what was noted, the run is made again, until one asked nothing new. That run, and
 * no other, gives the result.
 */

/** A run asked something that has no answer yet. It may be caught on the way: the run is void all the same. */
class NotAnsweredYet extends Error {
  override readonly name = 'NotAnsweredYet';
}

/** Most runs for one result: a presentation has a hundred disclosures at most, and a dozen signatures. */
const MAX_RUNS = 500;

const answers = new Map<string, { readonly value: unknown }>();
const waiting = new Map<string, Promise<void>>();
/** How many questions had no answer so far. Whatever run asked, every run that goes on meanwhile is made again. */
let unanswered = 0;
let running = 0;

/**
 * The answer to a question.
 *
 * @param name says everything that the answer depends on
 * @param find finds the answer
 * @throws an error when there is no answer yet
 */
export function answerTo<Value>(name: string, find: () => Promise<Value>): Value {
  const known = answers.get(name);
  if (known !== undefined) return known.value as Value;
  unanswered += 1;
  if (!waiting.has(name)) {
    const finding = Promise.resolve()
      .then(find)
      .then((value) => void answers.set(name, { value }))
      .finally(() => waiting.delete(name));
    waiting.set(name, finding);
  }
  throw new NotAnsweredYet('not answered yet');
}

/**
 * Runs something that asks questions, until all of them are answered.
 *
 * @throws an error when a question cannot be answered, or the questions do not end
 */
export async function settled<Value>(run: () => Value | Promise<Value>): Promise<Value> {
  running += 1;
  try {
    for (let runs = 0; runs < MAX_RUNS; runs += 1) {
      const before = unanswered;
      const [outcome] = await Promise.allSettled([Promise.resolve().then(run)]);
      if (unanswered === before) {
        if (outcome.status === 'fulfilled') return outcome.value;
        throw outcome.reason;
      }
      await Promise.all(waiting.values());
    }
    throw new Error('the questions do not end');
  } finally {
    running -= 1;
    if (running === 0) answers.clear();
  }
}

/**
 * The worker thread that simulates a version of the rules: comparing everybody takes minutes, and requests go on
 * meanwhile. It reads through the thread that started it, and writes nothing.
 */
import { parentPort, workerData } from 'node:worker_threads';

import type { StoredAccount } from './domain/account-store.ts';
import type { LinkStatement } from './domain/links.ts';
import type { StoredModel } from './domain/rule-set-store.ts';
import type { RuleSet } from './domain/linkage/rule-set.ts';
import { simulateMatching } from './domain/simulate-matching.ts';
import type { StaffPerson } from './domain/staff.ts';
import type {
  AskedQuestion,
  PagedList,
  QuestionAnswer,
  SimulationQuestion,
} from './simulation-questions.ts';

if (parentPort === null) throw new Error('runs in a worker thread only');
const port = parentPort;

const waiting = new Map<
  number,
  { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }
>();
let asked = 0;
port.on('message', ({ id, answer, failed }: QuestionAnswer) => {
  const question = waiting.get(id);
  waiting.delete(id);
  if (failed === true) question?.reject(new Error('the database did not answer'));
  else question?.resolve(answer);
});

/** The answer is what the other thread's store gave: the same types, copied. */
const ask = (question: SimulationQuestion): Promise<unknown> =>
  new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    port.postMessage({ id: asked, question } satisfies AskedQuestion);
  });

async function* pages(of: PagedList): AsyncGenerator<readonly unknown[]> {
  for (let first = true; ; first = false) {
    const page = (await ask({ kind: 'page', of, first })) as readonly unknown[] | undefined;
    if (page === undefined) return;
    yield page;
  }
}

async function* items(of: PagedList): AsyncGenerator {
  for await (const page of pages(of)) yield* page;
}

const simulation = await simulateMatching(workerData as number, {
  ruleSets: {
    findRules: async (version) => (await ask({ kind: 'rules', version })) as RuleSet | undefined,
    findModel: async (version) =>
      (await ask({ kind: 'model', version })) as StoredModel | undefined,
  },
  people: {
    readPages: () => pages('people') as AsyncIterable<readonly StaffPerson[]>,
    findByIds: async (ids) =>
      (await ask({ kind: 'findPeople', ids })) as ReadonlyMap<string, StaffPerson>,
    readClosed: async () => (await ask({ kind: 'closed' })) as ReadonlySet<string>,
  },
  accounts: {
    readAll: () => items('accounts') as AsyncIterable<StoredAccount>,
    findByIds: async (ids) =>
      (await ask({ kind: 'findAccounts', ids })) as ReadonlyMap<string, StoredAccount>,
  },
  links: { readStanding: () => items('standing') as AsyncIterable<LinkStatement> },
});
port.postMessage({ simulation });
port.close();

/** A simulation in a thread of its own, which asks this one for what it reads. */
import { Worker } from 'node:worker_threads';

import { withPatience } from '../../runtime/config.ts';
import type { LinkStatement } from './domain/links.ts';
import type { Simulation, SimulationParts } from './domain/simulate-matching.ts';
import type { SimulationWork } from './domain/simulations.ts';
import type { AskedQuestion, PagedList, QuestionAnswer } from './simulation-questions.ts';

/** Accounts and statements in a page. */
const PAGE = 1_000;
/** Most memory of the thread for objects, in megabytes: a nation takes less. */
const MEMORY_MB = 4_096;
/** After so long it is broken off, in milliseconds: a nation takes a tenth of it. */
const DEADLINE_MS = 60 * 60_000;

/**
 * Begins a simulation.
 *
 * @param read is told of people and accounts as they are read
 */
export function simulateInThread(
  ruleSet: number,
  parts: SimulationParts,
  read: (records: number) => void,
): SimulationWork {
  const worker = new Worker(new URL('simulation-worker.ts', import.meta.url), {
    workerData: ruleSet,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const lists = new Map<PagedList, AsyncIterator<readonly unknown[]>>();
  const answerTo = async ({ question }: AskedQuestion): Promise<unknown> => {
    switch (question.kind) {
      case 'rules':
        return parts.ruleSets.findRules(question.version);
      case 'model':
        return parts.ruleSets.findModel(question.version);
      case 'closed':
        return parts.people.readClosed();
      case 'findPeople':
        return parts.people.findByIds(question.ids);
      case 'findAccounts':
        return parts.accounts.findByIds(question.ids);
      case 'page': {
        const { of, first } = question;
        if (first) lists.set(of, listsOf[of](parts)[Symbol.asyncIterator]());
        const page = await lists.get(of)?.next();
        if (page === undefined || page.done === true) return undefined;
        if (of !== 'standing') read(page.value.length);
        return page.value;
      }
    }
  };
  const result = new Promise<Simulation | undefined>((resolve, reject) => {
    worker.on('message', (message: AskedQuestion | { readonly simulation?: Simulation }) => {
      if (!('question' in message)) {
        resolve(message.simulation);
        return;
      }
      const { id } = message;
      answerTo(message).then(
        (answer) => {
          worker.postMessage({ id, answer } satisfies QuestionAnswer);
        },
        (error: unknown) => {
          reject(error instanceof Error ? error : new Error('not answered'));
          worker.postMessage({ id, failed: true } satisfies QuestionAnswer);
        },
      );
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      reject(new Error('the simulation was broken off'));
    });
  });
  const deadline = setTimeout(() => void worker.terminate(), withPatience(DEADLINE_MS));
  deadline.unref();
  worker.on('exit', () => {
    clearTimeout(deadline);
  });
  return {
    result,
    stop: async () => {
      await worker.terminate();
    },
  };
}

const listsOf: Readonly<
  Record<PagedList, (parts: SimulationParts) => AsyncIterable<readonly unknown[]>>
> = {
  people: ({ people }) => people.readPages(),
  accounts: ({ accounts }) => inPages(accounts.readAll()),
  standing: ({ links }) => inPages(withoutEvidence(links.readStanding())),
};

async function* withoutEvidence(
  statements: AsyncIterable<LinkStatement>,
): AsyncGenerator<LinkStatement> {
  for await (const statement of statements) yield { ...statement, evidence: [] };
}

async function* inPages<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let page: Item[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length === PAGE) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

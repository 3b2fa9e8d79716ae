/** What a simulation in a thread of its own asks of the thread that has the database. */

/** Lists that are read page by page. */
export type PagedList = 'people' | 'accounts' | 'standing';

/** One question. */
export type SimulationQuestion =
  | { readonly kind: 'rules' | 'model'; readonly version: number }
  | { readonly kind: 'closed' }
  /** The next page of a list, from its beginning when `first`. The answer is `undefined` after the last. */
  | { readonly kind: 'page'; readonly of: PagedList; readonly first: boolean }
  | { readonly kind: 'findPeople' | 'findAccounts'; readonly ids: readonly string[] };

/** A question on its way. */
export interface AskedQuestion {
  readonly id: number;
  readonly question: SimulationQuestion;
}

/** Its answer; `failed` when there is none. */
export interface QuestionAnswer {
  readonly id: number;
  readonly answer?: unknown;
  readonly failed?: true;
}

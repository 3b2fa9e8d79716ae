/** Where presentation requests and their outcomes are kept. */
import type { Actor } from '../actor.ts';
import type {
  PresentationGroup,
  PresentationOrder,
  StoredPresentation,
} from '../presentation-request.ts';
import type { DisclosedClaims, StoredResult } from '../verification-result.ts';
import type { AccessLogRecord } from './access-log.ts';
import type { PageRequest } from './credentials.ts';

/** A request in a list. */
export interface ListedPresentation {
  /** Its place among all requests. */
  readonly position: number;
  readonly request: StoredPresentation;
}

/** Which requests of an organisation. */
export interface WantedPresentations {
  readonly odsCode: string;
  readonly group: PresentationGroup;
  /** Only those of one list. */
  readonly listId?: string | undefined;
  /** Only those whose reference contains this, whatever its case. */
  readonly reference?: string | undefined;
  readonly now: Date;
}

/** A list that requests were made in. */
export interface ListOfPresentations {
  readonly id: string;
  readonly odsCode: string;
  readonly createdAt: Date;
  readonly requests: number;
}

/** What came of an answer, to keep. */
export interface Conclusion {
  readonly result: StoredResult;
  /** What was disclosed. */
  readonly claims: DisclosedClaims;
  /** When the claims are to be erased. */
  readonly eraseAfter: Date;
  /**
   * When the verifier may see it: now, with what the persons concerned will find in the access log; or once a browser
   * brings the response code back.
   */
  readonly release:
    | { readonly at: Date; readonly log: readonly AccessLogRecord[] }
    | { readonly responseCodeHash: string };
}

/** Keeps requests. Whatever happens once is one statement. */
export interface PresentationStore {
  /** Stores a request and its idempotency key in one transaction. Answers the earlier one of a repeat. */
  add(
    request: StoredPresentation,
    by: Actor,
    idempotency: { readonly key: string; readonly requestHash: string },
  ): Promise<StoredPresentation | 'reused'>;
  find(id: string): Promise<StoredPresentation | undefined>;
  /**
   * Stores the requests of one list, and its idempotency key, in one transaction.
   *
   * @returns the list's id; the earlier one's for a repeat
   */
  addList(
    list: { readonly id: string; readonly requests: readonly StoredPresentation[] },
    by: Actor,
    idempotency: { readonly key: string; readonly requestHash: string; readonly now: Date },
  ): Promise<{ readonly listId: string } | 'reused'>;
  /** What an organisation asked for: one more than the page has when there are more. */
  list(
    wanted: WantedPresentations & { readonly order: PresentationOrder },
    page: PageRequest,
  ): Promise<readonly ListedPresentation[]>;
  /** How many there are, counted no further than to `most`. */
  count(wanted: WantedPresentations, most: number): Promise<number>;
  /** An organisation's newest lists. */
  lists(odsCode: string, most: number): Promise<readonly ListOfPresentations[]>;
  /**
   * Notes that the organisation has done with a request, or has not after all.
   *
   * @returns `undefined` when it has none such, or can still be answered
   */
  close(
    id: string,
    how: { readonly odsCode: string; readonly done: boolean; readonly now: Date },
  ): Promise<StoredPresentation | undefined>;
  /**
   * Lets the first browser take up a request that is for one device.
   *
   * @returns whether it is this browser that did, now or before
   */
  start(id: string, sessionHash: string, now: Date): Promise<boolean>;
  /** Whether it is this browser that took the request up. */
  isStartedBy(id: string, sessionHash: string): Promise<boolean>;
  /**
   * Gives the request to the one wallet that fetches it. One for one device has to be taken up first.
   *
   * @returns `undefined` when it was fetched or answered before, has expired, or is not there
   */
  fetch(id: string, now: Date): Promise<StoredPresentation | undefined>;
  /**
   * Takes the one answer that a request allows. The key that it was encrypted to is forgotten.
   *
   * @param odsCode the organisation whose request it must be; any when missing
   * @returns `undefined` when it was answered before, has expired, or is not there
   */
  take(id: string, now: Date, odsCode?: string): Promise<StoredPresentation | undefined>;
  /**
   * Notes that the holder, or the wallet, says no: the one answer that a request allows.
   *
   * @param because a code, such as `access_denied`
   * @returns whether the request was open until now
   */
  refuse(id: string, because: string, now: Date): Promise<boolean>;
  /** Forgets the keys of requests that ran out. */
  forgetKeys(now: Date): Promise<void>;
  /** Keeps what came of the answer in one transaction, claims sealed. */
  conclude(id: string, conclusion: Conclusion): Promise<void>;
  /**
   * Lets the verifier see the result, once: the browser that took the request up has brought the code of its answer.
   *
   * @param logOf what the persons concerned will find in the access log
   * @returns `undefined` when code and browser do not belong together, it was done before, or the request has expired
   */
  release(
    how: { readonly responseCodeHash: string; readonly sessionHash: string; readonly now: Date },
    logOf: (request: StoredPresentation) => readonly AccessLogRecord[],
  ): Promise<StoredPresentation | undefined>;
  /**
   * What was disclosed to an organisation.
   *
   * @returns `undefined` before the result may be seen, and once the claims are erased
   */
  disclosed(id: string, odsCode: string): Promise<DisclosedClaims | undefined>;
}

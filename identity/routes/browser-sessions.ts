/** What the account pages need of the authorization server. */
import type { RawExchange } from './interactions.ts';

/** A person who has signed in in this browser. */
export interface BrowserSession {
  readonly sessionId: string;
  readonly staffId: string;
  readonly signedInAt: Date;
  readonly acr: string;
}

/** Sessions by their cookie. */
export interface BrowserSessions {
  /** The session of this browser, used now; `undefined` when there is none. */
  find(exchange: RawExchange): Promise<BrowserSession | undefined>;
}

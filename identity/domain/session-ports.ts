/** The sessions of people, and ending them. */

/** A session that is open. */
export interface OpenSession {
  /** The `sid` of tokens; opens nothing by itself. */
  readonly sessionId: string;
  /** What the browser said it was, in a few words, e.g. `Firefox on Windows`. */
  readonly browser: string;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
  /** Names of the applications that were signed in to. */
  readonly clientIds: readonly string[];
}

/** A session that was ended, for telling others. */
export interface EndedSession {
  readonly sessionId: string;
  readonly staffId: string;
  readonly clientIds: readonly string[];
}

/** Which sessions of a person to end. */
export type SessionsToEnd =
  | { readonly which: 'one'; readonly sessionId: string }
  | { readonly which: 'others'; readonly than: string }
  | { readonly which: 'all' }
  /** All, and everything that was ever given out for the person, wallets' tokens included. */
  | { readonly which: 'all-and-grants' };

/** The sessions that are kept. */
export interface SessionStore {
  /** Notes where a session was started. A second note changes nothing. */
  note(session: {
    readonly sessionId: string;
    readonly staffId: string;
    readonly browser: string;
  }): Promise<void>;
  /** Whether the session was ended; it stays ended, whatever a late request writes. */
  isEnded(sessionId: string): Promise<boolean>;
  /** Notes that a session ended by itself, e.g. by signing out. */
  noteEnd(sessionId: string, staffId: string): Promise<void>;
  /** The open sessions of a person, last used first. */
  list(staffId: string): Promise<readonly OpenSession[]>;
  /** Ends sessions and the codes, tokens and grants given out in them, all or nothing. */
  end(staffId: string, sessions: SessionsToEnd): Promise<readonly EndedSession[]>;
}

/** Ends sessions and tells everybody who has to know. */
export interface SessionEndings {
  /**
   * Ends sessions of a person: the records, what was given out in them, tokens that are out (by `sid`), and the
   * applications' own sessions (OpenID Connect Back-Channel Logout).
   *
   * @returns the `sid`s that ended
   */
  endSessions(staffId: string, sessions: SessionsToEnd): Promise<readonly string[]>;
  /**
   * Ends everything of a person who has left, and closes the account: passkeys do not sign in any more until the
   * directory has vouched for the person again.
   *
   * @returns the `sid`s that ended
   */
  endSessionsOf(staffId: string): Promise<readonly string[]>;
}

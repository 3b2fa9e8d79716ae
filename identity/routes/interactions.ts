/** What the sign-in pages need of the authorization server. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Authentication } from '../domain/authentication-strength.ts';
import type { ActingChoice } from '../domain/roles.ts';

/** The request and answer as Node has them: the sign-in is known by a cookie. */
export interface RawExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** A sign-in that waits for the person. */
export interface PendingSignIn {
  /** Its name, the last part of the page's address. */
  readonly uid: string;
  readonly step: 'sign-in' | 'approve';
  /** Who has signed in, once they have. */
  readonly staffId: string | undefined;
  /** Origin of the application that the person will be sent back to. */
  readonly returnOrigin: string;
  /** Whom the application expects, in its own words; nothing is believed of it (OpenID Connect Core 1.0, `login_hint`). */
  readonly loginHint: string | undefined;
  /** One of these `acr` values, or a stronger one, was asked for; empty when any will do. */
  readonly wantedAcrs: readonly string[];
}

/** Sign-ins that wait. Each step gives the address to go on at. */
export interface Interactions {
  /** The sign-in of this browser; `undefined` when there is none or it took too long. */
  find(exchange: RawExchange): Promise<PendingSignIn | undefined>;
  signedIn(exchange: RawExchange, staffId: string, authentication: Authentication): Promise<string>;
  /** Gives the application what it asked for, as far as the chosen role has it. */
  approve(exchange: RawExchange, choice: ActingChoice, name: string): Promise<string>;
}

/**
 * What a page is. A section declares its pages as values; `serve-pages.ts` does what all of them have in common.
 *
 * How to add one: docs/pages.md.
 */
import type { z } from 'zod';

import type { AskGraphHealth, Purpose } from '../domain/graph.ts';
import type { Answer, Fault, Operation } from '../domain/operation.ts';
import type { Person, Role } from '../domain/person.ts';
import type { ClientUsage } from '../domain/ports.ts';
import type { ShortCodes } from '../domain/short-code.ts';

/** What a page is answered with. */
export type Shown =
  | {
      readonly kind: 'page';
      readonly view: string;
      readonly context: PageContext;
      readonly status: number;
    }
  | { readonly kind: 'redirect'; readonly to: string; readonly notice?: Notice }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] }
  | {
      readonly kind: 'file';
      /** What the browser saves it as. */
      readonly name: string;
      /** Media type, with its character set. */
      readonly type: string;
      readonly content: string | Buffer;
    };

/** What a view is given; besides this, every view has what `layout.njk` lists at its top. */
export interface PageContext {
  /** The page's one h1, and the first part of its title. */
  readonly title: string;
  readonly back?: { readonly href: string; readonly text: string };
  readonly [name: string]: unknown;
}

/** What the next page says at its top. */
export interface Notice {
  readonly kind: 'success' | 'information';
  readonly text: string;
}

/** What is wrong with one field. */
export interface FieldError {
  /** The field's `name`, which is its `id` too. */
  readonly field: string;
  readonly text: string;
}

/** Fields of a form as they were sent. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Asks the graph as whoever has signed in. Parts that do not answer are told in a banner of their own. */
export type Ask = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  purpose?: Purpose,
) => Promise<Answer<Data>>;

/** Where this service and the wallet's counterparts are. */
export interface Service {
  /** The origin of these pages. */
  readonly origin: string;
  /** The credential issuer. */
  readonly issuer: string;
  /** Where requests for presentations are, without a slash at its end. */
  readonly passportUrl: string;
  /** Certificates that vouch for verifiers: base64 DER. */
  readonly anchors: readonly string[];
}

/** One request of somebody who may see the page. */
export interface Visit<Query = unknown> {
  readonly person: Person;
  /** Parts of the path, e.g. `{ id }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly requestId: string;
  readonly ask: Ask;
  /** Everything that could not be had so far. */
  readonly faults: readonly Fault[];
  /** What was sent and what is wrong with it, when a form is shown again. */
  readonly form: { readonly values: Fields; readonly errors: Readonly<Record<string, string>> };
  /** In an action: the form's own key, a UUID. The same form sent twice has the same key. */
  readonly key: string;
  readonly graphHealth: AskGraphHealth;
  /** Where this service and the wallet's counterparts are. */
  readonly service: Service;
  /** Short codes that are read out or typed. */
  readonly codes: ShortCodes;
  /** Keeps something of this browser's for at most 15 minutes, encrypted. Gives a name that can be in an address. */
  readonly keep: (value: unknown) => Promise<string>;
  /** What was kept under a name; `undefined` when it is gone or is another browser's. */
  readonly kept: (name: string) => Promise<unknown>;
  /** Calls identity's administration API, e.g. `('GET', '/administration/role-grants')`. */
  readonly administration: (
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  /** What one of the organisation's clients asked of the graph; `undefined` when nothing is known. */
  readonly usageOf: (clientId: string) => Promise<ClientUsage | undefined>;
}

/** What happens when a form is sent. */
export interface Action {
  /** Reads the fields; what is wrong with them is shown beside them, in the words of the shape. */
  readonly shape: z.ZodType;
  readonly run: (visit: Visit, given: never) => Promise<Shown>;
}

/** A page. */
export interface Page {
  /** Pattern of the address, e.g. `/hr/starters/:id`. Ids only: no name, number or address of a person. */
  readonly path: string;
  /** Who may see it; for everybody else there is no such page. */
  readonly roles: readonly Role[];
  /** Address of the entry of the navigation that the page belongs to. */
  readonly entry: string;
  /** Reads the query; what does not fit is left out. */
  readonly query?: z.ZodType;
  readonly show: (visit: Visit) => Promise<Shown>;
  /** By the value of the button's or form's `step`. */
  readonly actions?: Readonly<Record<string, Action>>;
}

/** Declares a page whose query has a shape. */
export const definePage = <Query extends z.ZodType>(
  page: Omit<Page, 'show' | 'query' | 'actions'> & {
    readonly query?: Query;
    readonly show: (visit: Visit<z.output<Query>>) => Promise<Shown>;
    readonly actions?: Readonly<Record<string, Action>>;
  },
): Page => page as Page;

/** Declares what happens when a form is sent. */
export const action = <Shape extends z.ZodType>(
  shape: Shape,
  run: (visit: Visit, given: z.output<Shape>) => Promise<Shown>,
): Action => ({ shape, run });

/** Shows a view. */
export const view = (name: string, context: PageContext, status = 200): Shown => ({
  kind: 'page',
  view: name,
  context,
  status,
});

/** Goes to another page (POST, redirect, GET). */
export const goTo = (to: string, notice?: Notice): Shown => ({
  kind: 'redirect',
  to,
  ...(notice === undefined ? {} : { notice }),
});

/** There is no such page, or it is not for this person: the two look alike. */
export const notFound: Shown = { kind: 'not-found' };

/** The form is shown again with what is wrong. */
export const invalid = (...errors: readonly FieldError[]): Shown => ({ kind: 'invalid', errors });

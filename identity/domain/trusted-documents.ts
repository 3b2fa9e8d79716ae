/** Operations that a client has registered. Whoever runs the graph can ask of its clients that they ask nothing else. */
import { hash } from 'node:crypto';

import { z } from 'zod';

import type { ClientStore } from './client-ports.ts';
import type { AppStore } from './ports.ts';
import { RegistrationRefused, refusalOf } from './registration-refused.ts';

/** One registered operation. Its id is the SHA-256 of its text, in hex. */
export interface TrustedDocument {
  readonly clientId: string;
  readonly sha256: string;
  readonly text: string;
}

/** Where they are kept. */
export interface TrustedDocumentStore {
  /** Adds those that are not there yet, and gives their ids. Nothing is added when there would be more than `most`. */
  readonly add: (
    documents: readonly TrustedDocument[],
    by: string,
    most: number,
  ) => Promise<readonly string[] | 'too-many'>;
  /** The text, or `undefined` when the client has registered none with this id. */
  readonly findText: (clientId: string, sha256: string) => Promise<string | undefined>;
}

/** Most operations of one client. */
const MOST_OF_CLIENT = 2_000;

const publishInput = z.strictObject({
  clientId: z.string().min(1).max(255),
  /** Texts of documents that have been found valid for the graph. */
  texts: z.array(z.string().min(1).max(100_000)).min(1).max(500),
  by: z.string().trim().min(1).max(200),
});

/** What an operator can do. */
export interface DocumentAdministration {
  /** Registers operations for a client. Those it has stay. @throws {RegistrationRefused} */
  readonly publishDocuments: (
    input: z.input<typeof publishInput>,
  ) => Promise<readonly { readonly sha256: string; readonly isNew: boolean }[]>;
}

/** Creates the function. */
export function documentAdministration(parts: {
  readonly documents: Pick<TrustedDocumentStore, 'add'>;
  readonly clients: Pick<ClientStore, 'findStored'>;
  readonly apps: Pick<AppStore, 'find'>;
}): DocumentAdministration {
  return {
    publishDocuments: async (input) => {
      const parsed = publishInput.safeParse(input);
      if (!parsed.success) throw refusalOf(parsed.error);
      const { clientId, texts, by } = parsed.data;
      const isKnown =
        (await parts.clients.findStored(clientId)) !== undefined ||
        (await parts.apps.find(clientId)) !== undefined;
      if (!isKnown) throw new RegistrationRefused(['clientId', 'there is no such client']);
      const documents = texts.map((text) => ({ clientId, sha256: hash('sha256', text), text }));
      const added = await parts.documents.add(documents, by, MOST_OF_CLIENT);
      if (added === 'too-many') {
        throw new RegistrationRefused([
          'texts',
          `no more than ${String(MOST_OF_CLIENT)} of a client`,
        ]);
      }
      return documents.map(({ sha256 }) => ({ sha256, isNew: added.includes(sha256) }));
    },
  };
}

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

/**
 * What one client may ask, in place of what the gateway's settings say: `allow` whatever it likes, `require` only what it
 * has registered.
 */
export const clientDocumentPolicy = z.enum(['allow', 'require']);

/** See {@link clientDocumentPolicy}. */
export type ClientDocumentPolicy = z.infer<typeof clientDocumentPolicy>;

/** What the gateway has to know of all clients. */
export interface DocumentRules {
  /** Another text after every withdrawal: what is remembered from before is to be asked for again. */
  readonly withdrawals: string;
  /** The clients that have a policy of their own, by id. */
  readonly policies: Readonly<Record<string, ClientDocumentPolicy>>;
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
  /** Those of one client, in the order in which they were registered. */
  readonly list: (clientId: string) => Promise<readonly TrustedDocument[]>;
  /** Takes back those that are there. Answers their ids. */
  readonly withdraw: (
    clientId: string,
    hashes: readonly string[],
    by: string,
  ) => Promise<readonly string[]>;
  /** Gives a client a policy of its own, or takes it away. */
  readonly setPolicy: (
    clientId: string,
    policy: ClientDocumentPolicy | undefined,
    by: string,
  ) => Promise<void>;
  readonly rules: () => Promise<DocumentRules>;
}

/** Most operations of one client. */
const MOST_OF_CLIENT = 2_000;

const publishInput = z.strictObject({
  clientId: z.string().min(1).max(255),
  /** Texts of documents that have been found valid for the graph. */
  texts: z.array(z.string().min(1).max(100_000)).min(1).max(500),
  by: z.string().trim().min(1).max(200),
});

const operator = z.string().trim().min(1).max(200);
const withdrawInput = z.strictObject({
  clientId: z.string().min(1).max(255),
  /** SHA-256 of texts, in hex. */
  hashes: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(500),
  by: operator,
});
const listInput = z.strictObject({ clientId: z.string().min(1).max(255) });
const policyInput = z.strictObject({
  clientId: z.string().min(1).max(255),
  policy: clientDocumentPolicy.or(z.literal('usual')),
  by: operator,
});

/** What an operator can do. */
export interface DocumentAdministration {
  /** Registers operations for a client. Those it has stay. @throws {RegistrationRefused} */
  readonly publishDocuments: (
    input: z.input<typeof publishInput>,
  ) => Promise<readonly { readonly sha256: string; readonly isNew: boolean }[]>;
  /** What a client has registered. @throws {RegistrationRefused} when there is no such client */
  readonly listDocuments: (
    input: z.input<typeof listInput>,
  ) => Promise<readonly Pick<TrustedDocument, 'sha256' | 'text'>[]>;
  /** Takes operations back, all or none: nobody runs them by their id any more. @throws {RegistrationRefused} */
  readonly withdrawDocuments: (input: z.input<typeof withdrawInput>) => Promise<void>;
  /** Says what a client may ask; `usual` is what the gateway's settings say. @throws {RegistrationRefused} */
  readonly setDocumentPolicy: (input: z.input<typeof policyInput>) => Promise<void>;
}

/** Creates the function. */
export function documentAdministration(parts: {
  readonly documents: Pick<TrustedDocumentStore, 'add' | 'list' | 'withdraw' | 'setPolicy'>;
  readonly clients: Pick<ClientStore, 'findStored'>;
  readonly apps: Pick<AppStore, 'find'>;
}): DocumentAdministration {
  const needClient = async (clientId: string): Promise<void> => {
    const isKnown =
      (await parts.clients.findStored(clientId)) !== undefined ||
      (await parts.apps.find(clientId)) !== undefined;
    if (!isKnown) throw new RegistrationRefused(['clientId', 'there is no such client']);
  };
  return {
    publishDocuments: async (input) => {
      const { clientId, texts, by } = read(publishInput, input);
      await needClient(clientId);
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
    listDocuments: async (input) => {
      const { clientId } = read(listInput, input);
      await needClient(clientId);
      return (await parts.documents.list(clientId)).map(({ sha256, text }) => ({ sha256, text }));
    },
    withdrawDocuments: async (input) => {
      const { clientId, hashes, by } = read(withdrawInput, input);
      const held = new Set((await parts.documents.list(clientId)).map(({ sha256 }) => sha256));
      const unknown = hashes.find((one) => !held.has(one));
      if (unknown !== undefined) {
        throw new RegistrationRefused([
          'hashes',
          `the client has not registered sha256:${unknown}`,
        ]);
      }
      await parts.documents.withdraw(clientId, hashes, by);
    },
    setDocumentPolicy: async (input) => {
      const { clientId, policy, by } = read(policyInput, input);
      await needClient(clientId);
      await parts.documents.setPolicy(clientId, policy === 'usual' ? undefined : policy, by);
    },
  };
}

/** @throws {RegistrationRefused} */
function read<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(input);
  if (!parsed.success) throw refusalOf(parsed.error);
  return parsed.data;
}

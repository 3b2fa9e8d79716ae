/** How a request says which operation it means: as text, by `documentId`, or by its hash in `extensions.persistedQuery`. */
import { z } from 'zod';

import type { AskedDocument } from './choose-document.ts';

/** The parts of a request's body that say so. */
export const documentFields = {
  query: z.string().min(1).nullish(),
  documentId: z.string().max(100).nullish(),
  extensions: z
    .looseObject({
      persistedQuery: z
        .object({ version: z.literal(1), sha256Hash: z.string().max(100) })
        .nullish(),
    })
    .nullish(),
};

/** Reads them. */
export const askedDocument = ({
  query,
  documentId,
  extensions,
}: z.infer<z.ZodObject<typeof documentFields>>): AskedDocument => ({
  text: query ?? undefined,
  hash: extensions?.persistedQuery?.sha256Hash,
  documentId: documentId ?? undefined,
});

/** The gateway's questions to identity. */
import type { AskOwn } from '../subgraphs/own-asker.ts';

/** Where identity takes proofs that have been used. */
export const PROOFS_PATH = '/internal/proofs';
/** Where identity tells which operation a client has registered. */
export const DOCUMENTS_PATH = '/internal/documents';
/** Where identity tells what has been taken back. */
export const REVOCATIONS_PATH = '/internal/revocations';

/** Asks identity. */
export type AskIdentity = AskOwn;

/** Starting an export. */
import { createHash, randomBytes } from 'node:crypto';

import type { ExportReader, RecordExports, StoredExport } from './export-ports.ts';
import { MOST_KEPT } from './export-times.ts';

/** Why no export was started. */
export interface ExportRefusal {
  readonly kind: 'refused';
  readonly code:
    | 'INVALID_VALUE'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'ALREADY_RUNNING'
    | 'TOO_MANY'
    | 'NOT_AVAILABLE';
  /** The field of the input that is to blame. */
  readonly field?: string;
}

/** What is to be exported. */
export interface WantedExport {
  readonly reader: ExportReader;
  readonly idempotencyKey: string;
  readonly since: Date | null;
}

/** Notes an export. The same key gives the same export. */
export async function startExport(
  { reader, idempotencyKey, since }: WantedExport,
  { exports, now }: { readonly exports: Pick<RecordExports, 'note'>; readonly now: Date },
): Promise<StoredExport | ExportRefusal> {
  if (!/^[^\p{Cc}]{1,200}$/u.test(idempotencyKey))
    return refused('INVALID_VALUE', 'idempotencyKey');
  if (since !== null && !(since.getTime() <= now.getTime())) {
    return refused('INVALID_VALUE', 'since');
  }
  const noted = await exports.note(
    {
      id: `exp_${randomBytes(16).toString('base64url')}`,
      reader,
      idempotencyKey,
      requestHash: hashOf([reader.odsCode, reader.purpose, since?.toISOString() ?? null]),
      requestedAt: now,
      since,
      linkSecret: randomBytes(32),
    },
    MOST_KEPT,
  );
  switch (noted.kind) {
    case 'noted':
      return noted.export;
    case 'reused':
      return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    case 'already-running':
      return refused('ALREADY_RUNNING');
    case 'too-many':
      return refused('TOO_MANY');
  }
}

const refused = (code: ExportRefusal['code'], field?: string): ExportRefusal => ({
  kind: 'refused',
  code,
  ...(field === undefined ? {} : { field }),
});

const hashOf = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('base64url');

/** Bulk exports for the operator, who starts them in an organisation's name and takes the parts off the store. */
import { z } from 'zod';

import { partName, partNumber } from './export-link.ts';
import type { ExportPart, ExportState, RecordExports, StoredExport } from './export-ports.ts';
import { PIECE_LIMIT } from './find-piece.ts';
import { type ExportRefusal, startExport } from './start-export.ts';

/** What the operator's start of an export takes. */
export const startExportInput = z.strictObject({
  odsCode: z.string().regex(/^[A-Z0-9]{3,8}$/),
  /** RFC 3339. */
  since: z.iso.datetime({ offset: true }).optional(),
  purpose: z.string().min(1),
  /** The operator's name, for people's access logs. */
  by: z.string().min(1).max(200),
  /** The same key gives the same export. */
  key: z.string(),
});

/** Which piece of which part. */
export const exportPieceInput = z.strictObject({
  exportId: z.string(),
  name: z.string(),
  from: z.number().int().min(0),
});

/** An export as the operator sees it. */
export interface ShownExport {
  readonly id: string;
  readonly state: ExportState;
  readonly people: number | null;
  readonly done: number;
  readonly records: number;
  readonly left: number;
  readonly failed: number;
  readonly waiting: boolean;
  /** RFC 3339. */
  readonly cursor: string | null;
  /** Compact JWS, once it is ready. */
  readonly manifest: string | null;
  readonly parts: readonly (Omit<ExportPart, 'number'> & { readonly name: string })[];
}

/** What the operator does to exports. */
export interface ExportDesk {
  readonly startExport: (input: z.infer<typeof startExportInput>) => Promise<ShownExport>;
  readonly showExport: (input: { readonly exportId: string }) => Promise<ShownExport>;
  /** A piece of a part, base64; empty past its end. */
  readonly exportPiece: (
    input: z.infer<typeof exportPieceInput>,
  ) => Promise<{ readonly content: string }>;
}

/** An export that the operator cannot have. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
  readonly code: string;
  constructor(code: ExportRefusal['code'] | 'NOT_FOUND') {
    super(WORDS[code]);
    this.code = code.toLowerCase();
  }
}

const WORDS: Readonly<Record<ExportRefusal['code'] | 'NOT_FOUND', string>> = {
  INVALID_VALUE: 'A value is not allowed.',
  IDEMPOTENCY_KEY_REUSED: 'This folder belongs to an export of something else.',
  ALREADY_RUNNING: 'An export for this organisation is not finished yet.',
  TOO_MANY:
    'Too many exports of this organisation are kept. They are erased a day after they were ready.',
  NOT_AVAILABLE: 'Exports are not set up here.',
  NOT_FOUND: 'There is no such export or organisation.',
};

/** Parts of one export listed at once. */
const PARTS = 1_000;

/** Creates the operator's functions. */
export function exportDesk(
  exports: RecordExports,
  {
    isOrganisation,
    now,
  }: {
    readonly isOrganisation: (odsCode: string) => Promise<boolean>;
    readonly now: () => Date;
  },
): ExportDesk {
  const show = async (exported: StoredExport): Promise<ShownExport> => ({
    id: exported.id,
    state: exported.state,
    people: exported.people,
    done: exported.done,
    records: exported.records,
    left: exported.left,
    failed: exported.failed,
    waiting: exported.waiting,
    cursor: exported.cursor?.toISOString() ?? null,
    manifest: exported.manifest,
    parts:
      exported.state === 'READY'
        ? (await exports.listParts(exported.id, 0, PARTS)).map(({ number, ...part }) => ({
            name: partName(number),
            ...part,
          }))
        : [],
  });
  return {
    async startExport({ odsCode, since, purpose, by, key }) {
      if (!(await isOrganisation(odsCode))) throw new ExportRefused('NOT_FOUND');
      const started = await startExport(
        {
          reader: { subject: `operator:${by}`, name: by, odsCode, purpose },
          idempotencyKey: key,
          since: since === undefined ? null : new Date(since),
        },
        { exports, now: now() },
      );
      if ('kind' in started) throw new ExportRefused(started.code);
      return show(started);
    },

    async showExport({ exportId }) {
      const found = await exports.find(exportId);
      if (found === undefined) throw new ExportRefused('NOT_FOUND');
      return show(found);
    },

    async exportPiece({ exportId, name, from }) {
      const number = partNumber(name);
      if (number === undefined) throw new ExportRefused('NOT_FOUND');
      const piece = await exports.readPart(exportId, number, from, PIECE_LIMIT);
      return { content: Buffer.from(piece).toString('base64') };
    },
  };
}

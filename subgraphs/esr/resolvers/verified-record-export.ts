/** Bulk exports: whoever starts one sees it, and nobody else. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { linkPart, partName, partNumber } from '../domain/export-link.ts';
import { isReader, mayExport } from '../domain/find-piece.ts';
import { type ExportRefusal, startExport } from '../domain/start-export.ts';
import { employerOf } from './employment.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  VerifiedRecordExportResolvers,
} from './types.generated.ts';

const PAGE_LIMIT = 100;

/** Its query. */
export const exportQueries: Pick<QueryResolvers, 'verifiedRecordExport'> = {
  async verifiedRecordExport(_parent, { id }, { caller, exporting }) {
    if (!mayExport(caller)) throw publicError('FORBIDDEN');
    const found = await exporting?.exports.find(id);
    return found !== undefined && isReader(found, caller) ? found : null;
  },
};

/** Its mutation. */
export const exportMutations: Pick<MutationResolvers, 'verifiedRecordExportStart'> = {
  async verifiedRecordExportStart(_parent, { input }, context) {
    const { caller, exporting, loaders, now } = context;
    const { odsCode, purpose } = caller;
    if (!mayExport(caller) || odsCode === undefined) throw publicError('FORBIDDEN');
    if (purpose === undefined) throw publicError('PURPOSE_REQUIRED');
    if ((await loaders.organisations.load(odsCode)) === undefined) throw publicError('FORBIDDEN');
    if (exporting === undefined) return refusal({ kind: 'refused', code: 'NOT_AVAILABLE' });
    const outcome = await startExport(
      {
        reader: { subject: caller.subject, name: caller.name, odsCode, purpose },
        idempotencyKey: input.idempotencyKey,
        since: input.since == null ? null : new Date(input.since),
      },
      { exports: exporting.exports, now },
    );
    return 'kind' in outcome ? refusal(outcome) : { export: outcome, errors: [] };
  },
};

/** Fields of an export. */
export const VerifiedRecordExport: VerifiedRecordExportResolvers = {
  organisation: ({ reader: { odsCode } }, args, context) => employerOf({ odsCode }, args, context),
  manifestKeys: (_exported, _args, { exporting }) => exporting?.manifestKeys ?? '{"keys":[]}',
  async parts(exported, { first, after }, { exporting, now }) {
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const position = after == null ? 0 : partNumber(after);
    if (position === undefined) throw publicError('INVALID_VALUE', { argument: 'after' });
    if (exported.state !== 'READY' || exporting === undefined) return { edges: [], pageInfo: END };
    const rows = await exporting.exports.listParts(exported.id, position, first + 1);
    const edges = rows.slice(0, first).map(({ number, lines, bytes, sha256 }) => {
      const name = partName(number);
      const { expires, signature } = linkPart(exported, name, now);
      const url = new URL(`${exported.id}/${name}`, exporting.address);
      url.searchParams.set('expires', String(expires));
      url.searchParams.set('signature', signature);
      const urlExpiresAt = new Date(expires * 1000);
      return { cursor: name, node: { name, lines, bytes, sha256, url: url.href, urlExpiresAt } };
    });
    return {
      edges,
      pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    };
  },
};

const END = { hasNextPage: false, endCursor: null };

const MESSAGES: Readonly<Record<ExportRefusal['code'], string>> = {
  INVALID_VALUE: 'This value is not allowed.',
  IDEMPOTENCY_KEY_REUSED: 'This key was used for something else. Use a new one.',
  ALREADY_RUNNING: 'An export for this organisation is not finished yet.',
  TOO_MANY: 'Too many exports of this organisation are kept.',
  NOT_AVAILABLE: 'Exports are not set up here.',
};

const refusal = ({ code, field }: ExportRefusal) => ({
  export: null,
  errors: [
    { code, message: MESSAGES[code], path: ['input', ...(field === undefined ? [] : [field])] },
  ],
});

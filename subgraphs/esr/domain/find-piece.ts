/** A piece of a part, for whoever started the export and has a link that is still good. */
import { type RecordReader } from './access.ts';
import { checkLink, type PartLink, partNumber } from './export-link.ts';
import type { RecordExports, StoredExport } from './export-ports.ts';

/** Which piece. */
export interface WantedPiece extends PartLink {
  readonly exportId: string;
  readonly name: string;
  /** First byte, from 0. */
  readonly from: number;
  /** In bytes; fewer are answered at the end of the file, and when it is more than {@link PIECE_LIMIT}. */
  readonly length: number;
}

/** What there is. */
export type FoundPiece =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'expired' }
  | {
      readonly kind: 'piece';
      /** Bytes of the whole file. */
      readonly size: number;
      /** Of the whole file, base64url. */
      readonly sha256: string;
      readonly content: Uint8Array;
    };

/** Largest piece, in bytes. */
export const PIECE_LIMIT = 512 * 1024;

/** Whether the caller acts for an organisation that may read records and credentials. */
export const mayExport = ({ scopes, odsCode }: RecordReader): boolean =>
  scopes.has('hr:read') && scopes.has('passport:read') && odsCode !== undefined;

/** Whether it is the caller's export: the access log names them and their organisation. */
export const isReader = ({ reader }: Pick<StoredExport, 'reader'>, caller: RecordReader): boolean =>
  mayExport(caller) && reader.subject === caller.subject && reader.odsCode === caller.odsCode;

/** Finds a piece. Somebody else's export, a forged link and a part that is not there look alike. */
export async function findPiece(
  wanted: WantedPiece,
  caller: RecordReader,
  {
    exports,
    now,
  }: {
    readonly exports: Pick<RecordExports, 'find' | 'findPart' | 'readPart'>;
    readonly now: Date;
  },
): Promise<FoundPiece> {
  const { exportId, name, from, length } = wanted;
  const number = partNumber(name);
  const exported = number === undefined ? undefined : await exports.find(exportId);
  if (number === undefined || exported === undefined || !isReader(exported, caller)) {
    return { kind: 'not-found' };
  }
  const link = checkLink(exported, name, wanted, now);
  if (link === 'forged') return { kind: 'not-found' };
  if (link === 'expired' || exported.state === 'EXPIRED') return { kind: 'expired' };
  const part = exported.state === 'READY' ? await exports.findPart(exportId, number) : undefined;
  if (part === undefined) return { kind: 'not-found' };
  const content =
    length === 0
      ? new Uint8Array()
      : await exports.readPart(exportId, number, from, Math.min(length, PIECE_LIMIT));
  return { kind: 'piece', size: part.bytes, sha256: part.sha256, content };
}

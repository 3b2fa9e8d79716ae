/** What an export consists of, signed: a compact JWS (RFC 7515, ES256, `verified-record-export+jwt`). */
import { type Signer, signCompactJws } from '../../../standards/compact-jws.ts';
import { partName } from './export-link.ts';
import type { ExportPart, StoredExport } from './export-ports.ts';

/** The `typ` of a manifest. */
export const MANIFEST_TYPE = 'verified-record-export+jwt';

/**
 * Signs the manifest of an export that has been read to its end.
 *
 * @param issuer the address under which the parts are found
 */
export function signManifest(
  exported: StoredExport,
  parts: readonly ExportPart[],
  { signer, issuer, now }: { readonly signer: Signer; readonly issuer: string; readonly now: Date },
): Promise<string> {
  return signCompactJws(
    {
      header: { alg: signer.alg, kid: signer.kid, typ: MANIFEST_TYPE },
      payload: {
        iss: issuer,
        iat: Math.floor(now.getTime() / 1000),
        jti: exported.id,
        odsCode: exported.reader.odsCode,
        since: exported.since?.toISOString() ?? null,
        cursor: exported.cursor?.toISOString() ?? null,
        people: exported.done,
        records: exported.records,
        left: exported.left,
        failed: exported.failed,
        parts: parts.map(({ number, lines, bytes, sha256 }) => ({
          name: partName(number),
          lines,
          bytes,
          sha256,
        })),
      },
    },
    signer,
  );
}

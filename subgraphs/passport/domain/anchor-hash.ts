/** The anchor of an installation, as accreditations name it. */
import { certificateHash } from './certificate-hash.ts';
import { EVERYBODY } from './ports/issuing-stops.ts';
import type { IssuerKeys } from './ports/keys.ts';

/** The anchor that issuers' certificates are made under, by its SHA-256 in base64url. */
export async function anchorHash(keys: Pick<IssuerKeys, 'anchors' | 'signer'>): Promise<string> {
  // The first key of an installation makes the anchor.
  await keys.signer(EVERYBODY, 'registry');
  const [anchor] = await keys.anchors();
  if (anchor === undefined) throw new Error('there is no anchor');
  return certificateHash(anchor);
}

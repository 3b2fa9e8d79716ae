/**
 * Which keys a wallet has proved to hold, or has had attested.
 *
 * Source: OpenID4VCI 1.0, appendices D and F.
 */
import type { PublicEcJwk } from '../../standards/jwk-thumbprint.ts';
import {
  type AttestedKey,
  type KeyAttestationsRequired,
  type TrustedAttesters,
  verifyKeyAttestation,
} from '../../standards/openid4vci/key-attestation.ts';
import { StandardError } from '../../standards/standard-error.ts';
import { BATCH_SIZE, type RequestProofs } from './credential-request.ts';
import { KeyProofError, type KeyProofRules, verifyKeyProof } from './verify-key-proof.ts';

/** What the proofs of a request must satisfy. */
export interface ProofRules extends Omit<KeyProofRules, 'attested'> {
  readonly attesters: TrustedAttesters;
  /** The attestation that the configuration asks for; none when missing. */
  readonly required: KeyAttestationsRequired | undefined;
}

/** Keys that were proved. The nonce is still to be spent. */
export interface ProvedKeys {
  /** By thumbprint, in the order of the request. */
  readonly keys: ReadonlyMap<string, PublicEcJwk>;
  readonly nonce: string;
}

/**
 * Checks every proof of a request. They share one nonce and prove different keys (appendix F.4 and section 8.2).
 *
 * @throws {KeyProofError} at the first that does not hold
 */
export function verifyProofs(proofs: RequestProofs, rules: ProofRules): ProvedKeys {
  return proofs.kind === 'jwt'
    ? verifyJwtProofs(proofs.proofs, rules)
    : verifyAttestationProof(proofs.attestation, rules);
}

function verifyJwtProofs(proofs: readonly string[], rules: ProofRules): ProvedKeys {
  const proved = new Set<string>();
  const keys = new Map<string, PublicEcJwk>();
  const nonces = new Set<string>();
  for (const proof of proofs) {
    const { jwk, thumbprint, nonce, attested } = verifyKeyProof(proof, {
      ...rules,
      attested: (attestation) => attestedBy(attestation, rules, true),
    });
    if (rules.required !== undefined && attested === undefined) {
      throw new KeyProofError('a key attestation must be given');
    }
    if (proved.has(thumbprint)) throw new KeyProofError('each proof must be of another key');
    proved.add(thumbprint);
    nonces.add(nonce);
    keys.set(thumbprint, jwk);
    for (const each of attested ?? []) keys.set(each.thumbprint, each.jwk);
  }
  if (keys.size > BATCH_SIZE) throw new KeyProofError('too many keys');
  const [nonce, ...others] = nonces;
  if (nonce === undefined || others.length > 0) {
    throw new KeyProofError('all proofs of a request must carry the same nonce');
  }
  return { keys, nonce };
}

function verifyAttestationProof(attestation: string, rules: ProofRules): ProvedKeys {
  const { keys, nonce } = attestedBy(attestation, rules, false);
  if (nonce === undefined) throw new KeyProofError('nonce must be given');
  return { keys: new Map(keys.map(({ thumbprint, jwk }) => [thumbprint, jwk])), nonce };
}

/** What an attestation says. */
function attestedBy(
  attestation: string,
  { attesters, required, now }: ProofRules,
  withProof: boolean,
): { readonly keys: readonly AttestedKey[]; readonly nonce?: string } {
  try {
    return verifyKeyAttestation(attestation, {
      attesters,
      required,
      maxKeys: BATCH_SIZE,
      withProof,
      now,
    });
  } catch (cause) {
    if (!(cause instanceof StandardError)) throw cause;
    throw new KeyProofError('the key attestation does not hold', { cause });
  }
}

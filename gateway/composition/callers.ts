/** How callers are told: the authorization server's keys, what it has taken back, the proofs that have been used. */
import type { Composed } from '../../runtime/http-server.ts';
import type { AuthenticationRules } from '../authenticate.ts';
import type { AskIdentity } from '../identity/ask-identity.ts';
import { followRevocations } from '../identity/revocations.ts';
import { proofSpender } from '../identity/spend-proof.ts';
import { remoteKeys } from '../remote-keys.ts';
import { tokenVerifier } from '../token-verifier.ts';
import type { DocumentRules } from '../trusted-documents/choose-document.ts';
import type { GatewayParts, GatewaySettings } from './parts.ts';

/** What tells callers. */
export interface Callers {
  /** The rules for tokens whose audience is this resource. */
  readonly rulesFor: (resource: string) => AuthenticationRules;
  /** What identity says of registered operations. */
  readonly documents: () => DocumentRules;
  readonly checks: Composed['checks'];
  readonly stop: () => void;
}

/** Starts to follow what identity says about callers. */
export function followCallers(
  settings: GatewaySettings,
  { keys: given, now, log }: GatewayParts,
  askIdentity: AskIdentity,
): Callers {
  const remote = given === undefined ? remoteKeys(settings.GATEWAY_JWKS_URL) : undefined;
  const keys = given ?? remote?.keys;
  if (keys === undefined) throw new Error('the gateway has no keys');
  const revocations = followRevocations(askIdentity, log);
  const spendProof = proofSpender(askIdentity);
  return {
    rulesFor: (audience) => ({
      audience,
      verifyToken: tokenVerifier({ issuer: settings.GATEWAY_ISSUER, audience, keys, now }),
      now,
      revocations,
      spendProof,
    }),
    documents: revocations.documents,
    checks: {
      ...(remote === undefined ? {} : { 'identity keys': remote.check }),
      'identity revocations': revocations.ready,
    },
    stop: revocations.stop,
  };
}

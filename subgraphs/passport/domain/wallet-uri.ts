/** What opens a request in a wallet. */
import { authorizationRequestLink } from '../../../standards/openid4vp/authorization-request-link.ts';
import type { Addresses } from './addresses.ts';
import type { StoredPresentation } from './presentation-request.ts';

/** The link of a request; wallets that can fetch it by POST with a nonce of their own. */
export const walletUri = (
  { id, clientId }: Pick<StoredPresentation, 'id' | 'clientId'>,
  addresses: Pick<Addresses, 'requestObject'>,
): string =>
  authorizationRequestLink({ clientId, requestUri: addresses.requestObject(id), method: 'post' });

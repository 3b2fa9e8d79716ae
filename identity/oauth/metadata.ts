/**
 * What the metadata of the authorization server says, where the library names what is refused here.
 *
 * Source: RFC 8414 (Authorization Server Metadata), section 2; RFC 9396, section 10.
 */
import type { Provider } from 'oidc-provider';
import { z } from 'zod';

import { TRANSACTION_DETAILS } from './transaction-details.ts';

/** Where the metadata is; the same document at both. */
const METADATA_PATHS = new Set([
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);

/** Ways to prove an attestation's key that wallet-attestation.ts refuses. */
const REFUSED_POP_METHODS = new Set(['dpop_combined']);

const document = z.looseObject({
  client_attestation_pop_methods_supported: z.array(z.string()).optional(),
});

/** Leaves out what is refused: credentials by authorization details, and attestations without a proof of their own. */
export function correctMetadata(provider: Provider): void {
  provider.use(async (koa, next) => {
    await next();
    if (!METADATA_PATHS.has(koa.path)) return;
    const { data } = document.safeParse(koa.body);
    if (data === undefined) return;
    const methods = data.client_attestation_pop_methods_supported;
    koa.body = {
      ...data,
      authorization_details_types_supported: [TRANSACTION_DETAILS],
      ...(methods === undefined
        ? {}
        : {
            client_attestation_pop_methods_supported: methods.filter(
              (method) => !REFUSED_POP_METHODS.has(method),
            ),
          }),
    };
  });
}

/** What the wallet holds, with all that it says, and what of it would answer a request. */
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import {
  type Choice,
  chooseCredentials,
  type Choosable,
} from '../../../standards/openid4vp/choose-credentials.ts';
import type { OpenedRequestObject } from '../../../standards/openid4vp/open-request-object.ts';
import { processSdJwtPayload } from '../../../standards/sd-jwt/process-sd-jwt.ts';
import { parseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import { settled } from '../../../standards/settled.ts';
import { authorityKeyIds } from '../../../standards/x509/authority-key-ids.ts';
import type { HeldCredential } from './wallet-store.ts';

/** A held credential with all that it says. */
export interface OpenCredential extends Choosable {
  readonly held: HeldCredential;
}

/** Opens credentials: every claim, in its place. */
export const openCredentials = (
  credentials: readonly HeldCredential[],
): Promise<readonly OpenCredential[]> =>
  Promise.all(
    credentials.map((held) =>
      settled(() => {
        const { jwt, disclosures } = parseSdJwt(held.sdJwt);
        const { header, payload } = splitCompactJws(jwt);
        const claims = processSdJwtPayload(payload, disclosures).payload;
        const { vct } = claims;
        return {
          held,
          vct: typeof vct === 'string' ? vct : '',
          claims,
          authorityKeyIds: authorityKeyIds(header['x5c']),
        };
      }),
    ),
  );

/** What would answer a request. */
export const choicesFor = (
  { query }: Pick<OpenedRequestObject, 'query'>,
  credentials: readonly OpenCredential[],
): readonly Choice<OpenCredential>[] => chooseCredentials(query, credentials);

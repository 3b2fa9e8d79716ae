/** Collecting what was offered: all of it, each credential bound to a key of its own. */
import { encodeBase64url } from '../../../standards/base64url.ts';
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import {
  tokenRequestForAuthorizationCode,
  tokenRequestForPreAuthorizedCode,
  walletAuthorizationRequest,
} from '../../../standards/openid4vci/client.ts';
import {
  type CredentialOffer,
  parseCredentialOffer,
  parseOfferLink,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { parseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import { type DeviceKey, newDeviceKey } from './device-key.ts';
import {
  type Access,
  type Issuer,
  IssuerRefused,
  type IssuerParts,
  pushRequest,
  readIssuer,
  redeem,
  requestCredential,
  tellIssuer,
  WALLET_CLIENT_ID,
} from './issuer.ts';
import type { HeldCredential, WalletStore } from './wallet-store.ts';

/** What collecting needs. */
export interface CollectingParts extends IssuerParts {
  readonly store: Pick<WalletStore, 'keep' | 'note' | 'take'>;
  /** Told after each credential: how many of how many are there. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What came of collecting, by configuration. */
export interface Collected {
  /** On this device now. */
  readonly added: readonly string[];
  /** The issuer will have them later. */
  readonly later: readonly string[];
  /** The issuer would not: its code. */
  readonly refused: readonly { readonly configurationId: string; readonly code: string }[];
}

/** The name of the note about a holder who has been sent to sign in. */
const UNDER_WAY = 'collecting';

interface UnderWay {
  readonly issuer: string;
  readonly configurationIds: readonly string[];
  readonly staffId: string;
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly key: DeviceKey;
}

/** Reads an offer behind its link. */
export async function readOffer(link: string, { fetch }: IssuerParts): Promise<CredentialOffer> {
  const found = parseOfferLink(link);
  if (found.kind === 'by-value') return found.offer;
  const answer = await fetch(found.uri);
  if (!answer.ok) throw new IssuerRefused(`http_${String(answer.status)}`);
  return parseCredentialOffer(await answer.text());
}

/** Collects an offer with the code that its holder typed. */
export async function collectOffer(
  {
    offer,
    transactionCode,
    staffId,
  }: {
    readonly offer: CredentialOffer;
    readonly transactionCode: string;
    readonly staffId: string;
  },
  parts: CollectingParts,
): Promise<Collected> {
  const grant = offer.grants?.[PRE_AUTHORIZED_CODE_GRANT];
  if (grant === undefined) throw new IssuerRefused('no_pre_authorized_code');
  const issuer = await readIssuer(offer.credential_issuer, parts);
  const form = tokenRequestForPreAuthorizedCode({
    code: grant['pre-authorized_code'],
    txCode: grant.tx_code === undefined ? undefined : transactionCode,
    clientId: WALLET_CLIENT_ID,
    resource: offer.credential_issuer,
  });
  const access = await redeem(issuer, form, await newDeviceKey(), parts);
  return collectAll({ issuer, access, staffId, wanted: offer.credential_configuration_ids }, parts);
}

/**
 * Begins collecting what was offered to a holder who signs in for it. Returns the address to go to.
 *
 * @param redirectUri the page on which {@link finishCollecting} is called
 */
export async function beginCollecting(
  asked: {
    readonly issuer: string;
    readonly configurationIds: readonly string[];
    readonly staffId: string;
    readonly redirectUri: string;
  },
  parts: CollectingParts,
): Promise<string> {
  const issuer = await readIssuer(asked.issuer, parts);
  const underWay: UnderWay = {
    ...asked,
    state: random(),
    codeVerifier: random(),
    key: await newDeviceKey(),
  };
  const scopes = asked.configurationIds.map(
    (id) => issuer.metadata.credential_configurations_supported[id]?.scope ?? id,
  );
  const challenge = await crypto.subtle.digest(
    'SHA-256',
    new TextEncoder().encode(underWay.codeVerifier),
  );
  const form = walletAuthorizationRequest({
    clientId: WALLET_CLIENT_ID,
    redirectUri: asked.redirectUri,
    scopes,
    state: underWay.state,
    codeChallenge: encodeBase64url(new Uint8Array(challenge)),
    resource: asked.issuer,
  });
  const address = await pushRequest(issuer, form, parts);
  await parts.store.note(UNDER_WAY, underWay);
  return address;
}

/**
 * Goes on when the holder is back.
 *
 * @param answer the query of the address that they came back to
 * @returns `undefined` when nothing was under way in this browser
 * @throws {IssuerRefused} also when the holder said no
 */
export async function finishCollecting(
  answer: URLSearchParams,
  staffId: string,
  parts: CollectingParts,
): Promise<Collected | undefined> {
  const underWay = (await parts.store.take(UNDER_WAY)) as UnderWay | undefined;
  if (underWay?.staffId !== staffId) return undefined;
  if (answer.get('state') !== underWay.state) throw new IssuerRefused('state_mismatch');
  // RFC 9207: an answer of another server is none.
  const issuer = await readIssuer(underWay.issuer, parts);
  if (answer.get('iss') !== issuer.server.issuer) throw new IssuerRefused('issuer_mismatch');
  const code = answer.get('code');
  if (code === null) throw new IssuerRefused(answer.get('error') ?? 'no_code');
  const { codeVerifier, redirectUri, configurationIds: wanted } = underWay;
  const form = tokenRequestForAuthorizationCode({
    code,
    codeVerifier,
    clientId: WALLET_CLIENT_ID,
    redirectUri,
    resource: underWay.issuer,
  });
  const access = await redeem(issuer, form, underWay.key, parts);
  return collectAll({ issuer, access, staffId, wanted }, parts);
}

async function collectAll(
  {
    issuer,
    access,
    staffId,
    wanted,
  }: {
    readonly issuer: Issuer;
    readonly access: Access;
    readonly staffId: string;
    readonly wanted: readonly string[];
  },
  parts: CollectingParts,
): Promise<Collected> {
  const added: string[] = [];
  const later: string[] = [];
  const refused: { configurationId: string; code: string }[] = [];
  // One after another: each spends a nonce, and one that fails leaves the others.
  for (const configurationId of wanted) {
    try {
      const key = await newDeviceKey();
      // For the same key: what was issued and did not arrive is given again.
      const ask = () => requestCredential(issuer, access, { configurationId, key }, parts);
      const answer = await ask().catch((error: unknown) => {
        if (isPassing(error)) return ask();
        throw error;
      });
      if (answer.kind === 'deferred') later.push(configurationId);
      else {
        await keepCredentials(answer.credentials, { staffId, configurationId, key }, parts);
        added.push(configurationId);
        const { notificationId } = answer;
        if (notificationId !== undefined) {
          await tellIssuer(issuer, access, { notificationId, event: 'credential_accepted' }, parts);
        }
      }
    } catch (error) {
      if (!(error instanceof IssuerRefused)) throw error;
      refused.push({ configurationId, code: error.code });
    }
    parts.onProgress?.(added.length, wanted.length);
  }
  return { added, later, refused };
}

/** A nonce that ran out on the way, or an issuer that could not answer: a second try is worth it. */
const isPassing = (error: unknown): boolean =>
  error instanceof IssuerRefused && /^(invalid_nonce|server_error|http_5\d\d)$/.test(error.code);

function keepCredentials(
  credentials: readonly string[],
  common: Pick<HeldCredential, 'staffId' | 'configurationId' | 'key'>,
  { store, now }: CollectingParts,
): Promise<void> {
  return store.keep(
    credentials.map((sdJwt) => ({ ...common, id: idOf(sdJwt), sdJwt, addedAt: now().getTime() })),
  );
}

function idOf(sdJwt: string): string {
  const { jti } = splitCompactJws(parseSdJwt(sdJwt).jwt).payload;
  if (typeof jti !== 'string') throw new IssuerRefused('credential_without_id');
  return jti;
}

const random = (): string => encodeBase64url(crypto.getRandomValues(new Uint8Array(32)));

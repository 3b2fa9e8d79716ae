/** Publishing the register of accredited issuers: a new edition when it says something else, or grows old. */
import { createHash } from 'node:crypto';

import { certifiedHeader, signEncoded } from '../../../standards/compact-jws.ts';
import {
  ISSUER_REGISTRY_TYPE,
  type IssuerRegistryClaims,
  type RegisteredIssuer,
} from '../../../standards/issuer-registry/issuer-registry.ts';
import { publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import type { Addresses } from './addresses.ts';
import { certificateHash } from './certificate-hash.ts';
import type { Accreditation, Accreditations } from './ports/accreditations.ts';
import type { Clock } from './ports/clock.ts';
import type { RegistryEdition, RegistryEditions } from './ports/issuer-registry.ts';
import { EVERYBODY } from './ports/issuing-stops.ts';
import type { IssuerKeys } from './ports/keys.ts';

/** How long an edition counts, in milliseconds: a verifier may be offline for a day. */
const LIFETIME_MS = 24 * 3_600_000;
/** An edition that says nothing new is signed again after this long, in milliseconds. */
const SIGN_AGAIN_MS = 3_600_000;
/** How long the newest edition is given out without a look at the record, in milliseconds. */
const FRESH_MS = 5_000;
/** How often another process may be faster. */
const ATTEMPTS = 5;

/** What publishing needs. */
export interface RegistryPublishingParts {
  readonly accreditations: Pick<Accreditations, 'list'>;
  readonly editions: RegistryEditions;
  readonly keys: Pick<IssuerKeys, 'anchors' | 'published' | 'signer'>;
  readonly addresses: Pick<Addresses, 'issuer' | 'issuerRegistry' | 'vcts'>;
  readonly now: Clock;
}

/** Gives out the register. */
export interface IssuerRegistryPublisher {
  /**
   * The newest edition, made when need be. When the record cannot be read, the last one that was, until it expires.
   *
   * @throws an error with `code: 'unavailable'` when there is neither
   */
  newest(): Promise<RegistryEdition>;
  /** Looks at the record now. Makes a new edition, unless the newest still says the same and is not old. */
  publish(): Promise<RegistryEdition>;
}

/** Creates the publisher. */
export function issuerRegistryPublisher(parts: RegistryPublishingParts): IssuerRegistryPublisher {
  const { now } = parts;
  let kept: { readonly edition: RegistryEdition; readonly at: number } | undefined;
  let publishing: Promise<RegistryEdition> | undefined;

  const refresh = async (): Promise<RegistryEdition> => {
    try {
      const at = now().getTime();
      const newest = await publishIssuerRegistry(parts);
      // The same object as long as it is the same edition: what is made of it is made once.
      const edition = kept?.edition.token === newest.token ? kept.edition : newest;
      kept = { edition, at };
      return edition;
    } catch (error) {
      if (kept !== undefined && kept.edition.expiresAt > now()) return kept.edition;
      throw error;
    } finally {
      publishing = undefined;
    }
  };

  return {
    newest() {
      if (kept !== undefined && Math.abs(now().getTime() - kept.at) < FRESH_MS) {
        return Promise.resolve(kept.edition);
      }
      return (publishing ??= refresh());
    },
    publish: () => publishIssuerRegistry(parts),
  };
}

async function publishIssuerRegistry(parts: RegistryPublishingParts): Promise<RegistryEdition> {
  const { addresses, editions, keys, now } = parts;
  const signer = await keys.signer(EVERYBODY, 'registry');
  const content = await contentOf(parts);
  // The key too: once another signs, because of age or a theft, so must the edition be.
  const said = JSON.stringify([signer.kid, content]);
  const contentHash = createHash('sha256').update(said).digest('base64url');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const newest = await editions.findNewest();
    const signedAt = now();
    const age = signedAt.getTime() - (newest?.signedAt.getTime() ?? 0);
    if (newest?.contentHash === contentHash && age < SIGN_AGAIN_MS) return newest;
    // Rises with time too: a restored backup must not give a version again with other contents.
    const version = Math.max((newest?.version ?? 0) + 1, toSeconds(signedAt));
    const expiresAt = new Date(signedAt.getTime() + LIFETIME_MS);
    const claims: IssuerRegistryClaims = {
      iss: addresses.issuerRegistry,
      iat: toSeconds(signedAt),
      exp: toSeconds(expiresAt),
      version,
      ...content,
    };
    const token = await signEncoded(
      certifiedHeader(ISSUER_REGISTRY_TYPE, signer),
      JSON.stringify(claims),
      signer,
    );
    const edition = { version, contentHash, token, signedAt, expiresAt };
    if (await editions.add(edition)) return edition;
  }
  throw new Error('the register of issuers could not be published');
}

async function contentOf({
  accreditations,
  addresses,
  keys,
}: RegistryPublishingParts): Promise<Pick<IssuerRegistryClaims, 'anchors' | 'issuers'>> {
  const anchors = await keys.anchors();
  const byIssuer = Map.groupBy(await accreditations.list(), ({ odsCode }) => odsCode);
  const issuers: RegisteredIssuer[] = [];
  for (const [odsCode, held] of [...byIssuer].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const issuer = addresses.issuer(odsCode);
    const published = await keys.published(odsCode, 'credential');
    issuers.push({
      issuer,
      ods: odsCode,
      jwks_uri: `${issuer}/jwks`,
      jwks: {
        keys: published.map(({ kid, key, x5c }) => ({ ...publicJwkOf(key), kid, x5c: [...x5c] })),
      },
      accreditations: held.flatMap((one) => registered(one, addresses)),
    });
  }
  return {
    anchors: anchors.map((certificate) => ({ certificate, sha256: certificateHash(certificate) })),
    issuers,
  };
}

/** An accreditation as it is published; none when it was withdrawn before it began. */
function registered(
  { type, anchor, from, until, withdrawnAt }: Accreditation,
  { vcts }: Pick<Addresses, 'vcts'>,
): RegisteredIssuer['accreditations'] {
  const ends = [until, withdrawnAt].flatMap((end) => (end === undefined ? [] : [end.getTime()]));
  const end = Math.min(...ends);
  if (end <= from.getTime()) return [];
  // A type has an address for each version of what is published about it.
  return vcts(type).map((vct) => ({
    vct,
    from: toSeconds(from),
    ...(ends.length === 0 ? {} : { until: toSeconds(new Date(end)) }),
    anchor,
  }));
}

const toSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** Publishing the bundle with which a verifier checks away from the network. It is made when somebody asks. */
import { writeVerificationBundle } from '../../../standards/verification-bundle/write-verification-bundle.ts';
import type { Addresses } from './addresses.ts';
import type { IssuerRegistryPublisher } from './issuer-registry-publisher.ts';
import type { Accreditations } from './ports/accreditations.ts';
import { DEFAULT_POLICY } from './policy.ts';
import type { CheckPolicies } from './ports/check-policies.ts';
import type { Clock } from './ports/clock.ts';
import { EVERYBODY } from './ports/issuing-stops.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { PublishedList } from './ports/status-lists.ts';
import { publishedDocuments } from './published-documents.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** How long a bundle may be cached, and is given out before a new one is made, in seconds. */
export const BUNDLE_SECONDS = 60;
/** How old a status may be where there is no network, in seconds, when a trust has not said. */
const USUAL_LIMIT = DEFAULT_POLICY.status.offlineMaxAgeSeconds;

/** What publishing needs. */
export interface BundlePublishingParts {
  readonly issuerRegistry: Pick<IssuerRegistryPublisher, 'newest'>;
  readonly accreditations: Pick<Accreditations, 'list'>;
  readonly publisher: Pick<StatusListPublisher, 'listsOf' | 'find'>;
  readonly policies: Pick<CheckPolicies, 'offlineLimits'>;
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** A bundle as it is given out. */
export interface PublishedBundle {
  /** Rises with every bundle. */
  readonly version: number;
  /** JSON text. */
  readonly text: string;
  readonly expiresAt: Date;
}

/** Gives out the bundle. */
export interface VerificationBundlePublisher {
  /**
   * The newest bundle, made at most once a minute. When none can be made, the last one that was, until it expires: it
   * says itself how old it is.
   */
  newest(): Promise<PublishedBundle>;
}

/** Creates the publisher. */
export function verificationBundlePublisher(
  parts: BundlePublishingParts,
): VerificationBundlePublisher {
  const { now } = parts;
  let kept: { readonly bundle: PublishedBundle; readonly at: number } | undefined;
  let making: Promise<PublishedBundle> | undefined;

  const refresh = async (): Promise<PublishedBundle> => {
    try {
      const bundle = await makeBundle(parts, (kept?.bundle.version ?? 0) + 1);
      kept = { bundle, at: now().getTime() };
      return bundle;
    } catch (error) {
      if (kept !== undefined && kept.bundle.expiresAt > now()) return kept.bundle;
      throw error;
    } finally {
      making = undefined;
    }
  };

  return {
    newest() {
      if (kept !== undefined && Math.abs(now().getTime() - kept.at) < BUNDLE_SECONDS * 1000) {
        return Promise.resolve(kept.bundle);
      }
      return (making ??= refresh());
    },
  };
}

async function makeBundle(
  parts: BundlePublishingParts,
  leastVersion: number,
): Promise<PublishedBundle> {
  const { addresses, issuerRegistry, keys, now } = parts;
  // The register first: an issuer that comes in between has lists that nobody asks about yet.
  const { token: registry } = await issuerRegistry.newest();
  const lists = await listsOf(parts);
  const statusMaxAges = await limitsOf(parts);
  const issuedAt = now();
  const version = Math.max(leastVersion, Math.floor(issuedAt.getTime() / 1000));
  const longest = Math.max(USUAL_LIMIT, ...statusMaxAges.values());
  const expiresAt = new Date(issuedAt.getTime() + longest * 1000);
  const text = await writeVerificationBundle(
    {
      address: addresses.issuerRegistry,
      issuedAt,
      expiresAt,
      version,
      statusMaxAgeSeconds: USUAL_LIMIT,
      statusMaxAges,
      registry,
      types: [...publishedDocuments(addresses)].map(([vct, { body }]) => ({ vct, document: body })),
      statusLists: lists.map(({ id, token }) => ({ uri: addresses.statusList(id), token })),
    },
    // The register's key speaks for the whole installation, and its certificate is for no issuer.
    await keys.signer(EVERYBODY, 'registry'),
  );
  return { version, text, expiresAt };
}

/** How old a status may be for each verifier with a policy of its own, by the verifier's name. */
async function limitsOf({
  policies,
  addresses,
}: BundlePublishingParts): Promise<ReadonlyMap<string, number>> {
  const limits = await policies.offlineLimits();
  return new Map(
    limits.map(({ odsCode, seconds, forEverybody }) => [
      addresses.verifier(odsCode),
      // Who asks on a ward does not say for which staff group: the shortest holds.
      forEverybody ? seconds : Math.min(seconds, USUAL_LIMIT),
    ]),
  );
}

/** The live list tokens of everybody who is or was accredited. */
async function listsOf({
  accreditations,
  publisher,
  now,
}: BundlePublishingParts): Promise<readonly PublishedList[]> {
  const lists: PublishedList[] = [];
  const issuers = new Set((await accreditations.list()).map(({ odsCode }) => odsCode));
  for (const odsCode of issuers) {
    for (const id of await publisher.listsOf(odsCode)) {
      const list = await publisher.find(id);
      if (list !== undefined && list.expiresAt > now()) lists.push(list);
    }
  }
  return lists;
}

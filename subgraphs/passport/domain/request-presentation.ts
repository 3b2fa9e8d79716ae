/** Asking a holder for credentials (OpenID4VP 1.0, section 5.2: a fresh nonce for each request). */
import { randomBytes } from 'node:crypto';

import type { ClientIdPrefix } from '../../../standards/openid4vp/client-id.ts';
import type { DcqlQuery } from '../../../standards/openid4vp/dcql.ts';
import type { Actor } from './actor.ts';
import type { Addresses } from './addresses.ts';
import {
  newNonce,
  newPresentationId,
  newSecret,
  requestHash,
  staffId as staffIdShape,
} from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys, Sealer } from './ports/keys.ts';
import type { PresentationStore } from './ports/presentations.ts';
import type { Registry } from './ports/registry.ts';
import { type CredentialAsked, ownQuery, queryFor } from './presentation-query.ts';
import type { PresentationTemplate, StoredPresentation } from './presentation-request.ts';
import { PRESENTATION_TEMPLATES } from './presentation-templates.ts';
import { clientIdOf } from './request-object.ts';
import { sealRequestKey } from './request-key.ts';
import { type Refusal, refused } from './user-error.ts';

/** What a verifier asks for. */
export interface PresentationAsked {
  readonly idempotencyKey: string;
  /** Exactly one of these three says what is asked for. */
  readonly template?: PresentationTemplate | undefined;
  readonly credentials?: readonly CredentialAsked[] | undefined;
  /** A query of the verifier's own. */
  readonly dcql?: unknown;
  /** The person it is meant for. */
  readonly staffId?: string | undefined;
  /** What the verifier knows it by: 1 to 60 characters. */
  readonly reference?: string | undefined;
  /** ISO 8601. */
  readonly startsOn?: string | undefined;
  /** How long it can be answered; ten minutes when missing. */
  readonly answerWithinMinutes?: number | undefined;
  readonly sameDevice: boolean;
  readonly clientIdPrefix: ClientIdPrefix;
  readonly encrypted: boolean;
  readonly origins: readonly string[];
  readonly purpose: string;
  readonly by: Actor;
}

/** What asking needs. */
export interface RequestingParts {
  readonly presentations: PresentationStore;
  readonly registry: Pick<Registry, 'mayCheck'>;
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly sealer: Sealer;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** How long a request can be answered, in minutes: while somebody stands at the desk, and at most. */
const AT_DESK_MINUTES = 10;
const MOST_MINUTES = 14 * 24 * 60;
const MINUTE_MS = 60_000;
/** Most origins of one request. */
const MAX_ORIGINS = 10;
/** Longest name that a verifier gives a request, in characters. */
const LONGEST_REFERENCE = 60;

/** Starts a check. A repeated call gives the same request. */
export async function requestPresentation(
  { idempotencyKey, by, ...asked }: PresentationAsked,
  { presentations, registry, keys, sealer, addresses, now }: RequestingParts,
): Promise<StoredPresentation | Refusal> {
  const query = queryOf(asked, addresses);
  if ('kind' in query) return query;
  const { staffId, sameDevice, clientIdPrefix, encrypted, origins, purpose, template } = asked;
  const { reference, startsOn, answerWithinMinutes = AT_DESK_MINUTES } = asked;
  if (reference !== undefined && !isReference(reference)) {
    return refused('INVALID_VALUE', 'reference');
  }
  if (!isAnswerTime(answerWithinMinutes)) return refused('INVALID_VALUE', 'answerWithinMinutes');
  if (staffId !== undefined && !staffIdShape.safeParse(staffId).success) {
    return refused('INVALID_VALUE', 'staffId');
  }
  if (origins.length > MAX_ORIGINS || !origins.every(isOrigin)) {
    return refused('INVALID_VALUE', 'origins');
  }
  if (!(await registry.mayCheck(by.odsCode))) return refused('NOT_ACCREDITED');
  const signer = await keys.signer(by.odsCode, 'request');
  const createdAt = now();
  const id = newPresentationId();
  const { odsCode, subject, name, requestId } = by;
  const stored = await presentations.add(
    {
      id,
      odsCode,
      by: { subject, name, requestId },
      purpose,
      ...(template === undefined ? {} : { template }),
      query,
      ...(staffId === undefined ? {} : { staffId }),
      ...(reference === undefined ? {} : { reference }),
      ...(startsOn === undefined ? {} : { startsOn }),
      sameDevice,
      clientId: clientIdOf(clientIdPrefix, odsCode, signer, addresses),
      encrypted,
      origins,
      nonce: newNonce(),
      walletState: newSecret(),
      sealedKey: sealRequestKey(randomBytes(32), id, sealer),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + answerWithinMinutes * MINUTE_MS),
    },
    by,
    {
      key: idempotencyKey,
      requestHash: requestHash(['presentation', odsCode, purpose, { ...asked, query }]),
    },
  );
  return stored === 'reused' ? refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey') : stored;
}

/** Whether a verifier may know a request by it. */
export const isReference = (text: string): boolean =>
  text !== '' && text.length <= LONGEST_REFERENCE;

/** Whether a request may be open that long. */
export const isAnswerTime = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes >= AT_DESK_MINUTES && minutes <= MOST_MINUTES;

function queryOf(
  { template, credentials, dcql }: Pick<PresentationAsked, 'template' | 'credentials' | 'dcql'>,
  addresses: Addresses,
): DcqlQuery | Refusal {
  const given = [template, credentials, dcql].filter((way) => way !== undefined);
  if (given.length !== 1) return { ...refused('INVALID_VALUE'), rule: 'exactly_one_question' };
  if (template !== undefined) {
    const query = queryFor(PRESENTATION_TEMPLATES[template], addresses, { lenient: true });
    if ('kind' in query) throw new Error('a template asks for what there is not');
    return query;
  }
  return credentials === undefined
    ? ownQuery(dcql, addresses)
    : queryFor(credentials, addresses, { lenient: false });
}

/** An origin as browsers write it; without encryption only on one's own machine. */
function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { origin, protocol, hostname } = new URL(value);
  return (
    origin === value &&
    (protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost'))
  );
}

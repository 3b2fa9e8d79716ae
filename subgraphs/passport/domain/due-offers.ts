/** Offers that events make due: made once, however often a process dies in between. */
import type { Attestation } from './attestation.ts';
import { storedAttestation } from './attestation.ts';
import { PASSPORT_ITSELF } from './audit.ts';
import type { CredentialType } from './credential.ts';
import { offerCredentials, type OfferingParts } from './offer-credentials.ts';
import type { Sealer } from './ports/keys.ts';

/** An offer that is due. */
export interface DueOffer {
  readonly id: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly type: CredentialType;
  readonly sealedAttestation?: string;
  readonly dueAt: Date;
}

/** Keeps offers that are due. */
export interface DueOfferStore {
  /** Takes some that are due, so that no other process tries them before then. */
  take(limit: number, now: Date, until: Date): Promise<readonly DueOffer[]>;
  /** Notes that one was made, or why it never will be. Forgets what was to be stated. */
  finish(id: string, outcome: string, now: Date): Promise<void>;
}

/** What making them needs. */
export interface DueOfferParts extends OfferingParts {
  readonly dueOffers: DueOfferStore;
  readonly report: (error: unknown) => void;
}

const AT_ONCE = 20;
/** When one that failed is tried again, in milliseconds. */
const RETRY_MS = 60_000;
/** When one is given up, in milliseconds: a day. */
const GIVEN_UP_MS = 24 * 3_600_000;
/** Refusals that another time may lift. */
const PASSING: ReadonlySet<string> = new Set(['ISSUING_STOPPED', 'NOT_ELIGIBLE', 'NOT_FOUND']);

const context = (id: string): string => `${id} attestation`;

/** Seals what is to be stated. */
export const sealAttestation = (attestation: Attestation, id: string, sealer: Sealer): string =>
  sealer.seal(JSON.stringify(attestation), context(id));

/**
 * Makes the offers that are due. They wait for their person, who collects them by signing in.
 *
 * @returns how many were made
 */
export async function makeDueOffers(parts: DueOfferParts): Promise<number> {
  const { dueOffers, sealer, now, report } = parts;
  let made = 0;
  const until = new Date(now().getTime() + RETRY_MS);
  for (const due of await dueOffers.take(AT_ONCE, now(), until)) {
    try {
      const { sealedAttestation } = due;
      const outcome = await offerCredentials(
        {
          idempotencyKey: due.id,
          staffId: due.staffId,
          types: [due.type],
          attestations:
            sealedAttestation === undefined
              ? []
              : [
                  storedAttestation.parse(
                    JSON.parse(sealer.open(sealedAttestation, context(due.id))),
                  ),
                ],
          deferred: true,
          by: {
            ...PASSPORT_ITSELF,
            name: 'Lanyard staff passport',
            odsCode: due.odsCode,
            requestId: due.id,
          },
        },
        parts,
      );
      const late = now().getTime() - due.dueAt.getTime() > GIVEN_UP_MS;
      if (outcome.kind === 'refused' && PASSING.has(outcome.code) && !late) continue;
      const offered = outcome.kind !== 'refused';
      if (offered) made += 1;
      await dueOffers.finish(due.id, offered ? 'OFFERED' : outcome.code, now());
    } catch (error) {
      // What does not answer now may do so in a minute.
      report(error);
    }
  }
  return made;
}

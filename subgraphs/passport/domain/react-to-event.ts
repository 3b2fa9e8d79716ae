/**
 * What follows from an event. It decides by how things stand, not by what the event says happened, so that the same event
 * twice, late or out of order comes to the same. Nothing ever follows from something being absent.
 */
import type { Attestation } from './attestation.ts';
import { mayChange } from './change-status.ts';
import type { StatusReason } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import type { Claims } from './credential-type.ts';
import { statementHash } from './identifiers.ts';
import { NHS_ENGLAND } from './issuer-kind.ts';
import { CONDITIONAL_STANDINGS } from './registration-standing.ts';
import { hashSource } from './source-hash.ts';
import type {
  CausedChange,
  CausedSignal,
  FollowedCredential,
  FollowedSource,
  Reaction,
  StaffEvent,
  StandingPlacement,
  StandingRegistration,
} from './staff-events.ts';

const NOTHING: Reaction = { changes: [], signals: [], offers: [] };

/** The sources that an event is about, as they stand. */
export function sourcesOf(event: StaffEvent, key: Uint8Array): readonly FollowedSource[] {
  switch (event.type) {
    case 'STAFF_LEFT':
      return [];
    case 'REGISTRATION_CHANGED':
      // A register that says nothing that we know takes back nothing that it said before.
      return event.registrations
        .filter(({ status }) => SPEAKS.has(status))
        .map((one) => ({
          sourceHash: registrationSource(one, key),
          stands: STOPS[one.status] === undefined,
        }));
    case 'PLACEMENT_CHANGED':
      return event.placements.map((one) => {
        const claims = placementClaims(one);
        return {
          sourceHash: placementSource(one, key),
          stands: !one.withdrawn,
          ...(claims === undefined ? {} : { claimsHash: statementHash(claims, key) }),
        };
      });
  }
}

/** What follows from an event for the credentials that a person holds; see `ReactionRules.react`. */
export function reactToEvent(
  event: StaffEvent,
  held: readonly FollowedCredential[],
  changed: ReadonlySet<string>,
  key: Uint8Array,
): Reaction {
  if (event.deceased) return reactToDeath(event, held, key);
  switch (event.type) {
    case 'STAFF_LEFT':
      return reactToLeaving(event, held, key);
    case 'REGISTRATION_CHANGED':
      return reactToRegistrations(event, held, key);
    case 'PLACEMENT_CHANGED':
      return reactToPlacements(event, held, changed, key);
  }
}

/** Everything ends, whoever issued it; nothing is offered to anybody any more, and the last employer is told once. */
function reactToDeath(
  { odsCode, staffId, at }: StaffEvent,
  held: readonly FollowedCredential[],
  key: Uint8Array,
): Reaction {
  const changes = held.flatMap((one) => changeTo(one, 'REVOKED', 'STAFF_MEMBER_DECEASED'));
  const ended = held.some((one) => one.type === 'EMPLOYMENT_ASSIGNMENT' && one.odsCode === odsCode);
  return {
    changes,
    signals: ended ? [employmentEnded({ odsCode, staffId, at }, [odsCode], key)] : [],
    offers: [],
    takesOffersBack: true,
  };
}

/** What trusts are told of an employment that ended. Why it ended is not said. */
const employmentEnded = (
  { odsCode, staffId, at }: Pick<StaffEvent, 'odsCode' | 'staffId' | 'at'>,
  odsCodes: readonly string[],
  key: Uint8Array,
): CausedSignal => ({
  odsCodes,
  about: statementHash(['employment', odsCode, staffId], key),
  said: `LEFT ${at.toISOString()}`,
  onlyAfterAnother: false,
  credential: { type: 'EMPLOYMENT_ASSIGNMENT', state: 'REVOKED' },
});

/** The credential of the employment ends with it. Whoever came back in the meantime has not left. */
function reactToLeaving(
  event: StaffEvent,
  held: readonly FollowedCredential[],
  key: Uint8Array,
): Reaction {
  const { odsCode, worksAt } = event;
  if (worksAt.includes(odsCode)) return NOTHING;
  const changes = held
    .filter((one) => one.type === 'EMPLOYMENT_ASSIGNMENT' && one.odsCode === odsCode)
    .flatMap((one) => changeTo(one, 'REVOKED', 'LEAVING_ORGANISATION'));
  if (changes.length === 0) return NOTHING;
  return {
    changes,
    signals: [employmentEnded(event, [...new Set([odsCode, ...worksAt])], key)],
    // What they did there stays true.
    offers: [{ odsCode, type: 'EMPLOYMENT_HISTORY' }],
  };
}

/**
 * Standings that stop a credential. Conditions do not: the person may practise. They do not end a suspension either, since
 * the credential from before says nothing of them.
 */
const STOPS: Readonly<
  Record<string, { readonly to: 'SUSPENDED' | 'REVOKED'; readonly reason: StatusReason }>
> = {
  SUSPENDED: { to: 'SUSPENDED', reason: 'REGISTRATION_SUSPENDED' },
  INTERIM_SUSPENSION: { to: 'SUSPENDED', reason: 'REGISTRATION_SUSPENDED' },
  NO_LICENCE: { to: 'SUSPENDED', reason: 'NO_LONGER_VALID' },
  LAPSED: { to: 'SUSPENDED', reason: 'NO_LONGER_VALID' },
  REMOVED: { to: 'REVOKED', reason: 'NO_LONGER_VALID' },
};

/**
 * Standings from which something follows, if only that there may be a credential. That a register has no such entry may be
 * a mistyped number: it is told, and nothing follows.
 */
const SPEAKS: ReadonlySet<string> = new Set([
  'REGISTERED',
  ...CONDITIONAL_STANDINGS,
  ...Object.keys(STOPS),
]);

function reactToRegistrations(
  { registrations, worksAt }: StaffEvent,
  held: readonly FollowedCredential[],
  key: Uint8Array,
): Reaction {
  const about = new Map(registrations.map((one) => [registrationSource(one, key), one]));
  const changes: CausedChange[] = [];
  const changed = new Map<string, CausedChange['to']>();
  for (const one of held) {
    if (one.type !== 'PROFESSIONAL_REGISTRATION') continue;
    const named = one.sourceHash === undefined ? undefined : about.get(one.sourceHash);
    // One from before sources were followed is about the person's only registration, or it is left to people.
    const registration =
      named ?? (one.sourceHash === undefined && about.size === 1 ? registrations[0] : undefined);
    if (registration === undefined) continue;
    for (const change of registrationChange(one, registration)) {
      changes.push(change);
      changed.set(registrationSource(registration, key), change.to);
    }
  }
  const signals = [...about].flatMap(([source, registration]): CausedSignal[] => {
    const { body, status, lastCheckedAt } = registration;
    if (status === 'UNKNOWN') return [];
    const state = changed.get(source);
    return [
      {
        odsCodes: worksAt,
        about: source,
        said: status,
        onlyAfterAnother: status === 'REGISTERED' && state === undefined,
        registration: { body, status, lastCheckedAt },
        ...(state === undefined
          ? {}
          : { credential: { type: 'PROFESSIONAL_REGISTRATION', state } }),
      },
    ];
  });
  return { changes, signals, offers: [] };
}

function registrationChange(
  credential: FollowedCredential,
  { status }: StandingRegistration,
): readonly CausedChange[] {
  const stop = STOPS[status];
  if (stop !== undefined) return changeTo(credential, stop.to, stop.reason);
  return status === 'REGISTERED' && credential.suspendedByEvent
    ? changeTo(credential, 'ACTIVE', 'REINSTATED')
    : [];
}

/**
 * A placement that changed gets a new credential, and nothing else about the person does. One that changes again before
 * the new one was collected gets another offer: what was offered before is true no more, and gives nothing.
 */
function reactToPlacements(
  event: StaffEvent,
  held: readonly FollowedCredential[],
  changed: ReadonlySet<string>,
  key: Uint8Array,
): Reaction {
  const reactions = event.placements.map((placement): Reaction => {
    const source = placementSource(placement, key);
    const claims = placement.withdrawn ? undefined : placementClaims(placement);
    const claimsHash = claims && statementHash(claims, key);
    const about = held.filter(
      (one) => one.type === 'TRAINING_PLACEMENT' && one.sourceHash === source,
    );
    const changes = about
      .filter((one) => one.claimsHash !== claimsHash)
      .flatMap((one) => changeTo(one, 'REVOKED', 'NO_LONGER_VALID'));
    const awaited =
      changed.has(source) && about.length > 0 && about.every((one) => one.revokedByEvent);
    if (changes.length === 0 && !awaited) return NOTHING;
    return {
      changes,
      signals:
        changes.length === 0
          ? []
          : [
              {
                odsCodes: [...new Set([...event.worksAt, placement.hostOdsCode])],
                about: source,
                said: claimsHash ?? 'WITHDRAWN',
                onlyAfterAnother: false,
                credential: { type: 'TRAINING_PLACEMENT', state: 'REVOKED' },
              },
            ],
      offers:
        claims === undefined
          ? []
          : [
              {
                odsCode: NHS_ENGLAND,
                type: 'TRAINING_PLACEMENT',
                attestation: placementAttestation(claims, event.at),
              },
            ],
    };
  });
  return {
    changes: reactions.flatMap(({ changes }) => changes),
    signals: reactions.flatMap(({ signals }) => signals),
    offers: reactions.flatMap(({ offers }) => offers),
  };
}

/** A change, when there is one to make. What is being issued was not handed out yet: it is stopped for good. */
function changeTo(
  { id, version, state }: FollowedCredential,
  to: CausedChange['to'],
  reason: StatusReason,
): readonly CausedChange[] {
  const target = state === 'ISSUING' && to === 'SUSPENDED' ? 'REVOKED' : to;
  return mayChange(state, target) ? [{ credentialId: id, version, to: target, reason }] : [];
}

const registrationSource = ({ body, number }: StandingRegistration, key: Uint8Array): string =>
  hashSource('PROFESSIONAL_REGISTRATION', `${body} ${number}`, key);

const placementSource = ({ reference }: StandingPlacement, key: Uint8Array): string =>
  hashSource('TRAINING_PLACEMENT', reference, key);

/** The claims that a credential about this placement would have; `undefined` when the kind does not allow them. */
function placementClaims(placement: StandingPlacement): Claims | undefined {
  const parsed = CREDENTIAL_TYPES.TRAINING_PLACEMENT.shape.safeParse({
    specialty: placement.specialty,
    grade: placement.grade,
    national_post_number: placement.nationalPostNumber,
    lead_employer_ods_code: placement.leadOdsCode,
    host_ods_code: placement.hostOdsCode,
    site: placement.site,
    start_date: placement.startDate,
    end_date: placement.endDate,
    source_reference: placement.reference,
  });
  return parsed.success ? parsed.data : undefined;
}

/** The training record is NHS England's own. */
const placementAttestation = (claims: Claims, at: Date): Attestation => ({
  type: 'TRAINING_PLACEMENT',
  claims,
  provenance: {
    assurance_outcome: 'Onboarding complete',
    verifier: 'Origin',
    verification_method: 'Record Verification',
    last_refresh: `${at.toISOString().slice(0, 10)}T00:00:00Z`,
  },
});

/**
 * The audit trail: who did what to what, when. It holds ids and codes, and nothing else about a person.
 */

/** What is recorded. */
export type AuditAction =
  | 'credential.issuing'
  | 'credential.issued'
  | 'credential.failed'
  | 'credential.status-changed'
  | 'credential.noted'
  | 'stop.requested'
  | 'stop.approved'
  | 'stop.refused'
  | 'stop.withdrawn'
  | 'stop.urgent'
  | 'stop.reviewed'
  | 'presentation.consented'
  | 'presentation.refused'
  | 'deletion.asked'
  | 'deletion.answered'
  | 'requester.reported'
  | 'staff-events.held'
  | 'staff-events.approved'
  | 'staff-events.released'
  | 'signal-receiver.registered'
  | 'signal-receiver.ended'
  | 'signal-receiver.replayed'
  | 'signal-receiver.tested'
  | 'signal-receiver.secret-changed'
  | 'signal-receiver.parked'
  | 'offer.made'
  | 'offer.dead'
  | 'issuing.stopped'
  | 'issuing.started'
  | 'agreement.proposed'
  | 'agreement.accepted'
  | 'agreement.ended'
  | 'accreditation.granted'
  | 'accreditation.withdrawn'
  | 'issuer-registry.published'
  | 'registry-contact.set'
  | 'registry-change.proposed'
  | 'registry-change.applied'
  | 'registry-change.turned-down'
  | 'status-list.reconciled'
  | 'key.made'
  | 'key.activated'
  | 'key.retired'
  | 'key.compromised'
  | 'check-policy.drafted'
  | 'check-policy.activated'
  | 'employment-check.decided'
  | 'employment-check.withdrawn';

/** Who did it. */
export interface AuditActor {
  /** A person's id in the graph, a client id, or an operator's name. */
  readonly subject: string;
  /** Ties the logs together; there is none when no request led to it. */
  readonly requestId?: string;
}

/** One entry. */
export interface AuditEntry {
  readonly at: Date;
  readonly by: AuditActor;
  readonly action: AuditAction;
  /** What it was done to: the id of a credential, a key, a list, or an organisation's code. */
  readonly subject: string;
  /** The organisation that is affected. */
  readonly odsCode?: string;
  /** Codes, counts and ids. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Whoever works the command line, where no name is recorded. */
export const OPERATOR: AuditActor = { subject: 'operator' };
/** The passport process itself: what it does without being asked. */
export const PASSPORT_ITSELF: AuditActor = { subject: 'lanyard-passport' };

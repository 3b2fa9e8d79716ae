/** The audit trail, as it is read and sealed. Written to in the transactions of what it tells of. */
import type { PageRequest } from './credentials.ts';

/** An event as it is kept. What changed is left out: ids and codes that say more together than alone. */
export interface AuditRow {
  /** Rises with every event; orders pages. */
  readonly position: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly requestId?: string;
}

/** Which events. */
export interface AuditFilter {
  readonly actions?: readonly string[];
  readonly actor?: string;
  readonly subject?: string;
  readonly from?: Date;
  /** Not that moment any more. */
  readonly until?: Date;
}

/** One seal. */
export interface AuditSeal {
  /** From 1. */
  readonly position: number;
  /** Position of the last event that it covers. */
  readonly through: number;
  readonly events: number;
  /** HMAC-SHA-256, base64url. */
  readonly hash: string;
  readonly sealedAt: Date;
}

/** Keeps it. Each function is one statement. */
export interface AuditTrail {
  /** An organisation's events, newest first; one more than asked for when there are more. */
  list(odsCode: string, filter: AuditFilter, page: PageRequest): Promise<readonly AuditRow[]>;
  /**
   * Events after one and up to another, oldest first, each as one line of text that holds all of it; without those at or past
   * the first that is newer than a moment, since one with a lower number may still turn up.
   */
  linesAfter(
    after: number,
    until: { readonly through?: number; readonly before?: Date },
    limit: number,
  ): Promise<readonly { readonly position: number; readonly line: string }[]>;
  /** The latest seals, newest first. */
  latestSeals(limit: number): Promise<readonly AuditSeal[]>;
  /** Keeps a seal, unless somebody else has sealed in its place. */
  addSeal(seal: AuditSeal): Promise<void>;
}

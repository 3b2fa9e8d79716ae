/** Where recoveries are kept. */

/** A recovery of a person's account. */
export interface Recovery {
  readonly recoveryId: string;
  readonly staffId: string;
  readonly odsCode: string;
  /** A staff id, or `operator:` and a name. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly approvedBy?: string | undefined;
  readonly approvedAt?: Date | undefined;
}

/** The recoveries that were asked for. */
export interface RecoveryStore {
  add(recovery: Recovery): Promise<void>;
  find(recoveryId: string): Promise<Recovery | undefined>;
  /** Approves a recovery that waits, in one statement. False for anybody but a second person, and when it does not wait. */
  approve(recoveryId: string, by: string): Promise<boolean>;
  /** The latest recoveries of an organisation, newest first. */
  latest(odsCode: string, limit: number): Promise<readonly Recovery[]>;
}

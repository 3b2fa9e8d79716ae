/** The switch that stops issuing. */
import type { AuditActor } from '../audit.ts';

/** Every organisation. */
export const EVERYBODY = '*';

/** A stop, in force or over. */
export interface IssuingStop {
  /** An ODS code, or `*`. */
  readonly odsCode: string;
  readonly reason: string;
  readonly stoppedAt: Date;
  readonly stoppedBy: string;
  readonly startedAt?: Date;
  readonly startedBy?: string;
}

/** Keeps stops. */
export interface IssuingStops {
  /** The stop that keeps this organisation from issuing; its own or everybody's. */
  find(odsCode: string): Promise<IssuingStop | undefined>;
  /** Every stop, newest first, those that are over included. */
  list(limit: number): Promise<readonly IssuingStop[]>;
  /**
   * Stops issuing. When it returns, no credential becomes active any more.
   *
   * @returns the stop in force; an earlier one when issuing was stopped already
   */
  stop(odsCode: string, reason: string, by: AuditActor, now: Date): Promise<IssuingStop>;
  /** Lets issuing go on. False when it was not stopped. */
  start(odsCode: string, by: AuditActor, now: Date): Promise<boolean>;
}

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

/** A stop, and how far it has come. */
export interface DrainedStop extends IssuingStop {
  /**
   * Whether no credential becomes active any more. False when something that was being written before the stop has not
   * ended in time: that may still.
   */
  readonly drained: boolean;
}

/** Keeps stops. */
export interface IssuingStops {
  /** The stop that keeps this organisation from issuing; its own or everybody's. */
  find(odsCode: string): Promise<IssuingStop | undefined>;
  /** Every stop, newest first, those that are over included. */
  list(limit: number): Promise<readonly IssuingStop[]>;
  /**
   * Stops issuing. Whoever begins or completes an issuing from then on is refused; then it waits for what was being
   * written already.
   *
   * @returns the stop in force; an earlier one when issuing was stopped already
   */
  stop(odsCode: string, reason: string, by: AuditActor, now: Date): Promise<DrainedStop>;
  /** Lets issuing go on. False when it was not stopped. */
  start(odsCode: string, by: AuditActor, now: Date): Promise<boolean>;
}

/** What a trust is told about somebody who works there. Ids and codes, and nothing else about the person. */
import type { CredentialType } from './credential.ts';
import type { StaffEventType } from './staff-events.ts';

/** Why trusts are told something: what happened to a person, or what somebody did by hand with a credential. */
export const SIGNAL_CAUSES = [
  'STAFF_LEFT',
  'REGISTRATION_CHANGED',
  'PLACEMENT_CHANGED',
  'CREDENTIAL_CHANGED',
] as const satisfies readonly (StaffEventType | 'CREDENTIAL_CHANGED')[];

/** One of them. */
export type SignalCause = (typeof SIGNAL_CAUSES)[number];

/** One thing that one trust is told. */
export interface Signal {
  readonly id: string;
  /** Rises with every signal; orders pages and deliveries. */
  readonly position: number;
  /** Who is told. */
  readonly odsCode: string;
  readonly staffId: string;
  readonly cause: SignalCause;
  /** The registration that it is about. */
  readonly registration?: {
    readonly body: string;
    readonly status: string;
    /** When the register was last read. */
    readonly readAt?: Date;
  };
  /** The credentials whose status it changed. */
  readonly credential?: {
    readonly type: CredentialType;
    readonly state: 'ACTIVE' | 'SUSPENDED' | 'REVOKED';
  };
  /** When the records learnt of it. */
  readonly happenedAt: Date;
  readonly createdAt: Date;
}

/** Where signals are kept. */
export interface SignalStore {
  /** A trust's signals, newest first; one more than asked for when there are more. */
  list(
    odsCode: string,
    page: { readonly first: number; readonly after?: number },
  ): Promise<readonly Signal[]>;
  /** A trust's signals after a position, oldest first. */
  after(odsCode: string, position: number, limit: number): Promise<readonly Signal[]>;
  /** The position of one of a trust's signals; `undefined` when it has none of that id. */
  positionOf(odsCode: string, id: string): Promise<number | undefined>;
}

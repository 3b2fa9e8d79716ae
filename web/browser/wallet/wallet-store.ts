/** What the wallet keeps on this device, and where. */
import type { DeviceKey } from './device-key.ts';

/** A credential on this device. */
export interface HeldCredential {
  /** Its `jti`. */
  readonly id: string;
  /** Whose it is: a shared browser must not show one person another's. */
  readonly staffId: string;
  /** What it was offered as, e.g. `identity`. */
  readonly configurationId: string;
  /** SD-JWT VC, compact, with all its disclosures. */
  readonly sdJwt: string;
  /** The key that it is bound to. */
  readonly key: DeviceKey;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

/** The wallet's part of this browser's storage. */
export interface WalletStore {
  /** One person's credentials, in the order in which they came. */
  list(staffId: string): Promise<readonly HeldCredential[]>;
  /** Keeps some, in place of those of the same kinds. All or none. */
  keep(credentials: readonly HeldCredential[]): Promise<void>;
  /** Removes everything of everybody. */
  clear(): Promise<void>;
  /** Notes something that is under way between two pages, in place of what had this name. */
  note(name: string, value: unknown): Promise<void>;
  /** What was noted; `undefined` when there is nothing. */
  noted(name: string): Promise<unknown>;
  /** What was noted, and nothing the second time. */
  take(name: string): Promise<unknown>;
}

/** Where the register of organisations and its changes are kept. */
import type { Actor } from '../actor.ts';
import type { AuditActor } from '../audit.ts';
import type { CredentialType } from '../credential.ts';
import type {
  RegisteredOrganisation,
  RegistryChange,
  RegistryLine,
  RegistryWanted,
} from '../registry.ts';
import type { Refusal } from '../user-error.ts';
import type { PageRequest } from './credentials.ts';

/** A repeated call, told by its key. */
interface Repeat {
  readonly key: string;
  readonly requestHash: string;
}

/** A change that somebody asks for. */
export interface ProposedChange {
  readonly id: string;
  readonly wanted: RegistryWanted;
  readonly lines: readonly RegistryLine[];
  readonly basis: string;
  readonly reason: string;
}

/** Whom a change touches that takes something away. */
export interface RegistryEffect {
  readonly credentialsInForce: number;
  readonly offersOpen: number;
  readonly requestsOpen: number;
}

/** Keeps the register. */
export interface Registry {
  /** What is registered about an organisation at a moment. */
  find(odsCode: string, at: Date): Promise<RegisteredOrganisation>;
  /** Organisations about which something is, in order of code, one more than asked for when there are more. */
  list(
    page: { readonly first: number; readonly after?: string | undefined },
    at: Date,
  ): Promise<readonly RegisteredOrganisation[]>;
  /** Whether an organisation may ask holders for credentials. */
  mayCheck(odsCode: string): Promise<boolean>;
  /** Registers whom to ask at an organisation, for an operator. */
  registerContact(
    odsCode: string,
    contact: NonNullable<RegisteredOrganisation['contact']>,
    by: AuditActor,
    now: Date,
  ): Promise<void>;
  /** Counts them. */
  effect(
    odsCode: string,
    taken: { readonly types: readonly CredentialType[]; readonly checking: boolean },
    at: Date,
  ): Promise<RegistryEffect>;

  findChange(id: string): Promise<RegistryChange | undefined>;
  /** Those that concern an organisation, newest first, or all without one; one more than asked for when there are more. */
  listChanges(
    wanted: {
      readonly odsCode: string | undefined;
      readonly state: RegistryChange['state'] | undefined;
    },
    page: PageRequest,
  ): Promise<readonly RegistryChange[]>;
  /** Keeps a change. Refused while another of the same organisation waits. */
  propose(
    change: ProposedChange,
    by: Actor,
    repeat: Repeat,
    now: Date,
  ): Promise<RegistryChange | Refusal>;
  /**
   * Puts a change into the register, with its accreditations, in one transaction. Refused when the register says something
   * else than the change was compared with, and for whoever asked for it.
   *
   * @param anchor under which new accreditations are
   */
  apply(
    changeId: string,
    by: Actor,
    anchor: string,
    repeat: Repeat,
    now: Date,
  ): Promise<RegistryChange | Refusal>;
  turnDown(
    changeId: string,
    by: Actor,
    repeat: Repeat,
    now: Date,
  ): Promise<RegistryChange | Refusal>;
}

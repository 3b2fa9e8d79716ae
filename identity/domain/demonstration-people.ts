/** Invented people for trying out: each signs in by being named. Never in production: `compose.ts` refuses it. */
import type { RoleGrant } from './roles.ts';

/** One of them. */
export interface InventedPerson {
  readonly mail: string;
  readonly password: string;
  /** As what they act. */
  readonly role: RoleGrant['role'];
}

/** Finds whom a sign-in is for, by the hint that the application gave; `undefined` for everybody else. */
export type DemonstrationPeople = (loginHint: string | undefined) => InventedPerson | undefined;

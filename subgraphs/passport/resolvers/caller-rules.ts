/** Who may see and do what here: checked again, whatever the gateway has checked. */
import type { Caller } from '../../../runtime/caller-statement.ts';
import { publicError } from '../../../runtime/graphql-error.ts';
import type { Actor } from '../domain/actor.ts';

/** Refuses a caller without a scope. */
export function requireScope({ scopes }: Caller, scope: string): void {
  if (!scopes.has(scope)) throw publicError('FORBIDDEN');
}

/** The caller acting for an organisation, with one scope. Refuses everybody else. */
export function actingFor(caller: Caller, scope: string): Actor {
  requireScope(caller, scope);
  const { odsCode, subject, name, requestId } = caller;
  if (odsCode === undefined) throw publicError('FORBIDDEN');
  return { subject, name, requestId, odsCode };
}

/** Tells whether the caller is this person, and may read about themselves. */
export const isSelf = ({ kind, subject, scopes }: Caller, staffId: string): boolean =>
  kind === 'person' && subject === staffId && scopes.has('self:read');

/** The organisation whose credentials the caller may read; `undefined` when there is none. */
export const readsFor = ({ scopes, odsCode }: Caller): string | undefined =>
  scopes.has('passport:read') ? odsCode : undefined;

/** Refuses to read about another person without a reason. */
export function requirePurpose({ purpose }: Caller): string {
  if (purpose === undefined) throw publicError('PURPOSE_REQUIRED');
  return purpose;
}

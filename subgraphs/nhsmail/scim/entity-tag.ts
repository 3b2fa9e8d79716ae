/** Requests that hold for one version of a user. Source: RFC 7644, section 3.14; RFC 9110, sections 13.1.1 and 13.1.2. */
import { ScimError } from '../../../standards/scim/scim-error.ts';
import { versionOf } from './user-message.ts';
import type { StoredUser } from './user-store.ts';

/**
 * Checks `If-Match`.
 *
 * @throws {ScimError} 412 when the user has changed
 */
export function checkCondition(ifMatch: string | undefined, user: StoredUser): void {
  if (ifMatch !== undefined && !names(ifMatch, user)) {
    throw new ScimError(412, 'the resource has changed');
  }
}

/** Whether `If-None-Match` names what the user is. */
export const isUnchanged = (ifNoneMatch: string | undefined, user: StoredUser): boolean =>
  ifNoneMatch !== undefined && names(ifNoneMatch, user);

/** SCIM compares weak tags, here as everywhere. */
const names = (header: string, user: StoredUser): boolean =>
  header
    .split(',')
    .map((tag) => tag.trim().replace(/^(?!W\/)(?=")/, 'W/'))
    .some((tag) => tag === '*' || tag === versionOf(user));

/** A user as an answer shows it. Source: RFC 7643, section 3.1. */
import { schemasOf } from '../../../standards/scim/read-resource.ts';
import { isComplex, type ScimResource, type ScimValue } from '../../../standards/scim/schema.ts';
import type { StoredUser } from './user-store.ts';
import { ENTERPRISE, STAFF_ACCOUNT, USER } from './user-type.ts';

/** The entity tag (RFC 7644, section 3.14). */
export const versionOf = ({ version }: Pick<StoredUser, 'version'>): string =>
  `W/"${String(version)}"`;

/** Makes the message, whole. `base` is the base address. */
export function userMessage(user: StoredUser, base: string): ScimResource {
  const { id, odsCode, resource, createdAt, changedAt } = user;
  const enterprise = withReference(resource[ENTERPRISE], base);
  const staffAccount = resource[STAFF_ACCOUNT];
  const whole = {
    id,
    ...resource,
    ...(enterprise === undefined ? {} : { [ENTERPRISE]: enterprise }),
    [STAFF_ACCOUNT]: { ...(isComplex(staffAccount) ? staffAccount : {}), odsCode },
    meta: {
      resourceType: USER.name,
      created: createdAt.toISOString(),
      lastModified: changedAt.toISOString(),
      location: `${base}${USER.endpoint}/${id}`,
      version: versionOf(user),
    },
  };
  return { schemas: schemasOf(USER, whole), ...whole };
}

function withReference(enterprise: ScimValue | undefined, base: string): ScimValue | undefined {
  const manager = isComplex(enterprise) ? enterprise['manager'] : undefined;
  if (!isComplex(enterprise) || !isComplex(manager)) return enterprise;
  const { value } = manager;
  if (typeof value !== 'string') return enterprise;
  return {
    ...enterprise,
    manager: { ...manager, $ref: `${base}${USER.endpoint}/${value}` },
  };
}

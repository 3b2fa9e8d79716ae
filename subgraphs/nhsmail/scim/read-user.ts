/** A user as an organisation sends it, checked. */
import { holdsNhsNumber } from '../../../standards/nhs-number.ts';
import { readResource } from '../../../standards/scim/read-resource.ts';
import {
  isComplex,
  isList,
  type ScimResource,
  type ScimValue,
} from '../../../standards/scim/schema.ts';
import { ScimError } from '../../../standards/scim/scim-error.ts';
import { isJsonObject } from '../../../standards/strict-json.ts';
import { accountOfUser } from './account-of-user.ts';
import { checkDomains } from './mail-domains.ts';
import { USER } from './user-type.ts';

/** Most that one user may take, in bytes of JSON. */
const MAX_SIZE = 12_000;

/** Numbers with ten digits of their own, and ids. */
const NOT_LOOKED_AT: ReadonlySet<string> = new Set(['phoneNumbers', 'manager', 'owners']);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads a user. Passwords are refused, not left out: a client that sends them should stop.
 *
 * @param domains the organisation's mail domains
 * @throws {ScimError} `invalidSyntax` or `invalidValue`
 */
export function readUser(body: unknown, domains: readonly string[]): ScimResource {
  if (isJsonObject(body) && Object.keys(body).some((name) => name.toLowerCase() === 'password')) {
    throw new ScimError('invalidValue', 'passwords are not taken');
  }
  const user = readResource(USER, body);
  if (Buffer.byteLength(JSON.stringify(user)) > MAX_SIZE) {
    throw new ScimError('invalidValue', 'the user is too large');
  }
  for (const text of textsOf(user)) {
    if (!UUID.test(text) && holdsNhsNumber(text)) {
      throw new ScimError('invalidValue', 'a value may be an NHS number: those are not taken');
    }
  }
  const now = new Date(0);
  checkDomains(accountOfUser(user, { id: '', odsCode: '', createdAt: now, at: now }), domains);
  return user;
}

function* textsOf(value: ScimValue): Iterable<string> {
  if (typeof value === 'string') yield value;
  if (isList(value)) for (const item of value) yield* textsOf(item);
  if (isComplex(value)) {
    for (const [name, part] of Object.entries(value)) {
      if (!NOT_LOOKED_AT.has(name)) yield* textsOf(part);
    }
  }
}

/**
 * Changes to parts of a resource (PATCH). Also as directories in the field send them: operations in capitals, "True" for true,
 * names with dots and whole URIs in a value without a path.
 *
 * Source: RFC 7644, section 3.5.2.
 */
import { z } from 'zod';

import { canonicalJson } from '../canonical-json.ts';
import { findAttributePath } from './attribute-path.ts';
import { type PatchPath, parsePatchPath, type ScimFilter } from './filter.ts';
import { foldResource, matchesFilter } from './match-filter.ts';
import { isPrimary, readSingle, readValue } from './read-resource.ts';
import {
  findExtension,
  isComplex,
  isList,
  omitMembers,
  type ResourceType,
  type ScimAttribute,
  type ScimResource,
  type ScimValue,
} from './schema.ts';
import { ScimError } from './scim-error.ts';

/** Schema of the message. */
export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Most operations in one message. */
const MAX_OPERATIONS = 50;
/** Most values that an attribute comes to. */
const MAX_VALUES = 20;

const message = z.object({
  schemas: z.tuple([z.literal(PATCH_SCHEMA)]),
  Operations: z
    .array(
      z
        .object({
          op: z
            .string()
            .transform((op) => op.toLowerCase())
            .pipe(z.enum(['add', 'remove', 'replace'])),
          path: z.string().min(1).optional(),
          value: z.unknown().optional(),
        })
        .refine(({ op, value }) => op === 'remove' || value !== undefined),
    )
    .min(1)
    .max(MAX_OPERATIONS),
});

/** One operation of a message. */
export interface PatchOperation {
  /** What is done, in lower case. */
  readonly op: 'add' | 'remove' | 'replace';
  /** Where; the value says so itself when left out. */
  readonly path?: string | undefined;
  /** Given for all but `remove`. */
  readonly value?: unknown;
}

/** A message that was read. Its paths and values are looked at when it is applied. */
export interface PatchMessage {
  /** In the order in which they are done. */
  readonly Operations: readonly PatchOperation[];
}
type Action = Exclude<PatchOperation['op'], 'remove'>;
type Draft = ScimResource;

/**
 * Reads the message.
 *
 * @throws {ScimError} `invalidSyntax`
 */
export function readPatchMessage(body: unknown): PatchMessage {
  const read = message.safeParse(body);
  if (read.success) return read.data;
  throw new ScimError('invalidSyntax', 'the body is not a PatchOp message', { cause: read.error });
}

/**
 * Applies a message to a resource: all of it, or nothing. The result may lack what is required, and values that exclude each
 * other: read it with `readResource`.
 *
 * @throws {ScimError} `invalidPath`, `invalidValue`, `mutability` or `noTarget`
 */
export function applyPatch(
  type: ResourceType,
  resource: ScimResource,
  { Operations }: PatchMessage,
): ScimResource {
  let draft = resource;
  for (const operation of Operations) draft = applyOperation(type, draft, operation);
  return draft;
}

function applyOperation(type: ResourceType, draft: Draft, operation: PatchOperation): Draft {
  const { op, path, value } = operation;
  if (path !== undefined) {
    const whole = findExtension(type, path);
    if (whole !== undefined) return changeExtension(type, draft, whole.id, operation);
    const target = parsePatchPath(type, path);
    const last = target.subAttribute ?? target.attribute;
    if (target.attribute.mutability === 'readOnly' || last.mutability === 'readOnly') {
      throw new ScimError('mutability', `${last.name} is read-only`);
    }
    if (op === 'remove') return remove(type, draft, target, value);
    return put(type, draft, target, { op, value });
  }
  if (op === 'remove') throw new ScimError('noTarget', 'remove lacks a path');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ScimError('invalidValue', 'an operation without a path takes an object');
  }
  return putAll(type, draft, op, Object.entries(value));
}

/** Names that are not known, or only read, are left out, as in a whole resource. */
function putAll(
  type: ResourceType,
  draft: Draft,
  op: Action,
  entries: readonly (readonly [string, unknown])[],
): Draft {
  let next = draft;
  for (const [name, value] of entries) {
    const extension = findExtension(type, name);
    if (extension !== undefined) {
      next = changeExtension(type, next, extension.id, { op, value });
      continue;
    }
    const target = findAttributePath(type, name);
    const last = target?.subAttribute ?? target?.attribute;
    if (name.toLowerCase() === 'password') {
      throw new ScimError('invalidValue', 'passwords are not taken');
    }
    if (target === undefined || target.attribute.mutability === 'readOnly') continue;
    if (last?.mutability === 'readOnly') continue;
    next = put(type, next, target, { op, value });
  }
  return next;
}

function changeExtension(
  type: ResourceType,
  draft: Draft,
  id: string,
  { op, value }: Pick<PatchOperation, 'op' | 'value'>,
): Draft {
  if (op === 'remove') {
    return omitMembers(draft, [id]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ScimError('invalidValue', 'an extension takes an object');
  }
  return putAll(
    type,
    draft,
    op,
    Object.entries(value).map(([name, part]) => [`${id}:${name}`, part] as const),
  );
}

interface Change {
  readonly op: Action;
  readonly value: unknown;
}

/** Adds or replaces at a path. */
function put(type: ResourceType, draft: Draft, target: PatchPath, change: Change): Draft {
  return changeAt(draft, target, (held) => {
    const { attribute, filter, subAttribute } = target;
    if (attribute.multiValued !== true) {
      return subAttribute === undefined
        ? putSingle(attribute, held, change)
        : withPart(isComplex(held) ? held : {}, subAttribute, change.value);
    }
    const values = isList(held) ? held : [];
    if (filter === undefined && subAttribute === undefined)
      return putValues(attribute, values, change);
    return putSelected(type, values, target, change);
  });
}

/** Of a complex value, what is not named stays (RFC 7644, sections 3.5.2.1 and 3.5.2.3). */
function putSingle(
  attribute: ScimAttribute,
  held: ScimValue | undefined,
  { value }: Change,
): ScimValue | undefined {
  const given = readSingle(attribute, value);
  return isComplex(held) && isComplex(given) ? { ...held, ...given } : given;
}

function putValues(
  attribute: ScimAttribute,
  held: readonly ScimValue[],
  { op, value }: Change,
): ScimValue | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const given = readValue(attribute, list);
  const added = given !== undefined && isList(given) ? given : [];
  if (op === 'replace') return added;
  const known = new Set(held.map((item) => canonicalJson(item)));
  return bounded(
    attribute,
    onePrimary(
      held,
      added.filter((item) => !known.has(canonicalJson(item))),
    ),
  );
}

/** Changes those of several values that a filter selects, or one sub-attribute of them. */
function putSelected(
  type: ResourceType,
  held: readonly ScimValue[],
  { attribute, filter, subAttribute }: PatchPath,
  { op, value }: Change,
): ScimValue | undefined {
  const changed = (item: ScimResource): ScimValue => {
    if (subAttribute !== undefined) return withPart(item, subAttribute, value);
    const given = readSingle(attribute, value);
    return isComplex(given) ? { ...item, ...given } : (given ?? {});
  };
  const selected = held.filter((item) => isSelected(type, attribute, filter, item));
  if (selected.length > 0) {
    const next = held.map((item) =>
      selected.includes(item) && isComplex(item) ? changed(item) : item,
    );
    const primary = next.find((item, index) => isPrimary(item) && !isPrimary(held[index] ?? {}));
    return primary === undefined ? next : next.map((item) => secondaryUnless(item, primary));
  }
  // RFC 7644, section 3.5.2.3. Adding makes the value that was asked for.
  const made = op === 'add' ? whatIsAskedFor(filter) : undefined;
  if (made === undefined)
    throw new ScimError('noTarget', `no value of ${attribute.name} is selected`);
  return bounded(attribute, onePrimary(held, [changed(made)]));
}

/** The value that a filter describes: equalities alone do. */
function whatIsAskedFor(filter: ScimFilter | undefined): ScimResource | undefined {
  if (filter === undefined) return {};
  const terms = filter.kind === 'and' ? filter.filters : [filter];
  const made: Record<string, ScimValue> = {};
  for (const term of terms) {
    if (term.kind !== 'compare' || term.comparison !== 'eq') return undefined;
    made[term.path.attribute.name] = term.value;
  }
  return made;
}

/** Removes at a path: everything there, or the values that a request lists. */
function remove(type: ResourceType, draft: Draft, target: PatchPath, listed: unknown): Draft {
  const { attribute, filter, subAttribute } = target;
  return changeAt(draft, target, (held) => {
    if (held === undefined) return undefined;
    if (!isList(held)) {
      return subAttribute !== undefined && isComplex(held)
        ? without(held, subAttribute)
        : undefined;
    }
    const values = held;
    if (filter === undefined && subAttribute === undefined) {
      if (!Array.isArray(listed)) return undefined;
      const named = new Set(
        listed.map((item: unknown) => keyOf(readSingle(attribute, item) ?? '')),
      );
      return values.filter((item) => !named.has(keyOf(item)));
    }
    return values.flatMap((item) => {
      if (!isSelected(type, attribute, filter, item)) return [item];
      return subAttribute !== undefined && isComplex(item) ? [without(item, subAttribute)] : [];
    });
  });
}

/** What tells a value from the others: `value` where it has one. */
const keyOf = (item: ScimValue): string =>
  canonicalJson(
    isComplex(item) && item['value'] !== undefined ? item['value'] : item,
  ).toLowerCase();

/** Filters look at text in lower case. */
function isSelected(
  type: ResourceType,
  attribute: ScimAttribute,
  filter: ScimFilter | undefined,
  item: ScimValue,
): boolean {
  if (filter === undefined) return true;
  const folded = foldResource(
    { ...type, core: { ...type.core, attributes: [attribute] }, extensions: [] },
    { [attribute.name]: item },
  )[attribute.name];
  return isComplex(folded) && matchesFilter(filter, folded);
}

function changeAt(
  draft: Draft,
  { extension, attribute }: PatchPath,
  change: (held: ScimValue | undefined) => ScimValue | undefined,
): Draft {
  if (extension === undefined)
    return withMember(draft, attribute.name, change(draft[attribute.name]));
  const part = draft[extension.id];
  const held = isComplex(part) ? part : {};
  return withMember(
    draft,
    extension.id,
    withMember(held, attribute.name, change(held[attribute.name])),
  );
}

/** A copy with another value of one member; without it where there is none. */
function withMember(object: ScimResource, name: string, value: ScimValue | undefined): Draft {
  const rest = omitMembers(object, [name]);
  const isNothing =
    value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return isNothing ? rest : { ...rest, [name]: value };
}

const withPart = (item: ScimResource, part: ScimAttribute, value: unknown): ScimResource =>
  withMember(item, part.name, readValue(part, value));

const without = (item: ScimResource, { name }: ScimAttribute): ScimResource =>
  withMember(item, name, undefined);

/** A new primary value takes the place of the one before (RFC 7644, section 3.5.2). */
function onePrimary(held: readonly ScimValue[], added: readonly ScimValue[]): readonly ScimValue[] {
  const primary = added.findLast(isPrimary);
  const values = [...held, ...added];
  return primary === undefined ? values : values.map((item) => secondaryUnless(item, primary));
}

const secondaryUnless = (item: ScimValue, primary: ScimValue): ScimValue =>
  item !== primary && isPrimary(item) && isComplex(item) ? { ...item, primary: false } : item;

function bounded(attribute: ScimAttribute, values: readonly ScimValue[]): readonly ScimValue[] {
  if (values.length <= MAX_VALUES) return values;
  throw new ScimError('invalidValue', `${attribute.name} would have too many values`);
}

/** Which attributes an answer holds. Source: RFC 7644, sections 3.4.2.5 and 3.9; RFC 7643, section 2.2 (`returned`). */
import { type AttributePath, findAttributePath } from './attribute-path.ts';
import {
  coreAttributes,
  isComplex,
  isList,
  omitMembers,
  type ResourceType,
  type ScimResource,
  type ScimValue,
} from './schema.ts';
import { ScimError } from './scim-error.ts';

/** What a request asks to be given. */
export interface AttributeChoice {
  /** These alone, besides those that are always given. */
  readonly attributes?: readonly string[] | undefined;
  /** All but these. */
  readonly excludedAttributes?: readonly string[] | undefined;
}

/** Most names in a choice. */
const MAX_NAMES = 50;

/**
 * Prepares a choice. Names that the kind of resource does not have choose nothing.
 *
 * @returns the function that makes the choice in a resource
 * @throws {ScimError} `invalidValue` for both lists at once, or for a list that is too long
 */
export function chooseAttributes(
  type: ResourceType,
  { attributes, excludedAttributes }: AttributeChoice,
): (resource: ScimResource) => ScimResource {
  if (attributes !== undefined && excludedAttributes !== undefined) {
    throw new ScimError('invalidValue', 'attributes and excludedAttributes exclude each other');
  }
  const names = attributes ?? excludedAttributes;
  if (names === undefined) return (resource) => resource;
  if (names.length > MAX_NAMES)
    throw new ScimError('invalidValue', 'too many attributes are named');
  const paths = names.flatMap((name) => findAttributePath(type, name) ?? []);
  const extensions = type.extensions.filter(({ id }) =>
    names.some((name) => name.toLowerCase() === id.toLowerCase()),
  );
  const always = coreAttributes(type).filter(({ returned }) => returned === 'always');

  return (resource) => {
    if (attributes === undefined) {
      const without = paths
        .filter(({ attribute }) => attribute.returned !== 'always')
        .reduce(withoutPath, resource);
      return omitMembers(
        without,
        extensions.map(({ id }) => id),
      );
    }
    const result: Record<string, ScimValue> = {};
    for (const { name } of [...always]) copy(result, resource, name);
    for (const { id } of extensions) copy(result, resource, id);
    for (const path of paths) copyPath(result, resource, path);
    return result;
  };
}

function copy(into: Record<string, ScimValue>, from: ScimResource, name: string): void {
  const value = from[name];
  if (value !== undefined) into[name] = value;
}

function copyPath(into: Record<string, ScimValue>, from: ScimResource, path: AttributePath): void {
  const { extension, attribute, subAttribute } = path;
  if (extension !== undefined) {
    const part = partOf(from, extension.id);
    const chosen = { ...partOf(into, extension.id) };
    copyPath(chosen, part, { attribute, ...(subAttribute && { subAttribute }) });
    if (Object.keys(chosen).length > 0) into[extension.id] = chosen;
    return;
  }
  const value = from[attribute.name];
  if (value === undefined) return;
  if (subAttribute === undefined) {
    into[attribute.name] = value;
    return;
  }
  const before = into[attribute.name];
  const chosen = mergeChosen(before, pick(value, subAttribute.name));
  if (chosen !== undefined) into[attribute.name] = chosen;
}

const partOf = (resource: ScimResource, id: string): ScimResource => {
  const part = resource[id];
  return isComplex(part) ? part : {};
};

/** One sub-attribute of a value, or of each of several. */
function pick(value: ScimValue, name: string): ScimValue {
  if (isList(value)) return value.map((item) => pick(item, name));
  const part = isComplex(value) ? value[name] : undefined;
  return part === undefined ? {} : { [name]: part };
}

function mergeChosen(before: ScimValue | undefined, more: ScimValue): ScimValue | undefined {
  if (isList(more)) {
    const earlier = before !== undefined && isList(before) ? before : [];
    return more.map((item, index) => mergeChosen(earlier[index], item) ?? {});
  }
  if (!isComplex(more)) return more;
  const merged = { ...(isComplex(before) ? before : {}), ...more };
  return Object.keys(merged).length === 0 ? undefined : merged;
}

function withoutPath(resource: ScimResource, path: AttributePath): ScimResource {
  const { extension, attribute, subAttribute } = path;
  if (extension !== undefined) {
    const part = withoutPath(partOf(resource, extension.id), {
      attribute,
      ...(subAttribute && { subAttribute }),
    });
    return Object.keys(part).length === 0
      ? omitMembers(resource, [extension.id])
      : { ...resource, [extension.id]: part };
  }
  const value = resource[attribute.name];
  if (value === undefined) return resource;
  if (subAttribute === undefined) return omitMembers(resource, [attribute.name]);
  const drop = (one: ScimValue): ScimValue =>
    isComplex(one) ? omitMembers(one, [subAttribute.name]) : one;
  return { ...resource, [attribute.name]: isList(value) ? value.map(drop) : drop(value) };
}

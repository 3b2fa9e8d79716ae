/** Whether a resource, or one of an attribute's values, is what a filter asks for. Source: RFC 7644, section 3.4.2.2. */
import type { AttributePath } from './attribute-path.ts';
import type { Comparison, ScimFilter } from './filter.ts';
import {
  coreAttributes,
  isComplex,
  isList,
  type ResourceType,
  type ScimAttribute,
  type ScimResource,
  type ScimValue,
} from './schema.ts';

/** Tells whether the resource matches. */
export function matchesFilter(filter: ScimFilter, resource: ScimResource): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((one) => matchesFilter(one, resource));
    case 'or':
      return filter.filters.some((one) => matchesFilter(one, resource));
    case 'not':
      return !matchesFilter(filter.filter, resource);
    case 'present':
      return valuesAt(filter.path, resource).length > 0;
    case 'value':
      return itemsAt(filter.path, resource).some(
        (item) => isComplex(item) && matchesFilter(filter.filter, item),
      );
    case 'compare': {
      const { path, comparison, value } = filter;
      const attribute = path.subAttribute ?? path.attribute;
      return valuesAt(path, resource).some((held) =>
        compares(foldedValue(attribute, held), comparison, value),
      );
    }
  }
}

/** A resource as comparisons see it: text in lower case unless case counts. */
export function foldResource(type: ResourceType, resource: ScimResource): ScimResource {
  return Object.fromEntries(
    Object.entries(resource).map(([name, value]) => {
      const extension = type.extensions.find(({ id }) => id === name);
      const attributes = extension?.attributes ?? coreAttributes(type);
      return extension === undefined
        ? [name, foldNamed(attributes, name, value)]
        : [name, foldParts(attributes, value)];
    }),
  );
}

function foldParts(attributes: readonly ScimAttribute[], value: ScimValue): ScimValue {
  if (!isComplex(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, foldNamed(attributes, name, part)]),
  );
}

function foldNamed(
  attributes: readonly ScimAttribute[],
  name: string,
  value: ScimValue,
): ScimValue {
  const attribute = attributes.find((one) => one.name === name);
  return attribute === undefined ? value : foldedValue(attribute, value);
}

function foldedValue(attribute: ScimAttribute, value: ScimValue): ScimValue {
  if (isList(value)) return value.map((item) => foldedValue(attribute, item));
  if (isComplex(value)) return foldParts(attribute.subAttributes ?? [], value);
  const folds = attribute.caseExact !== true && attribute.type !== 'dateTime';
  return typeof value === 'string' && folds ? value.toLowerCase() : value;
}

/** The values of an attribute: none, one, or several. */
function itemsAt(
  { extension, attribute }: AttributePath,
  resource: ScimResource,
): readonly ScimValue[] {
  const place = extension === undefined ? resource : resource[extension.id];
  const value = isComplex(place) ? place[attribute.name] : undefined;
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function valuesAt(path: AttributePath, resource: ScimResource): readonly ScimValue[] {
  const items = itemsAt(path, resource);
  const { subAttribute } = path;
  if (subAttribute === undefined) return items;
  return items.flatMap((item) => (isComplex(item) ? (item[subAttribute.name] ?? []) : []));
}

function compares(held: ScimValue, comparison: Comparison, value: string | boolean): boolean {
  if (typeof held !== 'string' || typeof value !== 'string') return held === value;
  switch (comparison) {
    case 'eq':
      return held === value;
    case 'co':
      return held.includes(value);
    case 'sw':
      return held.startsWith(value);
    case 'ew':
      return held.endsWith(value);
    case 'gt':
      return order(held, value) > 0;
    case 'ge':
      return order(held, value) >= 0;
    case 'lt':
      return order(held, value) < 0;
    case 'le':
      return order(held, value) <= 0;
  }
}

/** The order of code points, as databases have it. */
const order = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Names of attributes as requests write them: `userName`, `name.familyName`, `urn:...:User:department`. Source: RFC 7644, section 3.10. */
import {
  coreAttributes,
  findAttribute,
  type ResourceType,
  type ScimAttribute,
  type ScimSchema,
} from './schema.ts';

/** Where in a resource a value is. */
export interface AttributePath {
  /** The extension that has the attribute; the core schema when left out. */
  readonly extension?: ScimSchema;
  /** The attribute itself. */
  readonly attribute: ScimAttribute;
  /** The part of a complex value; the whole value when left out. */
  readonly subAttribute?: ScimAttribute;
}

/** Longest name of an attribute that is read, in characters. */
const MAX_LENGTH = 300;

/** Finds what a written name means. `undefined` when the kind of resource has no such attribute. */
export function findAttributePath(type: ResourceType, written: string): AttributePath | undefined {
  if (written.length > MAX_LENGTH) return undefined;
  const { schema, rest } = splitSchema(type, written);
  const attributes = schema === undefined ? coreAttributes(type) : schema.attributes;
  const [name = '', subName, ...more] = rest.split('.');
  const attribute = findAttribute(attributes, name);
  if (attribute === undefined || more.length > 0) return undefined;
  const place = schema === undefined ? { attribute } : { extension: schema, attribute };
  if (subName === undefined) return place;
  const subAttribute = findAttribute(attribute.subAttributes ?? [], subName);
  return subAttribute === undefined ? undefined : { ...place, subAttribute };
}

/** Takes the URI of a schema off the front. The core schema's may be written or not. */
function splitSchema(type: ResourceType, written: string) {
  const lower = written.toLowerCase();
  for (const schema of [type.core, ...type.extensions]) {
    const prefix = `${schema.id.toLowerCase()}:`;
    if (lower.startsWith(prefix)) {
      const rest = written.slice(prefix.length);
      return schema === type.core ? { schema: undefined, rest } : { schema, rest };
    }
  }
  return { schema: undefined, rest: written };
}

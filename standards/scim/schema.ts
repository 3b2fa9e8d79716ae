/** What a kind of resource is made of. Source: RFC 7643, sections 2, 3.1 and 7. */

/** A value of a resource: text, true or false, or what is made of them. Numbers do not occur. */
export type ScimValue =
  | string
  | boolean
  | readonly ScimValue[]
  | { readonly [name: string]: ScimValue };

/** A resource with its attributes spelled as the schemas spell them, and nothing else in it. */
export type ScimResource = Readonly<Record<string, ScimValue>>;

/** Whether a value is several. */
export const isList = (value: ScimValue | undefined): value is readonly ScimValue[] =>
  Array.isArray(value);

/** Whether a value is made of named parts. */
export const isComplex = (value: ScimValue | undefined): value is ScimResource =>
  typeof value === 'object' && !Array.isArray(value);

/** A copy without some members. */
export const omitMembers = (object: ScimResource, names: readonly string[]): ScimResource =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** One attribute and its characteristics (RFC 7643, section 2.2). */
export interface ScimAttribute {
  /** As it is spelled in a resource. */
  readonly name: string;
  /** What its values are. */
  readonly type: 'string' | 'boolean' | 'dateTime' | 'reference' | 'complex';
  /** For the client's developer. */
  readonly description: string;
  /** Whether it has several values. */
  readonly multiValued?: true;
  /** Whether a resource has to have it. */
  readonly required?: true;
  /** Whether letters count as written when values are compared. */
  readonly caseExact?: true;
  /** `readWrite` when left out. */
  readonly mutability?: 'readOnly';
  /** `default` when left out. */
  readonly returned?: 'always';
  /** `none` when left out. */
  readonly uniqueness?: 'server' | 'global';
  /** The only values that are taken, when given. */
  readonly canonicalValues?: readonly string[];
  /** What a reference may be to. */
  readonly referenceTypes?: readonly string[];
  /** Parts of a complex value. */
  readonly subAttributes?: readonly ScimAttribute[];
  /** Longest text, in UTF-16 code units; 256 when left out. */
  readonly maxLength?: number;
}

/** A schema: a named set of attributes. */
export interface ScimSchema {
  /** Its URI. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** For the client's developer. */
  readonly description: string;
  /** What it adds to a resource. */
  readonly attributes: readonly ScimAttribute[];
}

/** A kind of resource (RFC 7643, section 6). */
export interface ResourceType {
  /** What `meta.resourceType` says. */
  readonly name: string;
  /** Where its resources are, under the base address. */
  readonly endpoint: string;
  /** For the client's developer. */
  readonly description: string;
  /** The schema whose attributes stand at the top of a resource. */
  readonly core: ScimSchema;
  /** Schemas whose attributes stand under their URI. */
  readonly extensions: readonly ScimSchema[];
}

/** Attributes of every resource (RFC 7643, section 3.1). They are not listed in any schema. */
export const COMMON_ATTRIBUTES: readonly ScimAttribute[] = [
  {
    name: 'schemas',
    type: 'reference',
    description: 'The schemas of the resource',
    multiValued: true,
    mutability: 'readOnly',
    returned: 'always',
    caseExact: true,
  },
  {
    name: 'id',
    type: 'string',
    description: 'The identifier that the service provider gave',
    mutability: 'readOnly',
    returned: 'always',
    caseExact: true,
  },
  {
    name: 'externalId',
    type: 'string',
    description: 'The identifier that the client gave',
    caseExact: true,
  },
  {
    name: 'meta',
    type: 'complex',
    description: 'What the service provider notes of the resource',
    mutability: 'readOnly',
    subAttributes: [
      {
        name: 'resourceType',
        type: 'string',
        description: 'Kind',
        mutability: 'readOnly',
        caseExact: true,
      },
      { name: 'created', type: 'dateTime', description: 'Made', mutability: 'readOnly' },
      { name: 'lastModified', type: 'dateTime', description: 'Changed', mutability: 'readOnly' },
      {
        name: 'location',
        type: 'reference',
        description: 'Address',
        mutability: 'readOnly',
        caseExact: true,
      },
      {
        name: 'version',
        type: 'string',
        description: 'Entity tag',
        mutability: 'readOnly',
        caseExact: true,
      },
    ],
  },
];

/** Attributes at the top of a resource: the common ones and those of its core schema. */
export const coreAttributes = ({ core }: ResourceType): readonly ScimAttribute[] => [
  ...COMMON_ATTRIBUTES,
  ...core.attributes,
];

/** The attribute with a name, in any case (RFC 7643, section 2.1). */
export function findAttribute(
  attributes: readonly ScimAttribute[],
  name: string,
): ScimAttribute | undefined {
  const wanted = name.toLowerCase();
  return attributes.find((attribute) => attribute.name.toLowerCase() === wanted);
}

/** The extension with a URI, in any case. */
export function findExtension(type: ResourceType, uri: string): ScimSchema | undefined {
  const wanted = uri.toLowerCase();
  return type.extensions.find(({ id }) => id.toLowerCase() === wanted);
}

/** A schema as the endpoint `/Schemas` shows it (RFC 7643, section 7). `base` is the base address. */
export const describeSchema = (
  schema: ScimSchema,
  base: string,
): Readonly<Record<string, unknown>> & Pick<ScimSchema, 'id'> => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id: schema.id,
  name: schema.name,
  description: schema.description,
  attributes: schema.attributes.map(describeAttribute),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
});

function describeAttribute(attribute: ScimAttribute): Readonly<Record<string, unknown>> {
  const { name, type, description, canonicalValues, referenceTypes, subAttributes } = attribute;
  return {
    name,
    type,
    multiValued: attribute.multiValued ?? false,
    description,
    required: attribute.required ?? false,
    caseExact: attribute.caseExact ?? false,
    ...(canonicalValues === undefined ? {} : { canonicalValues }),
    mutability: attribute.mutability ?? 'readWrite',
    returned: attribute.returned ?? 'default',
    uniqueness: attribute.uniqueness ?? 'none',
    ...(referenceTypes === undefined ? {} : { referenceTypes }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(describeAttribute) }),
  };
}

/** A kind of resource as the endpoint `/ResourceTypes` shows it (RFC 7643, section 6). */
export const describeResourceType = (
  type: ResourceType,
  base: string,
): Readonly<Record<string, unknown>> & Pick<ScimSchema, 'id'> => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id: type.name,
  name: type.name,
  endpoint: type.endpoint,
  description: type.description,
  schema: type.core.id,
  schemaExtensions: type.extensions.map(({ id }) => ({ schema: id, required: false })),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${type.name}` },
});

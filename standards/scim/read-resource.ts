/** What a client sends as a resource, made into what the schemas say. Source: RFC 7643, sections 2 and 3; RFC 7644, section 3.3. */
import { isJsonObject } from '../strict-json.ts';
import {
  COMMON_ATTRIBUTES,
  findAttribute,
  findExtension,
  isComplex,
  type ResourceType,
  type ScimAttribute,
  type ScimResource,
  type ScimValue,
} from './schema.ts';
import { ScimError } from './scim-error.ts';

/** Most values of one attribute. */
const MAX_VALUES = 20;
/** Longest text unless the attribute says otherwise, in UTF-16 code units. */
const MAX_TEXT = 256;

const WRITTEN: readonly ScimAttribute[] = COMMON_ATTRIBUTES.filter(
  ({ mutability }) => mutability !== 'readOnly',
);

/**
 * Reads a resource. Names come in any case; read-only attributes and those of the core schema that are not kept are left
 * out, as RFC 7644, section 3.3 allows; `null` and empty lists say that there is no value (RFC 7643, section 2.5).
 *
 * @throws {ScimError} `invalidSyntax` or `invalidValue`
 */
export function readResource(type: ResourceType, body: unknown): ScimResource {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'the body is not a JSON object');
  const given = namesInAnyCase(body);
  checkSchemas(type, given.get('schemas'));
  const result: Record<string, ScimValue> = {};
  take(result, [...WRITTEN, ...type.core.attributes], given);
  for (const extension of type.extensions) {
    const part = given.get(extension.id.toLowerCase());
    if (part === undefined || part === null) continue;
    if (!isJsonObject(part))
      throw new ScimError('invalidValue', `${extension.id} is not an object`);
    const values: Record<string, ScimValue> = {};
    take(values, extension.attributes, namesInAnyCase(part));
    if (Object.keys(values).length > 0) result[extension.id] = values;
  }
  const unknown = [...given.keys()].find(
    (name) =>
      name.startsWith('urn:') && name !== type.core.id.toLowerCase() && !findExtension(type, name),
  );
  if (unknown !== undefined) {
    throw new ScimError(
      'invalidSyntax',
      'the body has attributes of a schema that is not supported',
    );
  }
  return result;
}

function take(
  result: Record<string, ScimValue>,
  attributes: readonly ScimAttribute[],
  given: ReadonlyMap<string, unknown>,
): void {
  for (const attribute of attributes) {
    if (attribute.mutability === 'readOnly') continue;
    const value = readValue(attribute, given.get(attribute.name.toLowerCase()));
    if (value !== undefined) result[attribute.name] = value;
    else if (attribute.required === true) {
      throw new ScimError('invalidValue', `${attribute.name} is required`);
    }
  }
}

/**
 * Reads the value of one attribute. `undefined` when it has none.
 *
 * @throws {ScimError} `invalidValue`
 */
export function readValue(attribute: ScimAttribute, given: unknown): ScimValue | undefined {
  if (given === undefined || given === null) return undefined;
  if (attribute.multiValued !== true) return readSingle(attribute, given);
  if (!Array.isArray(given)) throw wrong(attribute, 'is not a list');
  if (given.length > MAX_VALUES)
    throw wrong(attribute, `has more than ${String(MAX_VALUES)} values`);
  const values = given.flatMap((item: unknown) => readSingle(attribute, item) ?? []);
  if (values.filter((value) => isPrimary(value)).length > 1) {
    throw wrong(attribute, 'has more than one primary value');
  }
  return values.length === 0 ? undefined : values;
}

/** Whether a value is the one to use of several (RFC 7643, section 2.4). */
export const isPrimary = (value: ScimValue): boolean =>
  isComplex(value) && value['primary'] === true;

/** Reads one value, also of an attribute that has several. */
export function readSingle(attribute: ScimAttribute, given: unknown): ScimValue | undefined {
  if (given === null) return undefined;
  switch (attribute.type) {
    case 'complex':
      return readComplex(attribute, given);
    case 'boolean':
      return readBoolean(attribute, given);
    case 'dateTime':
      return readMoment(attribute, given);
    case 'reference':
    case 'string':
      return readText(attribute, given);
  }
}

/** As `toISOString` writes it. */
function readMoment(attribute: ScimAttribute, given: unknown): string {
  const moment = typeof given === 'string' && RFC3339.test(given) ? new Date(given) : undefined;
  if (moment === undefined || Number.isNaN(moment.getTime())) {
    throw wrong(attribute, 'is not a date and time with its offset');
  }
  return moment.toISOString();
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

function readComplex(attribute: ScimAttribute, given: unknown): ScimValue | undefined {
  const subAttributes = attribute.subAttributes ?? [];
  // Some clients write the value alone: "manager": "26118915".
  const whole =
    typeof given === 'string' && findAttribute(subAttributes, 'value') !== undefined
      ? { value: given }
      : given;
  if (!isJsonObject(whole)) throw wrong(attribute, 'is not an object');
  const result: Record<string, ScimValue> = {};
  take(result, subAttributes, namesInAnyCase(whole));
  return Object.keys(result).length === 0 ? undefined : result;
}

/** Also "True" and "False", which some directories send. */
function readBoolean(attribute: ScimAttribute, given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  const word = typeof given === 'string' ? given.toLowerCase() : undefined;
  if (word === 'true' || word === 'false') return word === 'true';
  throw wrong(attribute, 'is not true or false');
}

/** Letters that no display shows and no database keeps. Line ends and tabs are not names either. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

function readText(attribute: ScimAttribute, given: unknown): string | undefined {
  if (typeof given !== 'string') throw wrong(attribute, 'is not a text');
  const text = given.normalize('NFC').trim();
  if (text.length > (attribute.maxLength ?? MAX_TEXT)) throw wrong(attribute, 'is too long');
  if (CONTROL.test(text) || !text.isWellFormed()) {
    throw wrong(attribute, 'has characters that are not text');
  }
  if (text === '') return undefined;
  const { canonicalValues } = attribute;
  if (canonicalValues === undefined) return text;
  const value = canonicalValues.find((one) => one.toLowerCase() === text.toLowerCase());
  if (value === undefined) throw wrong(attribute, `is none of ${canonicalValues.join(', ')}`);
  return value;
}

const wrong = ({ name }: ScimAttribute, what: string): ScimError =>
  new ScimError('invalidValue', `${name} ${what}`);

function namesInAnyCase(object: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const entries = Object.entries(object).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const names = new Map(entries);
  if (names.size < entries.length) {
    throw new ScimError('invalidSyntax', 'an attribute is there twice, in different case');
  }
  return names;
}

function checkSchemas(type: ResourceType, given: unknown): void {
  const known = [type.core, ...type.extensions].map(({ id }) => id.toLowerCase());
  if (!Array.isArray(given) || !given.every((one) => typeof one === 'string')) {
    throw new ScimError('invalidSyntax', 'schemas is not a list of URIs');
  }
  const named = given.map((one: string) => one.toLowerCase());
  if (!named.includes(type.core.id.toLowerCase())) {
    throw new ScimError('invalidSyntax', `schemas lacks ${type.core.id}`);
  }
  if (named.some((one) => !known.includes(one))) {
    throw new ScimError('invalidSyntax', 'schemas has one that is not supported');
  }
}

/** The schemas that a resource has values of (RFC 7643, section 3). */
export const schemasOf = (type: ResourceType, resource: ScimResource): readonly string[] => [
  type.core.id,
  ...type.extensions.flatMap(({ id }) => (id in resource ? [id] : [])),
];

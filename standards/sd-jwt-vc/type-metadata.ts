/**
 * The document that says what a type of credential (`vct`) means, how to show it, and which of its claims a holder may
 * keep back.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 5 (type metadata, with display and claim metadata) and section 6
 * (document integrity).
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';
import { isIntegrity } from './integrity.ts';

const shortText = z.string().min(1).max(2_000);
const uri = z.string().min(1).max(2_048);
const integrity = z.string().refine(isIntegrity);
/** A language tag (RFC 5646, section 2.1), by its form. */
const locale = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/);

/** A list in which each language appears once. */
const perLocale = <Shape extends z.ZodType<{ locale: string }>>(shape: Shape) =>
  z
    .array(shape)
    .min(1)
    .max(100)
    .refine(
      (list) => new Set(list.map((one) => one.locale.toLowerCase())).size === list.length,
      'each language once',
    );

const image = z.object({
  uri,
  'uri#integrity': integrity.optional(),
  alt_text: shortText.optional(),
});

const svgTemplate = z.object({
  uri,
  'uri#integrity': integrity.optional(),
  properties: z
    .object({
      orientation: z.enum(['portrait', 'landscape']).optional(),
      color_scheme: z.enum(['light', 'dark']).optional(),
      contrast: z.enum(['normal', 'high']).optional(),
    })
    .refine((properties) => Object.values(properties).some((value) => value !== undefined))
    .optional(),
});

const rendering = z.object({
  simple: z
    .object({
      logo: image.optional(),
      background_image: image.optional(),
      background_color: shortText.optional(),
      text_color: shortText.optional(),
    })
    .optional(),
  svg_templates: z
    .array(svgTemplate)
    .min(1)
    .max(20)
    .refine(
      (list) => list.length === 1 || list.every(({ properties }) => properties !== undefined),
      'properties tell several templates apart',
    )
    .optional(),
});

const typeDisplay = z.object({
  locale,
  name: shortText,
  description: shortText.optional(),
  rendering: rendering.optional(),
});

const claimDisplay = z.object({ locale, label: shortText, description: shortText.optional() });

const claimMetadata = z.object({
  path: z
    .array(z.union([z.string(), z.null(), z.int().min(0)]))
    .min(1)
    .max(16),
  display: perLocale(claimDisplay).optional(),
  mandatory: z.boolean().optional(),
  sd: z.enum(['always', 'allowed', 'never']).optional(),
  svg_id: z
    .string()
    .max(100)
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .optional(),
});

const typeMetadata = z
  .object({
    vct: uri,
    name: shortText.optional(),
    description: shortText.optional(),
    extends: uri.optional(),
    'extends#integrity': integrity.optional(),
    display: perLocale(typeDisplay).optional(),
    claims: z.array(claimMetadata).max(1_000).optional(),
  })
  .refine((type) => type.extends !== undefined || type['extends#integrity'] === undefined)
  .refine((type) => type.extends !== type.vct, 'a type does not extend itself')
  .refine(({ claims = [] }) => allDifferent(claims.map(({ path }) => JSON.stringify(path))))
  .refine(({ claims = [] }) => allDifferent(claims.flatMap(({ svg_id }) => svg_id ?? [])));

const allDifferent = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** A type's metadata. */
export type TypeMetadata = Readonly<z.output<typeof typeMetadata>>;
/** What is said about one claim, or about all claims that a path selects. */
export type ClaimMetadata = Readonly<z.output<typeof claimMetadata>>;
/** A path to claims: member names, `null` for every element of an array, or the index of one. */
export type ClaimMetadataPath = ClaimMetadata['path'];

/** Longest document that is read, in bytes. */
const MAX_DOCUMENT_BYTES = 2 ** 18;

/**
 * Reads a type metadata document. Members that the specification does not define are left out; those that it does have
 * exactly their form, since a rule that is misread is a rule that is not kept.
 *
 * @param document the bytes as they were published
 * @throws {StandardError} `type_metadata_malformed`
 */
export function readTypeMetadata(document: Uint8Array): TypeMetadata {
  if (document.byteLength > MAX_DOCUMENT_BYTES) throw malformed();
  let json: unknown;
  try {
    json = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(document));
  } catch (cause) {
    throw malformed({ cause });
  }
  const parsed = typeMetadata.safeParse(json);
  if (!parsed.success) throw malformed();
  return parsed.data;
}

/**
 * Writes a type metadata document.
 *
 * @returns JSON text; its UTF-8 bytes are what an integrity value covers
 * @throws {StandardError} `type_metadata_malformed` when a reader would refuse it
 */
export function writeTypeMetadata(metadata: TypeMetadata): string {
  const text = JSON.stringify(metadata);
  readTypeMetadata(Buffer.from(text));
  return text;
}

function malformed(options?: ErrorOptions): StandardError {
  return new StandardError(
    'type_metadata_malformed',
    'a type metadata document has the form of SD-JWT VC, section 5',
    options,
  );
}

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

/** A path to claims: member names, `null` for every element of an array, or the index of one. */
export type ClaimMetadataPath = readonly (string | null | number)[];

/** How a claim is shown in one language. */
export interface ClaimDisplay {
  /** Language tag (RFC 5646). */
  readonly locale: string;
  /** For the people who see the claim. */
  readonly label: string;
  /** More about it, for the same people. */
  readonly description?: string | undefined;
}

/** What is said about one claim, or about all claims that a path selects. */
export interface ClaimMetadata {
  /** Which claims. */
  readonly path: ClaimMetadataPath;
  /** Once for each language. */
  readonly display?: readonly ClaimDisplay[] | undefined;
  /** Whether the issuer has to include it; it may unless told. */
  readonly mandatory?: boolean | undefined;
  /** Whether the issuer has to, may or must not let the holder keep it back; `allowed` unless told. */
  readonly sd?: 'always' | 'allowed' | 'never' | undefined;
  /** Its name in SVG templates. */
  readonly svg_id?: string | undefined;
}

/** An image and what pins it. */
export interface TypeImage {
  /** Where it is. */
  readonly uri: string;
  /** The integrity value of its bytes. */
  readonly 'uri#integrity'?: string | undefined;
  /** In its place, for those who do not see it. */
  readonly alt_text?: string | undefined;
}

/** An SVG template and when it fits. */
export interface SvgTemplate {
  /** Where it is. */
  readonly uri: string;
  /** The integrity value of its bytes. */
  readonly 'uri#integrity'?: string | undefined;
  /** What it is made for; at least one of the three. */
  readonly properties?:
    | {
        /** The form of the screen. */
        readonly orientation?: 'portrait' | 'landscape' | undefined;
        /** The user's preference. */
        readonly color_scheme?: 'light' | 'dark' | undefined;
        /** The user's preference. */
        readonly contrast?: 'normal' | 'high' | undefined;
      }
    | undefined;
}

/** How a type is shown in one language. */
export interface TypeDisplay {
  /** Language tag (RFC 5646). */
  readonly locale: string;
  /** For the people who see the credential. */
  readonly name: string;
  /** More about it, for the same people. */
  readonly description?: string | undefined;
  /** What it looks like. */
  readonly rendering?:
    | {
        /** Colours and images. */
        readonly simple?:
          | {
              /** The issuer's or the type's sign. */
              readonly logo?: TypeImage | undefined;
              /** Behind everything else. */
              readonly background_image?: TypeImage | undefined;
              /** A CSS colour. */
              readonly background_color?: string | undefined;
              /** A CSS colour. */
              readonly text_color?: string | undefined;
            }
          | undefined;
        /** Drawings with places for claims. */
        readonly svg_templates?: readonly SvgTemplate[] | undefined;
      }
    | undefined;
}

/** A type's metadata. */
export interface TypeMetadata {
  /** The type, as in the credential's `vct`. */
  readonly vct: string;
  /** For developers. */
  readonly name?: string | undefined;
  /** For developers. */
  readonly description?: string | undefined;
  /** The type that this one adds to. */
  readonly extends?: string | undefined;
  /** The integrity value of that type's document. */
  readonly 'extends#integrity'?: string | undefined;
  /** Once for each language. */
  readonly display?: readonly TypeDisplay[] | undefined;
  /** What is said about claims; each path once. */
  readonly claims?: readonly ClaimMetadata[] | undefined;
}

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

const typeMetadata: z.ZodType<TypeMetadata> = z
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

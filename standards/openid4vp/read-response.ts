/**
 * A wallet's answer, read and not yet believed.
 *
 * Source: OpenID4VP 1.0, sections 8.1, 8.2, 8.3 and 8.5, appendix A.4; HAIP 1.0, section 5 (encrypted answers).
 */
import { timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { decryptMessage, type DecryptionKey } from '../openid4vci/encrypted-message.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject, parseStrictJson } from '../strict-json.ts';
import { readForm } from './form.ts';
import type { ResponseMode } from './request-object.ts';

/** What an answer must fit. */
export interface ResponseRules {
  /** How the request asked for it. */
  readonly mode: ResponseMode;
  /** The private key of the request; answers of a mode that ends in `.jwt` need it. */
  readonly decryptionKey?: DecryptionKey | undefined;
  /** The request's `state`; `undefined` when it had none, as through the Digital Credentials API. */
  readonly state: string | undefined;
  /** The names of what was asked for. */
  readonly queryIds: ReadonlySet<string>;
}

/** An answer. */
export type AuthorizationResponse =
  | {
      /** The wallet presents. */
      readonly kind: 'presentations';
      /** What is presented, by the name of what was asked for; one or more for each. */
      readonly vpToken: ReadonlyMap<string, readonly string[]>;
    }
  | {
      /** The wallet, or its holder, does not. */
      readonly kind: 'error';
      /** Why: a code such as `access_denied` (section 8.5). */
      readonly error: string;
      /** Why, in the wallet's words; printable ASCII, at most 300 characters. */
      readonly description?: string;
    };

/** Longest answer read, in characters. */
export const MAX_RESPONSE_LENGTH = 524_288;
/** Most presentations in one answer. */
const MAX_PRESENTATIONS = 100;

const errorCode = z.string().regex(/^[\x20\x21\x23-\x5b\x5d-\x7e]{1,64}$/);
const parameters = z.object({
  state: z.string().max(1024).optional(),
  error: errorCode.optional(),
  error_description: z.string().optional(),
});
const presentations = z
  .record(z.string(), z.array(z.string().min(1)).min(1).max(MAX_PRESENTATIONS))
  .refine((token) => {
    const count = Object.values(token).reduce((sum, { length }) => sum + length, 0);
    return count >= 1 && count <= MAX_PRESENTATIONS;
  });

/**
 * Reads an answer. What it must do to be believed comes after: each presentation is checked, then the whole set
 * (section 8.6).
 *
 * @param body a form body when the wallet posts it; the JSON text of `data` when it comes through the Digital
 * Credentials API
 * @throws {StandardError} `authorization_response_too_long`, `authorization_response_invalid`, `encrypted_message_invalid`,
 * `state_mismatch`, `vp_token_invalid` or a `json_` code
 */
export async function readAuthorizationResponse(
  body: string,
  rules: ResponseRules,
): Promise<AuthorizationResponse> {
  if (body.length > MAX_RESPONSE_LENGTH) {
    throw new StandardError('authorization_response_too_long', 'the answer is longer than allowed');
  }
  const answer = await opened(rules.mode.startsWith('dc_api') ? json(body) : form(body), rules);
  const said = parameters.safeParse(answer);
  if (!said.success) throw invalid('a member of the answer is malformed');
  const { state, error, error_description: description } = said.data;
  if (!sameState(state, rules.state)) {
    throw new StandardError('state_mismatch', 'the state is not that of the request');
  }
  if (error === undefined) {
    return { kind: 'presentations', vpToken: readVpToken(answer['vp_token'], rules.queryIds) };
  }
  if (answer['vp_token'] !== undefined) throw invalid('an answer is an error or presentations');
  return {
    kind: 'error',
    error,
    ...(description === undefined ? {} : { description: printable(description) }),
  };
}

function json(body: string): JsonObject {
  const value = parseStrictJson(body, { maxLength: MAX_RESPONSE_LENGTH });
  if (!isJsonObject(value)) throw invalid('an answer is a JSON object');
  return value;
}

/** In a form, `vp_token` is JSON text (section 8.2). */
function form(body: string): JsonObject {
  const members = readForm(body);
  if (members === undefined) throw invalid('a parameter comes twice');
  const { vp_token: vpToken, ...rest } = Object.fromEntries(members);
  return vpToken === undefined
    ? rest
    : { ...rest, vp_token: parseStrictJson(vpToken, { maxLength: MAX_RESPONSE_LENGTH }) };
}

/**
 * Decrypts the answer when the request asked for that. A wallet that cannot encrypt may say so in plain words, so an
 * error passes; presentations never do.
 */
async function opened(outer: JsonObject, { mode, decryptionKey }: ResponseRules) {
  const { response } = outer;
  if (!mode.endsWith('.jwt')) {
    if (response !== undefined) throw invalid('the answer was to come unencrypted');
    return outer;
  }
  if (outer['vp_token'] !== undefined) throw invalid('presentations were to come encrypted');
  if (response === undefined && outer['error'] !== undefined) return outer;
  if (typeof response !== 'string' || decryptionKey === undefined || outer['error'] !== undefined) {
    throw invalid('the answer was to come encrypted');
  }
  const inner = await decryptMessage(response, decryptionKey, MAX_RESPONSE_LENGTH);
  if (!isJsonObject(inner)) throw invalid('an answer is a JSON object');
  return inner;
}

function sameState(given: string | undefined, expected: string | undefined): boolean {
  if (given === undefined || expected === undefined) return given === expected;
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function readVpToken(value: unknown, queryIds: ReadonlySet<string>) {
  const token = presentations.safeParse(value);
  if (!token.success || !Object.keys(token.data).every((id) => queryIds.has(id))) {
    throw new StandardError('vp_token_invalid', 'vp_token holds lists of presentations by query');
  }
  return new Map(Object.entries(token.data));
}

const printable = (text: string): string => text.slice(0, 300).replace(/[^\x20-\x7e]/g, '?');

const invalid = (rule: string): StandardError =>
  new StandardError('authorization_response_invalid', rule);

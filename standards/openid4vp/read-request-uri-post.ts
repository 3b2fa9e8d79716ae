/**
 * What a wallet says when it fetches a request object by POST.
 *
 * Source: OpenID4VP 1.0, section 5.10.
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';
import { readForm } from './form.ts';

/** What the wallet said. */
export interface RequestUriPost {
  /** To be repeated in the request object, so that the wallet knows it is fresh. */
  readonly walletNonce?: string;
}

/** Longest body read, in characters. */
const MAX_LENGTH = 32_768;
/** Printable ASCII; it goes back to the wallet inside a signed token. */
const NONCE = /^[\x21-\x7e]{1,512}$/;

const formats = z.record(z.string().max(64), z.unknown());
const metadata = z.looseObject({ vp_formats_supported: formats.optional() });

/**
 * Reads the body of a POST to a `request_uri`.
 *
 * @throws {StandardError} `wallet_metadata_invalid`, also for a wallet that says it cannot present SD-JWT VCs; a `json_` code
 */
export function readRequestUriPost(body: string): RequestUriPost {
  const form = body.length > MAX_LENGTH ? undefined : readForm(body);
  if (form === undefined) throw invalid();
  const walletNonce = form.get('wallet_nonce');
  if (walletNonce !== undefined && !NONCE.test(walletNonce)) throw invalid();
  const text = form.get('wallet_metadata');
  if (text !== undefined) {
    const wallet = metadata.safeParse(parseStrictJson(text, { maxLength: MAX_LENGTH }));
    const presents = wallet.data?.vp_formats_supported;
    if (!wallet.success || (presents !== undefined && !Object.hasOwn(presents, 'dc+sd-jwt'))) {
      throw invalid();
    }
  }
  return walletNonce === undefined ? {} : { walletNonce };
}

const invalid = (): StandardError =>
  new StandardError('wallet_metadata_invalid', 'not what a wallet sends to a request_uri');

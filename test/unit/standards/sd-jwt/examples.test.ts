import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { splitCompactJws, verifyEs256 } from '../../../../standards/compact-jws.ts';
import { publicKeyFromJwk } from '../../../../standards/jwk-thumbprint.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { processSdJwtPayload } from '../../../../standards/sd-jwt/process-sd-jwt.ts';
import { parseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { sdHash } from '../../../../standards/sd-jwt/disclosure.ts';

interface Case {
  readonly name: string;
  readonly user_claims: Record<string, unknown>;
  readonly sd_jwt_payload: Record<string, unknown>;
  readonly verified_contents: Record<string, unknown>;
  readonly sd_jwt_issuance: string;
  readonly sd_jwt_presentation: string;
  readonly kb_jwt_payload?: { readonly sd_hash: string };
}
interface Examples {
  readonly issuer_jwk: object;
  readonly holder_jwk: object;
  readonly cases: readonly Case[];
}
const read = (file: string): Examples =>
  JSON.parse(
    readFileSync(new URL(`../../../vectors/${file}`, import.meta.url), 'utf8'),
  ) as Examples;
const files = [read('sd-jwt-rfc9901-examples.json'), read('sd-jwt-vc-examples.json')];
const cases = files.flatMap(({ cases: list, issuer_jwk, holder_jwk }) =>
  list.map((one) => ({
    ...one,
    issuer: publicKeyFromJwk(issuer_jwk),
    holder: publicKeyFromJwk(holder_jwk),
  })),
);

describe('the examples of RFC 9901 and SD-JWT VC', () => {
  it('are all here', () => {
    expect(cases.length).toBe(17);
  });

  it.each(cases)('$name: the issuer signed it', ({ sd_jwt_issuance, issuer, sd_jwt_payload }) => {
    const { header, payload, signingInput, signature } = splitCompactJws(
      parseSdJwt(sd_jwt_issuance).jwt,
    );
    expect(header['alg']).toBe('ES256');
    expect(payload).toEqual(sd_jwt_payload);
    expect(verifyEs256(signingInput, signature, issuer)).toBe(true);
  });

  it.each(cases)('$name: the presentation says what it should', (example) => {
    const { jwt, disclosures } = parseSdJwt(example.sd_jwt_presentation);
    const { payload } = processSdJwtPayload(splitCompactJws(jwt).payload, disclosures);
    expect(payload).toEqual(example.verified_contents);
  });

  it.each(cases)('$name: with everything disclosed, every claim is there', (example) => {
    const { jwt, disclosures } = parseSdJwt(example.sd_jwt_issuance);
    const processed = processSdJwtPayload(splitCompactJws(jwt).payload, disclosures);
    expect(processed.payload).toEqual(expect.objectContaining(example.user_claims));
    expect(processed.disclosed.length).toBe(disclosures.length);
  });

  it.each(cases)('$name: a holder can show the same', (example) => {
    const wanted = new Set(parseSdJwt(example.sd_jwt_presentation).disclosures);
    const { jwt, disclosures } = parseSdJwt(example.sd_jwt_issuance);
    const { disclosed } = processSdJwtPayload(splitCompactJws(jwt).payload, disclosures);
    const paths = new Set(
      disclosed.filter((one) => wanted.has(one.disclosure)).map(({ path }) => path.join('\n')),
    );
    const shown = presentSdJwt(example.sd_jwt_issuance, (path) => paths.has(path.join('\n')));
    expect(new Set(parseSdJwt(shown).disclosures)).toEqual(wanted);
  });

  it.each(cases.filter((one) => one.kb_jwt_payload !== undefined))(
    '$name: the key binding covers what was shown',
    (example) => {
      const { bound, keyBindingJwt = '' } = parseSdJwt(example.sd_jwt_presentation);
      const binding = splitCompactJws(keyBindingJwt);
      expect(binding.payload['sd_hash']).toBe(sdHash(bound, 'sha-256'));
      expect(verifyEs256(binding.signingInput, binding.signature, example.holder)).toBe(true);
    },
  );
});

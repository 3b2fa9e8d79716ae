/** A forged, lent, stolen or revoked passport, as it looks to the trust that checks it. */
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';

import { beforeAll, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';

import { keyObjectSigner, signCompactJws, splitCompactJws } from '../../standards/compact-jws.ts';
import type { JsonObject } from '../../standards/strict-json.ts';
import { answerByLink, type Dishonesty } from './answer-by-link.ts';
import { answered } from './clients.ts';
import { offerCredentials, type Stage } from './story.ts';
import { collect, type Held } from './wallet.ts';

/** What the cases need of the running system. */
export interface ForgedPassportParts {
  readonly stage: Stage;
  /** Tokens of HR systems: of the trust that issued, and of one that checks. */
  readonly tokenA: string;
  readonly tokenB: string;
  readonly staffId: string;
  /** Runs `lanyard` as an operator. */
  readonly lanyard: (args: readonly string[]) => Promise<string>;
}

interface Seen {
  readonly state: string;
  readonly result: {
    readonly outcome: string;
    readonly checks: readonly CheckSeen[];
    readonly credentials: readonly {
      readonly claims: Readonly<Record<string, unknown>> | null;
      readonly checks: readonly CheckSeen[];
    }[];
  } | null;
}
interface CheckSeen {
  readonly outcome: string;
  readonly code: string | null;
}

type Forging = (header: JsonObject, payload: JsonObject) => string | Promise<string>;

const CLAIMS = ['registration_number', 'registration_status'];
const segment = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** The cases, for a `describe`. */
export function forgedPassport(parts: () => ForgedPassportParts): void {
  let held: Held;

  const ask = async (): Promise<{ readonly id: string; readonly walletUri: string }> => {
    const { stage, tokenB } = parts();
    const { presentationRequest } = await answered<{
      presentationRequest: { request: { id: string; walletUri: string } };
    }>(stage.graph, {
      token: tokenB,
      purpose: 'PRE_EMPLOYMENT',
      query: `mutation Ask($input: PresentationRequestInput!) {
        presentationRequest(input: $input) { request { id walletUri } errors { code } } }`,
      variables: {
        input: {
          idempotencyKey: crypto.randomUUID(),
          sameDevice: false,
          credentials: [{ type: 'PROFESSIONAL_REGISTRATION', claims: CLAIMS }],
        },
      },
    });
    return presentationRequest.request;
  };

  /** What HR sees of a request: the first code that explains the outcome, and everything as text. */
  const look = async (id: string) => {
    const { stage, tokenB } = parts();
    const { presentation } = await answered<{ presentation: Seen }>(stage.graph, {
      token: tokenB,
      purpose: 'PRE_EMPLOYMENT',
      query: `query Look($id: ID!) { presentation(id: $id) { state result { outcome checks { outcome code }
        credentials { disclosed claims checks { name section outcome code } } } } }`,
      variables: { id },
    });
    const { result } = presentation;
    const checks = (result?.credentials ?? []).flatMap((one) => one.checks);
    const failed = [...checks, ...(result?.checks ?? [])].find(({ code }) => code !== null);
    return {
      outcome: result?.outcome,
      code: failed?.code,
      claims: result?.credentials[0]?.claims,
      text: JSON.stringify(presentation),
    };
  };

  const show = async (dishonesty: Dishonesty = {}, what = held) => {
    const request = await ask();
    const { status, presentation } = await answerByLink(what, request.walletUri, dishonesty);
    return { status, presentation, ...(await look(request.id)) };
  };

  /** The issuer's part of a presentation, exchanged. */
  const reissued =
    (make: Forging) =>
    async (presentation: string): Promise<string> => {
      const [jwt = '', ...rest] = presentation.split('~');
      const { header, payload } = splitCompactJws(jwt);
      return [await make(header, payload), ...rest].join('~');
    };
  const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ownSigner = keyObjectSigner({ key: forger.privateKey, kid: 'forger' });

  beforeAll(async () => {
    const { stage, tokenA, staffId } = parts();
    const offer = await offerCredentials(stage, tokenA, staffId, ['PROFESSIONAL_REGISTRATION']);
    const [first] = await collect(offer.uri, offer.transactionCode);
    if (first === undefined) throw new Error('nothing was collected');
    held = first;
  });

  it('a good one is taken, by the way a phone uses', async () => {
    const { status, outcome, claims } = await show();
    expect([status, outcome]).toEqual([200, 'VALID']);
    expect(Object.keys(claims ?? {})).toEqual(expect.arrayContaining(CLAIMS));
  });

  it.each<[string, Forging, string]>([
    [
      'without a signature',
      (header, payload) => `${segment({ ...header, alg: 'none' })}.${segment(payload)}.`,
      'alg_none',
    ],
    [
      'signed with the issuer’s public key as if it were a password',
      (header, payload) => {
        const { x5c } = header as { readonly x5c?: readonly string[] };
        const input = `${segment({ ...header, alg: 'HS256' })}.${segment(payload)}`;
        const pem = createPublicKey({
          key: `-----BEGIN CERTIFICATE-----\n${x5c?.[0] ?? ''}\n-----END CERTIFICATE-----`,
        }).export({ format: 'pem', type: 'spki' });
        return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
      },
      'alg_unsupported',
    ],
    [
      'by a key that nobody knows',
      (header, payload) =>
        signCompactJws(
          { header: { ...header, kid: 'forger', x5c: undefined }, payload },
          ownSigner,
        ),
      'issuer_key_unknown',
    ],
    [
      'by a key that says it is the issuer’s',
      (header, payload) => signCompactJws({ header, payload }, ownSigner),
      'signature_invalid',
    ],
    [
      'by a trust that is not registered',
      (header, payload) => {
        const elsewhere = { ...payload, iss: String(payload['iss']).replace(/RZ1$/, 'RX9') };
        return signCompactJws({ header, payload: elsewhere }, ownSigner);
      },
      'issuer_key_unknown',
    ],
    [
      'with other claims under the old signature',
      (header, payload) => {
        const [, , signature = ''] = (held.sdJwt.split('~')[0] ?? '').split('.');
        return `${segment(header)}.${segment({ ...payload, jti: 'crd_other' })}.${signature}`;
      },
      'signature_invalid',
    ],
  ])('%s', async (_what, make, code) => {
    const seen = await show({ change: reissued(make) });
    expect([seen.status, seen.outcome, seen.code]).toEqual([400, 'INVALID', code]);
    expect(seen.claims ?? null).toBeNull();
  });

  it('on a phone that was lent, or from a photograph: whoever holds the key is not there', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const seen = await show({}, { ...held, key: privateKey });
    expect([seen.outcome, seen.code]).toEqual(['INVALID', 'kb_signature_invalid']);
    const bare = await show({
      change: (presentation) => presentation.slice(0, presentation.lastIndexOf('~') + 1),
    });
    expect([bare.outcome, bare.code]).toEqual(['INVALID', 'key_binding_missing']);
  });

  it('shown before, or to another verifier', async () => {
    const { presentation } = await show();
    const again = await show({ change: () => presentation });
    expect([again.status, again.outcome, again.code]).toEqual([400, 'INVALID', 'kb_nonce_wrong']);
    const elsewhere = await show({ audience: 'x509_hash:another-trust' });
    expect([elsewhere.outcome, elsewhere.code]).toEqual(['INVALID', 'kb_audience_wrong']);
  });

  it('with one byte changed, wherever it is; what is found says nothing of the holder', async () => {
    const [, ...disclosures] = held.sdJwt.split('~').filter((part) => part !== '');
    const personal = disclosures
      .map((one) => JSON.parse(Buffer.from(one, 'base64url').toString()) as unknown[])
      .map((one) => String(one.at(-1)))
      .filter((value) => value.length > 3);
    const flip = (presentation: string, place: number): string => {
      const at = Math.floor(place * presentation.length);
      const other = presentation.charAt(at) === 'A' ? 'B' : 'A';
      return presentation.slice(0, at) + other + presentation.slice(at + 1);
    };
    const places = Array.from({ length: 30 }, (_, index) => (index + 0.5) / 30);
    for (const place of places) {
      const seen = await show({ change: (presentation) => flip(presentation, place) });
      expect([place, seen.status, seen.outcome]).toEqual([place, 400, 'INVALID']);
      expect(seen.code).toMatch(/^[a-z0-9_]+$/);
      expect(personal.filter((value) => seen.text.includes(value))).toEqual([]);
    }
  });

  it('of a trust whose key was stolen: one command ends all that it signed since', async () => {
    const { lanyard } = parts();
    const { kid } = splitCompactJws(held.sdJwt.split('~')[0] ?? '').header;
    const printed = await lanyard([
      'issuer',
      'compromise',
      String(kid),
      '--since',
      '2020-01-01T00:00:00Z',
      '--by',
      'test',
    ]);
    expect(printed).toMatch(/revoked/i);
    const seen = await show();
    expect([seen.status, seen.outcome, seen.code]).toEqual([400, 'INVALID', 'issuer_key_unknown']);
  });
}

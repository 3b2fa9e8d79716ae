/**
 * Issuers, types and keys that are almost the right ones. Everything here is signed with the real key of the real issuer and
 * bound by the real holder: only the name is not quite the name (SD-JWT VC, section 2.5).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openEmbedded } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { signCompactJws, splitCompactJws } from '../../standards/compact-jws.ts';
import { passportAddresses } from '../../subgraphs/passport/domain/addresses.ts';
import type { IssuerKeys } from '../../subgraphs/passport/domain/ports/keys.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  nurse,
  ofOneCredential,
  operations,
  PUBLIC_URL,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { certificateFor } from '../unit/standards/sd-jwt-vc/certificate.ts';
import { testKey } from '../unit/standards/keys.ts';
import { type Canary, startCanary } from './canary.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';
import { startTestEngine } from '../servers/embedded.ts';

// A process is started first, which takes its time on a busy machine.
let engine: EmbeddedEngine;
let bench: Bench;
let keys: IssuerKeys;
let held: Awaited<ReturnType<typeof issueTo>>;
let canary: Canary;

beforeAll(async () => {
  canary = await startCanary();
  engine = await startTestEngine();
  bench = await startPassport({
    database: openEmbedded(engine),
    settings: newSettings(),
    people: new Map([['stf_1', nurse('stf_1')]]),
    runtime: {
      wrap: (name, port) => {
        if (name === 'keys') keys = port as unknown as IssuerKeys;
        return port;
      },
    },
  });
  held = await issueTo(bench, { staffId: 'stf_1', odsCode: 'RZ1', type: 'IDENTITY' });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
  const connections = canary.connections();
  await canary.stop();
  expect(connections).toBe(0);
});

const parts = () => {
  const [jwt = '', ...disclosures] = held.sdJwt.split('~');
  return { ...splitCompactJws(jwt), jwt, disclosures };
};

/** The held credential with other claims or another header, signed again by its issuer. */
async function signedAgain(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Promise<string> {
  const { header: before, payload, disclosures } = parts();
  const signer = await keys.signer('RZ1', 'credential');
  const jwt = await signCompactJws(
    { header: { ...before, ...header }, payload: { ...payload, ...claims } },
    signer,
  );
  return [jwt, ...disclosures].join('~');
}

/** The check that a credential fails at, in the hands of its holder, and how the named check went. */
async function verdict(sdJwt: string, named: string) {
  const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
    input: {
      idempotencyKey: newKey(),
      credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
    },
  });
  const { request } = asked.data?.presentationRequest ?? {};
  if (request === undefined) throw new Error('there is no request');
  const answered = await bench.ask(callers.hr('RZ2'), operations.verify, {
    input: {
      requestId: request.id,
      presentation: await held.wallet.present(sdJwt, request, new Date()),
    },
  });
  const result = ofOneCredential(answered.data?.presentationVerify.result);
  const { checks } = result;
  return {
    outcome: result.outcome,
    code: checks.find(({ outcome }) => outcome === 'FAILED')?.code,
    named: checks.find(({ name }) => name === named)?.outcome,
  };
}

const RIGHT = `${PUBLIC_URL}/trusts/RZ1`;
const { host, hostname } = new URL(PUBLIC_URL);

/** Names that are not the issuer's. */
const NEAR_MISSES: readonly string[] = [
  `${RIGHT}/`,
  `${RIGHT}//`,
  `${RIGHT} `,
  ` ${RIGHT}`,
  `${RIGHT}\n`,
  `${RIGHT}\u0000`,
  `${RIGHT}\u200B`,
  `\uFEFF${RIGHT}`,
  `${RIGHT}#`,
  `${RIGHT}#RZ2`,
  `${RIGHT}?`,
  `${RIGHT}?x=1`,
  `${RIGHT};x=1`,
  `${RIGHT}/x`,
  `${RIGHT}/../RZ1`,
  `${RIGHT}/..`,
  `${RIGHT}/.`,
  `${RIGHT}%20`,
  `${RIGHT}%00`,
  `${PUBLIC_URL}/trusts/./RZ1`,
  `${PUBLIC_URL}/trusts//RZ1`,
  `${PUBLIC_URL}//trusts/RZ1`,
  `${PUBLIC_URL}/x/../trusts/RZ1`,
  `${PUBLIC_URL}/trusts/%52Z1`,
  `${PUBLIC_URL}/trusts%2FRZ1`,
  `${PUBLIC_URL}/%74rusts/RZ1`,
  `${PUBLIC_URL}\\trusts\\RZ1`,
  `${PUBLIC_URL}/trusts/rz1`,
  `${PUBLIC_URL}/trusts/Rz1`,
  `${PUBLIC_URL}/TRUSTS/RZ1`,
  `${PUBLIC_URL}/trust/RZ1`,
  `${PUBLIC_URL}/trusts/RZ`,
  `${PUBLIC_URL}/trusts/RZ11`,
  `${PUBLIC_URL}/trusts/RZ2`,
  `${PUBLIC_URL}/trusts/RZI`,
  `${PUBLIC_URL}/trusts/RZl`,
  `${PUBLIC_URL}/trusts/R\u01B51`,
  `${PUBLIC_URL}/trusts/RZ\uFF11`,
  `${PUBLIC_URL}/trusts/R\u0396\u0031`,
  `${PUBLIC_URL}/trusts/`,
  `${PUBLIC_URL}/trusts`,
  `${PUBLIC_URL}/trusts/*`,
  `${PUBLIC_URL}/trusts/RZ1,RZ2`,
  `${PUBLIC_URL}/verifiers/RZ1`,
  `${PUBLIC_URL}/`,
  PUBLIC_URL,
  'RZ1',
  '/trusts/RZ1',
  RIGHT.replace('https:', 'http:'),
  RIGHT.replace('https:', 'HTTPS:'),
  RIGHT.replace('https:', 'wss:'),
  RIGHT.replace('https://', 'https:'),
  RIGHT.replace('https://', 'https:///'),
  RIGHT.replace('https://', '//'),
  RIGHT.replace('https://', ''),
  RIGHT.replace('https://', 'did:web:').replaceAll('/', ':'),
  RIGHT.replace(host, hostname.toUpperCase()),
  RIGHT.replace(host, `${hostname}:443`),
  RIGHT.replace(host, `${hostname}:8443`),
  RIGHT.replace(host, `${hostname}.`),
  RIGHT.replace(host, `www.${hostname}`),
  RIGHT.replace(host, `${hostname}.evil.example`),
  RIGHT.replace(host, `evil-${hostname}`),
  RIGHT.replace(host, `user@${hostname}`),
  RIGHT.replace(host, `user:word@${hostname}`),
  RIGHT.replace(host, `${hostname}@evil.example`),
  RIGHT.replace(host, hostname.replace('a', '\u0430')),
  RIGHT.replace(host, hostname.replace('p', '\u0440')),
  RIGHT.replace(host, hostname.replace('s', '\u017F')),
  RIGHT.replace(host, hostname.replace('.', '\u3002')),
  RIGHT.replace(host, hostname.replace('.', '%2E')),
  RIGHT.replace(host, `xn--${hostname}`),
  RIGHT.replace(host, '127.0.0.1'),
  RIGHT.replace(host, '[::1]'),
  `https://evil.example/?${RIGHT}`,
  `https://evil.example/#${RIGHT}`,
  `${RIGHT} https://evil.example`,
  `javascript:${RIGHT}`,
  `data:${RIGHT}`,
];

describe('an issuer', () => {
  it('under its own name is known', async () => {
    const { named } = await verdict(await signedAgain({}), 'issuer_signature');
    expect(named).toBe('PASSED');
  });

  it('there are at least fifty near misses, all different', () => {
    expect(new Set(NEAR_MISSES).size).toBe(NEAR_MISSES.length);
    expect(NEAR_MISSES).not.toContain(RIGHT);
    expect(NEAR_MISSES.length).toBeGreaterThanOrEqual(50);
  });

  it.each(NEAR_MISSES.map((iss) => ({ iss })))('$iss is not known', async ({ iss }) => {
    const trust = passportAddresses(PUBLIC_URL).odsCodeOfIssuer(iss);
    expect(trust).not.toBe('RZ1');
    expect(await verdict(await signedAgain({ iss }), 'issuer_key')).toEqual({
      outcome: 'INVALID',
      code: 'issuer_key_unknown',
      named: 'FAILED',
    });
  });

  it.each<[string, unknown]>([
    ['a list', [RIGHT]],
    ['an object', { [RIGHT]: true }],
    ['null', null],
    ['a number', 1],
    ['true', true],
    ['empty', ''],
    ['longer than any address', `${RIGHT}${'/x'.repeat(2000)}`],
  ])('that is %s is none', async (_name, iss) => {
    const { outcome, code } = await verdict(await signedAgain({ iss }), 'issuer_named');
    expect([outcome, code]).toEqual(['INVALID', 'iss_missing']);
  });
});

describe('a type', () => {
  const vct = () => String(parts().payload['vct']);
  const changes: readonly ((right: string) => unknown)[] = [
    (right) => `${right}/`,
    (right) => `${right} `,
    (right) => `${right}\n`,
    (right) => `${right}#`,
    (right) => `${right}?`,
    (right) => `${right}/v2`,
    (right) => `${right}.json`,
    (right) => `${right}\u200B`,
    (right) => right.toUpperCase(),
    (right) => right.replace('https:', 'http:'),
    (right) => right.replace(host, host.toUpperCase()),
    (right) => right.replace(host, `${hostname}:443`),
    (right) => right.replace(host, `${hostname}.`),
    (right) => right.replace(host, `user@${hostname}`),
    (right) => right.replace(host, `${hostname}.evil.example`),
    (right) => right.replace(host, hostname.replace('a', '\u0430')),
    (right) => right.replace('identity', 'identily'),
    (right) => right.replace('identity', '1dentity'),
    (right) => right.replace('identity', 'ident\u0456ty'),
    (right) => right.replace('identity', '%69dentity'),
    (right) => right.replace('identity', 'x/../identity'),
    (right) => right.replace('identity', './identity'),
    (right) => right.replace('identity', 'core-skills-training'),
    (right) => right.slice(0, -1),
    (right) => right.slice(right.lastIndexOf('/') + 1),
    (right) => `urn:${right}`,
    () => RIGHT,
    () => '*',
  ];

  it.each(changes.map((change, at) => ({ at, change })))(
    'under near miss $at is not what was asked for',
    async ({ change }) => {
      expect(change(vct())).not.toBe(vct());
      expect(await verdict(await signedAgain({ vct: change(vct()) }), 'vct_accepted')).toEqual({
        outcome: 'INVALID',
        code: 'vct_not_accepted',
        named: 'FAILED',
      });
    },
  );
});

describe('a key', () => {
  it.each(HOSTILE_NAMES.map((kid, at) => ({ at, kid })))(
    'is not found by hostile name $at',
    async ({ kid }) => {
      const { code } = await verdict(await signedAgain({}, { kid, x5c: undefined }), 'issuer_key');
      expect(['issuer_key_unknown', 'kid_malformed']).toContain(code);
    },
  );

  it('is not found without its name, or by the name of another use', async () => {
    const other = await keys.signer('RZ1', 'status-list');
    for (const kid of [undefined, other.kid]) {
      const { code } = await verdict(await signedAgain({}, { kid, x5c: undefined }), 'issuer_key');
      expect(code).toBe('issuer_key_unknown');
    }
  });

  it('of the issuer’s status lists signs no credential', async () => {
    const { header, payload, disclosures } = parts();
    const signer = await keys.signer('RZ1', 'status-list');
    for (const kid of [String(header['kid']), signer.kid]) {
      const { x5c = [] } = signer;
      const jwt = await signCompactJws({ header: { ...header, kid, x5c }, payload }, signer);
      const { outcome, code } = await verdict([jwt, ...disclosures].join('~'), 'issuer_key');
      expect(outcome).toBe('INVALID');
      expect(['issuer_key_unknown', 'certificate_key_mismatch']).toContain(code);
    }
  });

  it('of one trust signs no credential of another', async () => {
    await keys.signer('RZ9', 'credential');
    const { payload, disclosures } = parts();
    const signer = await keys.signer('RZ9', 'credential');
    const { x5c = [], kid } = signer;
    const header = { typ: 'dc+sd-jwt', kid, x5c };
    const jwt = await signCompactJws({ header, payload }, signer);
    const { outcome, code } = await verdict([jwt, ...disclosures].join('~'), 'issuer_key');
    expect([outcome, code]).toEqual(['INVALID', 'issuer_key_unknown']);
  });

  it('in a certificate that signed itself is not believed', async () => {
    const stranger = testKey('stranger');
    const x5c = [certificateFor(stranger)];
    const { header, payload, disclosures } = parts();
    for (const kid of [header['kid'], 'stranger', undefined]) {
      const jwt = await signCompactJws(
        { header: { ...header, kid, x5c }, payload },
        stranger.signer,
      );
      const { outcome, code } = await verdict([jwt, ...disclosures].join('~'), 'issuer_key');
      expect(outcome).toBe('INVALID');
      expect(['issuer_key_unknown', 'certificate_key_mismatch', 'x5c_malformed']).toContain(code);
    }
  });
});

describe('an address that a credential brings', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['jku', () => signedAgain({}, { jku: canary.url('jwks.json') }), 'jws_header_forbidden'],
    ['x5u', () => signedAgain({}, { x5u: canary.url('chain.pem') }), 'jws_header_forbidden'],
    ['iss', () => signedAgain({ iss: canary.url('trusts/RZ1') }), 'issuer_key_unknown'],
    ['vct', () => signedAgain({ vct: canary.url('types/1') }), 'vct_not_accepted'],
    [
      'status',
      () => signedAgain({ status: { status_list: { uri: canary.url('lists/1'), idx: 0 } } }),
      'status_invalid',
    ],
  ])('in %s is not visited', async (_where, make, expected) => {
    const { outcome, code } = await verdict(await make(), 'issuer_key');
    expect(outcome).not.toBe('VALID');
    expect(code).toBe(expected);
    expect(canary.connections()).toBe(0);
  });

  it('would have been noticed', async () => {
    const other = await startCanary();
    await fetch(other.url('x')).catch(() => undefined);
    expect(other.connections()).toBeGreaterThan(0);
    await other.stop();
  });
});

/**
 * What a token's header may not do: choose its own key, fetch one, or change what the token means (RFC 7515, sections 4.1
 * and 4.1.11; RFC 8725, sections 3.9 and 3.10).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { signCompactJws } from '../../standards/compact-jws.ts';
import { certificateFor } from '../unit/standards/sd-jwt-vc/certificate.ts';
import { testKey } from '../unit/standards/keys.ts';
import { type Canary, startCanary } from './canary.ts';
import { startClientAssertionDoor } from './client-assertion-door.ts';
import { type Door, doors, type Fault, key, type Members, signFor } from './doors.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';

// A process is started first, which takes its time on a busy machine.
const stranger = testKey('key-1');
/** Signed by itself, for an issuer it is not. */
const selfSigned = certificateFor(stranger);

let canary: Canary;
beforeAll(async () => {
  canary = await startCanary();
});
afterAll(async () => {
  const connections = canary.connections();
  await canary.stop();
  // Whatever a header named, nobody went there.
  expect(connections).toBe(0);
});

/** Signs with a key of the attacker's own. */
const byStranger = (door: Door, header: Members): Promise<string> =>
  signCompactJws(
    { header: { kid: undefined, ...door.header, ...header }, payload: door.claims() },
    stranger.signer,
  );

const outside: readonly (readonly [string, () => Members])[] = [
  ['jku', () => ({ jku: canary.url('keys.json') })],
  ['x5u', () => ({ x5u: canary.url('chain.pem') })],
  ['jku without kid', () => ({ jku: canary.url('keys.json'), kid: undefined })],
  ['jku and x5u', () => ({ jku: canary.url('keys.json'), x5u: canary.url('chain.pem') })],
  ['jku of another scheme', () => ({ jku: 'file:///etc/passwd' })],
  ['jku that is a list', () => ({ jku: [canary.url('keys.json')] })],
  ['an empty jku', () => ({ jku: '' })],
];

const extensions: readonly (readonly [string, Fault, Members])[] = [
  ['crit of a claim', 'crit', { crit: ['exp'], exp: 1 }],
  ['crit of a header we read', 'crit', { crit: ['typ'] }],
  ['crit of something unknown', 'crit', { crit: ['urn:example:must'], 'urn:example:must': 1 }],
  ['crit of something absent', 'crit', { crit: ['absent'] }],
  ['an empty crit', 'crit', { crit: [] }],
  ['crit as text', 'crit', { crit: 'exp' }],
  ['crit null', 'crit', { crit: null }],
  ['crit of b64', 'crit', { crit: ['b64'], b64: false }],
  ['crit of b64 true', 'crit', { crit: ['b64'], b64: true }],
  ['b64 false', 'header', { b64: false }],
  ['b64 true', 'header', { b64: true }],
  ['zip DEF', 'header', { zip: 'DEF' }],
  ['zip GZIP', 'header', { zip: 'GZIP' }],
  ['zip null', 'header', { zip: null }],
];

function expectHeadersRefused(name: string, open: () => Door): void {
  describe(`a ${name}`, () => {
    it.each(outside)('is refused with %s, whoever signed', async (_name, header) => {
      const door = open();
      for (const token of [
        await byStranger(door, header()),
        await signFor(door, { header: header() }),
      ]) {
        expect(await door.refusal(token)).toBe(door.reasons.header);
      }
    });

    it.each(extensions)('is refused with %s', async (_name, fault, header) => {
      const door = open();
      expect(await door.refusal(await signFor(door, { header }))).toBe(door.reasons[fault]);
    });

    it('brings no key of its own in jwk', async () => {
      const door = open();
      const refusal = await door.refusal(await byStranger(door, { jwk: key.jwk }));
      const mayBringOne = Object.hasOwn(door.header, 'jwk');
      expect(refusal).toBe(mayBringOne ? door.reasons.signature : door.reasons.header);
    });

    it('brings no key of its own in a certificate it signed itself', async () => {
      const door = open();
      const mistrusted = [door.reasons.signature, door.reasons.key, 'certificate_key_mismatch'];
      for (const kid of ['key-1', 'key-2', undefined]) {
        const token = await byStranger(door, { kid, x5c: [selfSigned] });
        expect(mistrusted).toContain(await door.refusal(token));
      }
    });

    it.each(HOSTILE_NAMES.map((kid, at) => ({ at, kid })))(
      'finds no key by hostile name $at',
      async ({ kid }) => {
        const door = open();
        const refusal = await door.refusal(await byStranger(door, { kid }));
        const fine = [door.reasons.key, 'kid_malformed', door.reasons.malformed];
        expect(fine).toContain(refusal);
      },
    );

    it.each<[string, unknown]>([
      ['a list', ['key-1']],
      ['an object', { kid: 'key-1' }],
      ['a number', 1],
      ['null', null],
      ['true', true],
    ])('finds no key by a kid that is %s', async (_name, kid) => {
      const door = open();
      const refusal = await door.refusal(await byStranger(door, { kid }));
      expect([door.reasons.key, 'kid_malformed']).toContain(refusal);
    });
  });
}

for (const door of doors) expectHeadersRefused(door.name, () => door);

describe('at the token endpoint', () => {
  let started: Awaited<ReturnType<typeof startClientAssertionDoor>>;
  beforeAll(async () => {
    started = await startClientAssertionDoor();
  });
  afterAll(() => started.stop());
  expectHeadersRefused('client assertion', () => started.door);
});

it('there are at least forty hostile names, all different', () => {
  expect(new Set(HOSTILE_NAMES).size).toBe(HOSTILE_NAMES.length);
  expect(HOSTILE_NAMES.length).toBeGreaterThanOrEqual(40);
});

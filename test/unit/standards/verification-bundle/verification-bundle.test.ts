import { beforeAll, describe, expect, it } from '@jest/globals';

import { readIssuerRegistry } from '../../../../standards/issuer-registry/read-issuer-registry.ts';
import {
  readVerificationBundle,
  type VerificationBundle,
  type VerificationBundleRules,
} from '../../../../standards/verification-bundle/read-verification-bundle.ts';
import { verifyOffline } from '../../../../standards/verification-bundle/verify-offline.ts';
import { ADDRESS, KEY_BINDING, NOW, ward } from './ward.ts';

let world: Awaited<ReturnType<typeof ward>>;
beforeAll(async () => {
  world = await ward();
});

const read = (text: string, change: Partial<VerificationBundleRules> = {}) =>
  readVerificationBundle(text, { anchor: world.ours.anchor, now: NOW, ...change });
const bundleOf = (text: string): VerificationBundle => {
  const reading = read(text);
  if (reading.kind === 'refused') throw new Error(reading.fault);
  return reading.bundle;
};
const fault = (text: string, change: Partial<VerificationBundleRules> = {}) => {
  const reading = read(text, change);
  return reading.kind === 'refused' ? reading.fault : undefined;
};

describe('checking away from the network', () => {
  it('comes to what it has to, case by case', async () => {
    const found = await Promise.all(
      world.cases.map(async ({ what, presentation, bundle = 'ordinary', rules = {} }) => {
        const asked = { now: NOW, keyBinding: KEY_BINDING, ...rules };
        const held = bundleOf(world.bundles[bundle]);
        const { outcome, reason } = await verifyOffline(presentation, held, asked);
        return { what, outcome, reason };
      }),
    );
    expect(found).toEqual(
      world.cases.map(({ what, outcome, reason }) => ({ what, outcome, reason })),
    );
  });

  it('says how old the status is, and nothing of the person but what was shown', async () => {
    const { presentation } = world.cases[0] ?? { presentation: '' };
    const rules = { now: NOW, keyBinding: KEY_BINDING };
    const { checks, ...verdict } = await verifyOffline(
      presentation,
      bundleOf(world.bundles.ordinary),
      rules,
    );
    expect(verdict).toEqual({
      offline: true,
      outcome: 'valid',
      format: 'dc+sd-jwt',
      keyBinding: 'checked',
      statusAsOf: new Date('2026-11-25T09:59:00Z'),
      statusAgeSeconds: 7_260,
      statusMaxAgeSeconds: 86_400,
      bundleIssuedAt: new Date('2026-11-25T10:00:00Z'),
      type: 'https://passport.example/credential-types/temporary-placement',
      typeName: 'Temporary placement',
      issuer: 'https://passport.example/trusts/RZ1',
      issuerOds: 'RZ1',
      expiresAt: new Date('2026-11-26T12:00:00Z'),
      claims: { host_ods: 'RZ2', role: 'Staff nurse', nhs: { ods: 'RZ1' } },
    });
    expect(checks.every(({ outcome }) => outcome === 'passed')).toBe(true);
  });

  it.each(['a revoked one', 'another nonce', 'a type that the trust may not issue'])(
    'gives no claims of %s',
    async (what) => {
      const one = world.cases.find((each) => each.what === what);
      const rules = { now: NOW, keyBinding: KEY_BINDING };
      const verdict = await verifyOffline(
        one?.presentation ?? '',
        bundleOf(world.bundles.ordinary),
        rules,
      );
      expect(verdict).not.toHaveProperty('claims');
      expect(JSON.stringify(verdict)).not.toContain('Staff nurse');
    },
  );

  it('says so when no proof of the holder was asked for', async () => {
    const { presentation } = world.cases[0] ?? { presentation: '' };
    const rules = { now: NOW, keyBinding: 'not-required' } as const;
    const bundle = bundleOf(world.bundles.ordinary);
    expect(await verifyOffline(presentation, bundle, rules)).toMatchObject({
      outcome: 'valid',
      keyBinding: 'not-checked',
    });
  });

  it('lets no changed bit of a presentation through', async () => {
    const { presentation } = world.cases[0] ?? { presentation: '' };
    const bundle = bundleOf(world.bundles.ordinary);
    const outcomes = new Set<string>();
    // Every 7th character, in every part.
    for (let at = 0; at < presentation.length; at += 7) {
      const other = presentation[at] === 'A' ? 'B' : 'A';
      const changed = presentation.slice(0, at) + other + presentation.slice(at + 1);
      const rules = { now: NOW, keyBinding: KEY_BINDING };
      outcomes.add((await verifyOffline(changed, bundle, rules)).outcome);
    }
    expect([...outcomes]).toEqual(['invalid']);
  });
});

describe('reading a bundle', () => {
  it('gives what was signed', () => {
    const bundle = bundleOf(world.bundles.ordinary);
    expect(bundle).toMatchObject({
      address: ADDRESS,
      version: 7,
      issuedAt: new Date('2026-11-25T10:00:00Z'),
      expiresAt: new Date('2026-11-26T10:00:00Z'),
      statusListCount: 1,
    });
    expect(bundle.statusMaxAgeSeconds(KEY_BINDING.audience)).toBe(86_400);
    expect(bundle.registry.issuers.map(({ ods }) => ods)).toEqual(['RZ1']);
    expect(bundle.findType('https://passport.example/credential-types/identity')).toBeUndefined();
  });

  it('refuses what is not signed by the register under the anchor', async () => {
    const { sign, ours, theirs, bundles } = world;
    const json = JSON.parse(bundles.ordinary) as Record<string, unknown> & { statement: string };
    const text = (change: object) => JSON.stringify({ ...json, ...change });
    const [header = '', payload = '', signature = ''] = json.statement.split('.');
    const forged = Buffer.from(payload, 'base64url')
      .toString()
      .replace('"version":7', '"version":8');
    const trusts = 'https://passport.example/trusts/RZ1';
    expect({
      nothing: fault(''),
      'not JSON': fault('{'),
      'a member twice': fault(bundles.ordinary.replace('{', '{"types":[],')),
      'another anchor': fault(bundles.ordinary, { anchor: theirs.anchor }),
      'signed under another anchor': fault(await sign({}, theirs.registrar)),
      'signed by a trust': fault(await sign({}, ours.trust)),
      'signed by a trust in its own name': fault(await sign({ address: trusts }, ours.trust)),
      'in the name of another register': fault(
        await sign({ address: 'https://other.example/issuer-registry' }),
      ),
      'from another address than expected': fault(bundles.ordinary, {
        address: 'https://other.example/issuer-registry',
      }),
      'a register in its place': fault(text({ statement: world.registry })),
      'changed claims': fault(
        text({
          statement: [header, Buffer.from(forged).toString('base64url'), signature].join('.'),
        }),
      ),
      'another register': fault(text({ registry: `${world.registry} ` })),
      'a list left out': fault(text({ status_lists: [] })),
      'from tomorrow': fault(bundles.ordinary, { now: new Date('2026-11-25T09:58:59Z') }),
      'at its end': fault(bundles.ordinary, { now: new Date('2026-11-26T10:00:00Z') }),
      'a second before': fault(bundles.ordinary, { now: new Date('2026-11-26T09:59:59Z') }),
      'older than held': fault(bundles.ordinary, { heldVersion: 8 }),
      'the one that is held': fault(bundles.ordinary, { heldVersion: 7 }),
      'a limit past what any may have': fault(await sign({ statusMaxAgeSeconds: 32 * 86_400 })),
    }).toEqual({
      nothing: 'bundle_malformed',
      'not JSON': 'bundle_malformed',
      'a member twice': 'bundle_malformed',
      'another anchor': 'bundle_anchor_wrong',
      'signed under another anchor': 'bundle_anchor_wrong',
      'signed by a trust': 'bundle_address_wrong',
      'signed by a trust in its own name': 'bundle_address_wrong',
      'in the name of another register': 'bundle_address_wrong',
      'from another address than expected': 'bundle_address_wrong',
      'a register in its place': 'bundle_type_wrong',
      'changed claims': 'bundle_signature_invalid',
      'another register': 'bundle_changed',
      'a list left out': 'bundle_malformed',
      'from tomorrow': 'bundle_not_yet_valid',
      'at its end': 'bundle_expired',
      'a second before': undefined,
      'older than held': 'bundle_older',
      'the one that is held': undefined,
      'a limit past what any may have': 'bundle_malformed',
    });
  });

  it('is no register, nor a credential, though one key signs bundle and register', async () => {
    const { statement } = JSON.parse(world.bundles.ordinary) as { readonly statement: string };
    const rules = { address: ADDRESS, anchor: world.ours.anchor, now: NOW };
    expect(readIssuerRegistry(statement, rules)).toEqual({
      kind: 'refused',
      fault: 'registry_type_wrong',
    });
    const bundle = bundleOf(world.bundles.ordinary);
    for (const token of [statement, `${statement}~`, world.registry, world.statusLists[0]?.token]) {
      const asked = { now: NOW, keyBinding: 'not-required' } as const;
      const verdict = await verifyOffline(token ?? '', bundle, asked);
      expect([verdict.outcome, verdict.reason]).toEqual(['invalid', 'typ_wrong']);
    }
  });

  it('finds no list and no type that is not the one signed for', () => {
    const json = JSON.parse(world.bundles.ordinary) as {
      status_lists: string[];
      types: string[];
    };
    const bundle = bundleOf(
      JSON.stringify({ ...json, status_lists: ['x'], types: [`${json.types[0] ?? ''} `] }),
    );
    const changed = expect.objectContaining({ code: 'verification_bundle_changed' });
    expect(() =>
      bundle.findStatusList('https://passport.example/status-lists/AAAAAAAAAAAAAAAAAAAAAA'),
    ).toThrow(changed);
    expect(() =>
      bundle.findType('https://passport.example/credential-types/temporary-placement'),
    ).toThrow(changed);
  });
});

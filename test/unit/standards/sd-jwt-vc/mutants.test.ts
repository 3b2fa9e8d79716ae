import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { verifyPresentation } from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { forge, rules } from './forge.ts';

const good = await forge();
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.= {}"%\u0000é';

/** Whether a text other than the good one is refused, at one check and with nothing unproved told. */
async function isRefused(text: string): Promise<boolean> {
  if (text === good) return true;
  const { outcome, claims, checks } = await verifyPresentation(text, rules);
  const structure = checks.find(({ name }) => name === 'vct_integrity');
  return (
    outcome === 'invalid' &&
    checks.filter((check) => check.outcome === 'failed').length === 1 &&
    (claims !== undefined) === (structure?.outcome === 'passed')
  );
}

describe('mutants of a good presentation', () => {
  it('start from one that is good', async () => {
    expect((await verifyPresentation(good, rules)).outcome).toBe('valid');
  });

  it('with one character changed, added or removed are all refused', async () => {
    const place = fc.nat(good.length);
    const character = fc.constantFrom(...Array.from(alphabet));
    const kind = fc.constantFrom('change', 'add', 'remove');
    await fc.assert(
      fc.asyncProperty(place, character, kind, async (at, one, how) => {
        const rest = good.slice(how === 'add' ? at : at + 1);
        expect(await isRefused(good.slice(0, at) + (how === 'remove' ? '' : one) + rest)).toBe(
          true,
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('with parts swapped, repeated or dropped are all refused', async () => {
    const parts = good.split('~');
    const pick = fc.array(fc.nat(parts.length - 1), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pick, fc.constantFrom('~', '.', '~~'), async (order, glue) => {
        expect(await isRefused(order.map((index) => parts[index]).join(glue))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('with a piece cut out, doubled or turned to noise are all refused', async () => {
    const range = fc.tuple(fc.nat(good.length), fc.nat(40));
    const noise = fc.oneof(
      fc.constant(''),
      fc.string({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(range, noise, fc.boolean(), async ([at, length], text, doubled) => {
        const piece = good.slice(at, at + length);
        expect(
          await isRefused(
            good.slice(0, at) + (doubled ? piece + piece : text) + good.slice(at + length),
          ),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('in JWS JSON form, with any members turned to something else, are all refused', async () => {
    const [jwt = '', ...rest] = good.split('~');
    const [header, payload, signature] = jwt.split('.');
    const unprotected = { disclosures: rest.slice(0, -1), kb_jwt: rest.at(-1) };
    const jws: Record<string, unknown> = {
      protected: header,
      payload,
      signature,
      header: unprotected,
    };
    const name = fc.constantFrom('protected', 'payload', 'signature', 'header', 'signatures');
    await fc.assert(
      fc.asyncProperty(name, fc.jsonValue({ maxDepth: 3 }), async (member, value) => {
        expect(await isRefused(JSON.stringify({ ...jws, [member]: value }))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

it('any payload an issuer could sign by mistake gets an answer', async () => {
  const name = fc.oneof(
    fc.constantFrom(
      '_sd',
      '...',
      '_sd_alg',
      'cnf',
      'status',
      'exp',
      'nbf',
      'iat',
      'aud',
      'aka_vcts',
      'vct',
      'iss',
      'jti',
      'vct#integrity',
    ),
    fc.string({ maxLength: 5 }),
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(
      { _sd: [1] },
      [{ '...': 'x' }],
      { '...': 1 },
      { _sd: { _sd: [] } },
      { status_list: [] },
    ),
  );
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 4 }), async (payload) => {
      const verdict = await verifyPresentation(await forge({ payload }), rules);
      outcomes.add(verdict.outcome);
      const failed = verdict.checks.filter(({ outcome }) => outcome === 'failed');
      expect(failed).toHaveLength(verdict.outcome === 'valid' ? 0 : 1);
    }),
    { numRuns: 1500 },
  );
  expect(outcomes.has('invalid')).toBe(true);
});

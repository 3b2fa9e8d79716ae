import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { signCompactJws } from '../../../../standards/compact-jws.ts';
import { CHECKS } from '../../../../standards/sd-jwt-vc/checks.ts';
import { verifyPresentation } from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { WHOLE } from '../../../faults/whole.ts';
import { digest, forge, holder, rules, seconds } from './forge.ts';
import { mutantsOf } from './mutants.ts';

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

/** What is wrong with the verdict on a mutant; `undefined` when it is a refusal with a whole list of checks. */
async function complaint(text: string): Promise<string | undefined> {
  const { outcome, checks, claims, status, holderThumbprint } = await verifyPresentation(
    text,
    rules,
  );
  const failed = checks.findIndex((check) => check.outcome === 'failed');
  if (outcome !== 'invalid') return outcome;
  if (checks.some(({ name }, at) => name !== CHECKS[at]?.[0]) || checks.length !== CHECKS.length) {
    return 'the checks are not all there';
  }
  const before = checks.slice(0, failed).every((check) => check.outcome === 'passed');
  const after = checks.slice(failed + 1).every((check) => check.outcome === 'not-reached');
  if (failed === -1 || !before || !after) return 'not one check alone has failed';
  const structure = checks.find(({ name }) => name === 'vct_integrity')?.outcome === 'passed';
  if ((claims !== undefined) !== structure) return 'claims are told that were not proved';
  if (status !== undefined || holderThumbprint !== undefined) return 'more is told than was proved';
  return undefined;
}

describe('every byte of a good presentation', () => {
  /** One in so many when not all of them are tried. */
  const STRIDE = WHOLE ? 1 : 7;

  it('can be changed in a hundred thousand ways, and none is accepted', async () => {
    let made = 0;
    let tried = 0;
    const complaints: string[] = [];
    const reasons = new Set<string>();
    for (const { text, part } of mutantsOf(good)) {
      made += 1;
      reasons.add(part);
      if (made % STRIDE !== 0) continue;
      tried += 1;
      const found = await complaint(text);
      if (found !== undefined) complaints.push(`${part}: ${found}`);
    }
    expect(complaints).toEqual([]);
    expect(made).toBeGreaterThan(100_000);
    expect(tried).toBeGreaterThan(WHOLE ? 100_000 : 14_000);
    expect(reasons.size).toBe(7);
  }, 600_000);

  it('can be changed by its holder, who binds it again, and none is accepted', async () => {
    let made = 0;
    const complaints: string[] = [];
    for (const { text, part } of mutantsOf(good)) {
      if (!part.startsWith('credential') && part !== 'disclosure') continue;
      made += 1;
      if (made % STRIDE !== 0) continue;
      const bound = text.slice(0, text.lastIndexOf('~') + 1);
      const proof = await signCompactJws(
        {
          header: { typ: 'kb+jwt', kid: undefined },
          payload: { iat: seconds, aud: 'verifier', nonce: 'nonce-1', sd_hash: digest(bound) },
        },
        holder.signer,
      );
      const found = await complaint(bound + proof);
      if (found !== undefined) complaints.push(`${part}: ${found}`);
    }
    expect(complaints).toEqual([]);
    expect(made).toBeGreaterThan(5_000);
  }, 600_000);
});

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

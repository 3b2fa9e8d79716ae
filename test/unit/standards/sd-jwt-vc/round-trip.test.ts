/**
 * From issue to check, for any claims and any choice of the holder: what was selected arrives, with what leads to it, and
 * nothing else leaves the wallet. The properties are also asked of parts with a bug in them, and must find each one.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { signCompactJws, splitCompactJws } from '../../../../standards/compact-jws.ts';
import { hideClaims, type SdJwtClaims } from '../../../../standards/sd-jwt/issue-sd-jwt.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import {
  type ClaimPath,
  processSdJwtPayload,
} from '../../../../standards/sd-jwt/process-sd-jwt.ts';
import { parseSdJwt, serialiseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { issueSdJwtVc } from '../../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import { verifyPresentation } from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { anyCase, type Case } from './claim-trees.ts';
import { claims as base, disclosure, holder, issuer, now, rules } from './forge.ts';

/** The parts of the way. */
interface Way {
  readonly issue: (content: SdJwtClaims) => Promise<string>;
  readonly present: (sdJwt: string, select: (path: ClaimPath) => boolean) => string;
  readonly bind: (presentation: string) => Promise<string>;
  readonly read: (presentation: string) => Promise<{
    readonly outcome: string;
    readonly claims?: Readonly<Record<string, unknown>>;
  }>;
}

const right: Way = {
  issue: (content) => issueSdJwtVc(content, issuer.signer),
  present: presentSdJwt,
  bind: (presentation) =>
    createKeyBoundPresentation(
      { presentation, audience: 'verifier', nonce: 'nonce-1', now },
      holder.signer,
    ),
  read: (presentation) => verifyPresentation(presentation, rules),
};

/** Everything a presentation says, decoded. */
function decoded(presentation: string): string {
  return presentation
    .split(/[~.]/)
    .map((piece) => Buffer.from(piece, 'base64url').toString())
    .join('\n');
}

const contentOf = ({ claims, disclose, decoys }: Case): SdJwtClaims => ({
  claims: { ...base, ...claims },
  disclose,
  decoys,
});

/** Every digest in a payload or a disclosure's value. */
function digestsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(digestsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '_sd' ? (inner as unknown[]) : name === '...' ? [inner] : digestsIn(inner),
  );
}

type Property = fc.IAsyncProperty<unknown[]>;
const propertyOf = (holds: (one: Case) => Promise<void>): Property =>
  fc.asyncProperty(anyCase, holds);

const properties = {
  'what was selected arrives with what leads to it, and nothing else': (way: Way) =>
    propertyOf(async (one) => {
      const issued = await way.issue(contentOf(one));
      const shown = way.present(issued, one.selects);
      const { outcome, claims } = await way.read(await way.bind(shown));
      expect(outcome).toBe('valid');
      expect(claims).toEqual({ ...base, ...one.seen });
      expect(parseSdJwt(shown).disclosures).toHaveLength(one.sent);
    }),

  'what was kept back is not found in what the holder sends': (way: Way) =>
    propertyOf(async (one) => {
      const sent = decoded(
        await way.bind(way.present(await way.issue(contentOf(one)), one.selects)),
      );
      for (const secret of one.secrets) expect(sent).not.toContain(secret);
    }),

  'what the issuer signs hides all that may be kept back, among decoys': (way: Way) =>
    propertyOf(async (one) => {
      const { jwt, disclosures } = parseSdJwt(await way.issue(contentOf(one)));
      const parts = disclosures.map(
        (text) => JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[],
      );
      const { payload } = splitCompactJws(jwt);
      const digests = [payload, ...parts.map((part) => part.at(-1))].flatMap(digestsIn);
      expect(disclosures).toHaveLength(one.disclosures);
      expect(digests).toHaveLength(one.disclosures + one.decoys * one.places);
      expect(new Set(digests).size).toBe(digests.length);
      expect(new Set(parts.map(([salt]) => salt)).size).toBe(disclosures.length);
      for (const [salt] of parts) expect(String(salt)).toMatch(/^[\w-]{22}$/);
      const { payload: whole } = processSdJwtPayload(payload, disclosures);
      expect(whole).toEqual({ ...base, ...one.claims });
    }),

  'what was not issued or not bound is refused': (way: Way) =>
    propertyOf(async (one) => {
      const issued = await way.issue(contentOf(one));
      const { jwt, disclosures } = parseSdJwt(issued);
      const shown = way.present(issued, one.selects);
      const stray = serialiseSdJwt(jwt, [...parseSdJwt(shown).disclosures, disclosure('more', 1)]);
      expect((await way.read(await way.bind(stray))).outcome).toBe('invalid');
      expect((await way.read(shown)).outcome).toBe('invalid');
      const proof = (await way.bind(serialiseSdJwt(jwt, []))).split('~').at(-1) ?? '';
      const others = one.sent > 0 ? shown : issued;
      const bare = parseSdJwt(others).disclosures.length === 0;
      expect((await way.read(others + proof)).outcome).toBe(bare ? 'valid' : 'invalid');
      expect(disclosures).toHaveLength(one.disclosures);
    }),
} satisfies Readonly<Record<string, (way: Way) => Property>>;

const RUNS = 250;

describe('on the way from issue to check', () => {
  it.each(Object.entries(properties))('%s', async (_name, property) => {
    await expect(fc.assert(property(right), { numRuns: RUNS })).resolves.toBeUndefined();
  });
});

const keepOnly = (sdJwt: string, keeps: (path: ClaimPath) => boolean): string => {
  const { jwt, disclosures } = parseSdJwt(sdJwt);
  const { disclosed } = processSdJwtPayload(splitCompactJws(jwt).payload, disclosures);
  const kept = new Set(disclosed.filter(({ path }) => keeps(path)).map((one) => one.disclosure));
  return serialiseSdJwt(
    jwt,
    disclosures.filter((one) => kept.has(one)),
  );
};

/** Signs a payload that did not come out of `hideClaims` as it should. */
const signAnyway = async (payload: object, disclosures: readonly string[]): Promise<string> =>
  serialiseSdJwt(
    await signCompactJws({ header: { typ: 'dc+sd-jwt' }, payload }, issuer.signer),
    disclosures,
  );

/** Bugs that somebody could make, each in one part of the way. */
const bugs: Readonly<Record<string, Partial<Way>>> = {
  'an issuer that hides only at the top': {
    issue: ({ disclose, ...content }) =>
      right.issue({
        ...content,
        disclose: disclose._sd === undefined ? {} : { _sd: disclose._sd },
      }),
  },
  'an issuer that hides nothing': {
    issue: (content) => right.issue({ ...content, disclose: {} }),
  },
  'an issuer that leaves open what it hides': {
    issue: (content) => {
      const { payload, disclosures } = hideClaims(content);
      return signAnyway({ ...payload, ...content.claims }, disclosures);
    },
  },
  'an issuer without decoys': {
    issue: (content) => right.issue({ ...content, decoys: 0 }),
  },
  'an issuer that forgets a disclosure': {
    issue: async (content) => {
      const { jwt, disclosures } = parseSdJwt(await right.issue(content));
      return serialiseSdJwt(jwt, disclosures.slice(1));
    },
  },
  'an issuer that hands a disclosure out twice': {
    issue: async (content) => {
      const { jwt, disclosures } = parseSdJwt(await right.issue(content));
      return serialiseSdJwt(jwt, [...disclosures, ...disclosures.slice(0, 1)]);
    },
  },
  'a wallet that shows everything': { present: (sdJwt) => sdJwt },
  'a wallet that shows nothing': { present: (sdJwt) => presentSdJwt(sdJwt, () => false) },
  'a wallet that leaves out what leads to a claim': { present: keepOnly },
  'a wallet that shows what is inside a claim with it': {
    present: (sdJwt, select) =>
      presentSdJwt(sdJwt, (path) => path.some((_step, at) => select(path.slice(0, at + 1)))),
  },
  'a wallet that counts elements from one': {
    present: (sdJwt, select) =>
      presentSdJwt(sdJwt, (path) =>
        select(path.map((step) => (typeof step === 'number' ? step + 1 : step))),
      ),
  },
  'a wallet that takes an index for a name': {
    present: (sdJwt, select) => presentSdJwt(sdJwt, (path) => select(path.map(String))),
  },
  'a wallet that looks at the last step alone': {
    present: (sdJwt, select) => presentSdJwt(sdJwt, (path) => select(path.slice(-1))),
  },
  'a verifier that drops what has no place': {
    read: async (presentation) => {
      const { jwt, disclosures, keyBindingJwt = '' } = parseSdJwt(presentation);
      const placed = disclosures.filter((one) => one !== disclosure('more', 1));
      const read = await right.read(serialiseSdJwt(jwt, placed, keyBindingJwt));
      const lenient = { ...rules, keyBinding: 'not-required' as const };
      return read.outcome === 'valid' || placed.length === disclosures.length
        ? read
        : verifyPresentation(serialiseSdJwt(jwt, placed), lenient);
    },
  },
  'a verifier that asks for no key binding': {
    read: (presentation) =>
      verifyPresentation(presentation, { ...rules, keyBinding: 'not-required' }),
  },
  'a verifier that sorts elements': {
    read: async (presentation) => {
      const { outcome, claims = {} } = await right.read(presentation);
      return { outcome, claims: sorted(claims) as Record<string, unknown> };
    },
  },
  'a verifier that leaves an undisclosed element as null': {
    read: async (presentation) => {
      const { jwt, disclosures } = parseSdJwt(presentation);
      const read = await right.read(presentation);
      const { payload } = splitCompactJws(jwt);
      const hidden = JSON.stringify(payload).includes('"..."') && disclosures.length === 0;
      return hidden ? { outcome: read.outcome, claims: payload } : read;
    },
  },
};

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sorted(inner)]));
}

describe('the properties find', () => {
  it.each(Object.entries(bugs))('%s', async (_name, bug) => {
    const way = { ...right, ...bug };
    const found: string[] = [];
    for (const [name, property] of Object.entries(properties)) {
      const { failed } = await fc.check(property(way), { numRuns: RUNS, endOnFailure: true });
      if (failed) found.push(name);
      if (found.length > 0) break;
    }
    expect(found).not.toEqual([]);
  });
});

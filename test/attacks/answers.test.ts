/** What wallets and requesters send, at random: it is read or refused with a code, and nothing else happens. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseDcqlQuery } from '../../standards/openid4vp/dcql.ts';
import { readDigitalCredential } from '../../standards/openid4vp/digital-credentials.ts';
import type { PresentedClaims } from '../../standards/openid4vp/fit-dcql.ts';
import { matchDcql } from '../../standards/openid4vp/match-dcql.ts';
import {
  readAuthorizationResponse,
  type ResponseRules,
} from '../../standards/openid4vp/read-response.ts';
import { readRequestUriPost } from '../../standards/openid4vp/read-request-uri-post.ts';
import { StandardError } from '../../standards/standard-error.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';

const RUNS = 1_000;
const rules: ResponseRules = { mode: 'direct_post', state: 's', queryIds: new Set(['a', 'b']) };
const digital: ResponseRules = { ...rules, mode: 'dc_api', state: undefined };

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES, 'a', 'b', 's', 'dc+sd-jwt', 'openid4vp-v1-signed'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const member = fc.oneof(
  fc.constantFrom(
    'vp_token',
    'state',
    'response',
    'error',
    'error_description',
    'data',
    'protocol',
  ),
  hostile,
);
const dcqlMember = fc.oneof(
  fc.constantFrom(
    'credentials',
    'credential_sets',
    'options',
    'required',
    'id',
    'format',
    'meta',
    'vct_values',
    'claims',
    'claim_sets',
    'path',
    'values',
    'multiple',
    'trusted_authorities',
    'type',
  ),
  hostile,
);
/** JSON text in which a name may come twice. */
const text = (names: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ json: string }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(
        hostile.map((one) => JSON.stringify(one)),
        fc.constantFrom('1', 'null', 'true', '-0', '1e999'),
      ),
      fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      fc
        .array(fc.tuple(names, tie('json')), { maxLength: 5 })
        .map(
          (members) =>
            `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`,
        ),
    ),
  })).json;

async function codeOf(read: () => unknown): Promise<string> {
  try {
    await read();
    return 'read';
  } catch (error) {
    if (error instanceof StandardError) return error.code;
    throw error;
  }
}

describe('at random', () => {
  it('an answer by post presents nothing that was not asked for', async () => {
    const json = text(member);
    const form = fc
      .array(fc.tuple(member, fc.oneof(hostile, json)), { maxLength: 5 })
      .map((pairs) => new URLSearchParams(pairs).toString());
    await fc.assert(
      fc.asyncProperty(fc.oneof(form, hostile), async (body) => {
        const code = await codeOf(() => readAuthorizationResponse(body, rules));
        const states = new URLSearchParams(body).getAll('state');
        expect([code !== 'read', states.join()]).toEqual([
          code !== 'read',
          code === 'read' ? 's' : states.join(),
        ]);
      }),
      { numRuns: RUNS },
    );
  });

  it('an answer through the browser is JSON of one meaning', async () => {
    await fc.assert(
      fc.asyncProperty(text(member), async (body) => {
        expect(typeof (await codeOf(() => readDigitalCredential(body, digital)))).toBe('string');
      }),
      { numRuns: RUNS },
    );
  });

  it('a POST for a request object is read or refused', async () => {
    const form = fc
      .array(
        fc.tuple(
          fc.constantFrom('wallet_nonce', 'wallet_metadata', 'x'),
          fc.oneof(hostile, text(member)),
        ),
        { maxLength: 3 },
      )
      .map((pairs) => new URLSearchParams(pairs).toString());
    await fc.assert(
      fc.asyncProperty(form, async (body) => {
        let nonce: string | undefined;
        await codeOf(() => (nonce = readRequestUriPost(body).walletNonce));
        expect(nonce ?? 'none').toMatch(/^[\x21-\x7e]{1,512}$/);
      }),
      { numRuns: RUNS },
    );
  });

  it('a query is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(text(dcqlMember), async (body) => {
        let value: unknown;
        try {
          value = JSON.parse(body);
        } catch {
          return;
        }
        const code = await codeOf(() => parseDcqlQuery(value));
        expect(['read', 'dcql_query_invalid']).toContain(code);
      }),
      { numRuns: RUNS },
    );
  });
});

it('a claim with a hostile name is there only when it was disclosed', async () => {
  for (const name of HOSTILE_NAMES) {
    const path = ['a', 'b', null, name];
    const asked = {
      credentials: [
        {
          id: 'x',
          format: 'dc+sd-jwt',
          meta: { vct_values: ['v'] },
          claims: [{ path }, { path: [name] }],
        },
      ],
    };
    const shown: PresentedClaims = {
      format: 'dc+sd-jwt',
      vct: 'v',
      authorityKeyIds: [],
      claims: { a: { b: [name] } },
    };
    let satisfied = false;
    const code = await codeOf(() => {
      ({ satisfied } = matchDcql(parseDcqlQuery(asked), new Map([['x', [shown]]])));
    });
    // A name that every object has is no name of a claim.
    expect([name, satisfied]).toEqual([name, false]);
    expect(['read', 'dcql_query_invalid']).toContain(code);
  }
});

it('an answer that is as large as it may be is read', async () => {
  const presentations = Array.from({ length: 99 }, () => 'a'.repeat(5_000));
  const body = new URLSearchParams({ state: 's', vp_token: JSON.stringify({ a: presentations }) });
  expect(await codeOf(() => readAuthorizationResponse(body.toString(), rules))).toBe('read');
});

it('what is large is matched', () => {
  const query = parseDcqlQuery({
    credentials: Array.from({ length: 20 }, (_, at) => ({
      id: `q${String(at)}`,
      format: 'dc+sd-jwt',
      meta: { vct_values: ['v'] },
      claims: [{ path: ['list', null, 'list', null, 'z'], values: [1, 2, 3] }],
    })),
  });
  // A presentation holds at most 100 disclosures.
  const list = Array.from({ length: 10 }, (_, at) => ({
    list: Array.from({ length: 10 }, () => ({ z: at })),
  }));
  const shown: PresentedClaims = {
    format: 'dc+sd-jwt',
    vct: 'v',
    authorityKeyIds: [],
    claims: { list },
  };
  const presented = new Map(query.credentials.map(({ id }) => [id, [shown]]));
  expect(matchDcql(query, presented).satisfied).toBe(true);
});

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';

import { type LocalSystem, startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { answered, ask, machineToken } from './clients.ts';
import { forgedPassport } from './forged-passport.ts';
import { localStage, lanyard } from './local-stage.ts';
import { signIn, SignInRefused } from './sign-in.ts';
import {
  changeStatus,
  credentialIdOf,
  offerCredentials,
  RECORD_QUERY,
  requestPresentation,
  type Stage,
  verifyPresentation,
} from './story.ts';
import {
  collect,
  type Held,
  present,
  proveKey,
  readOffer,
  redeemCode,
  requestCredential,
  WalletRefused,
} from './wallet.ts';

const HR_SCOPES = 'hr:read passport:read passport:offer passport:verify';

describe('what the running system refuses', () => {
  let dataFolder: string;
  let system: LocalSystem;
  let stage: Stage;
  let tokenA: string;
  let tokenB: string;
  let staffId: string;

  const token = (which: 'trustA' | 'trustB'): Promise<string> =>
    machineToken(stage[which].hrSystem, {
      issuer: stage.issuer,
      resource: stage.graph,
      scope: HR_SCOPES,
    });
  const nurseVariables = () => ({
    odsCode: 'RZ1',
    employeeNumber: stage.nurse.employeeNumber,
  });

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-refusals-'));
    system = await startLocal({
      dataFolder,
      startEngine: startTestEngine,
      port: 0,
      log: createLog({ name: 'lanyard', level: 'fatal' }),
      staff: 200,
    });
    stage = localStage(system, dataFolder);
    [tokenA, tokenB] = await Promise.all([token('trustA'), token('trustB')]);
    const { staff } = await answered<{ staff: { id: string } }>(stage.graph, {
      token: tokenA,
      purpose: 'HR_ADMINISTRATION',
      query: RECORD_QUERY,
      variables: nurseVariables(),
    });
    staffId = staff.id;
  });

  afterAll(async () => {
    await system.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  describe('tokens', () => {
    const claims = () => ({
      client_id: 'hr-system-rz1',
      scope: HR_SCOPES,
      ods: 'RZ1',
      name: 'HR system of RZ1',
      jti: 'made-up',
    });
    const make = async (
      key: KeyObject,
      change: {
        readonly typ?: string;
        readonly kid?: string;
        readonly issuer?: string;
        readonly audience?: string;
        readonly expires?: number;
      } = {},
    ): Promise<string> =>
      new SignJWT(claims())
        .setProtectedHeader({
          alg: 'ES256',
          typ: change.typ ?? 'at+jwt',
          kid: change.kid ?? (await publishedKid()),
        })
        .setSubject('hr-system-rz1')
        .setIssuer(change.issuer ?? stage.issuer)
        .setAudience(change.audience ?? stage.graph)
        .setIssuedAt()
        .setExpirationTime(change.expires ?? Math.floor(Date.now() / 1000) + 300)
        .sign(key);
    const publishedKid = async (): Promise<string> => {
      const { keys } = (await (await fetch(`${stage.issuer}/oauth/jwks`)).json()) as {
        keys: readonly { kid: string }[];
      };
      return keys[0]?.kid ?? '';
    };
    const own = (): Promise<KeyObject> => readSigningKey(dataFolder);
    const other = (): Promise<KeyObject> =>
      Promise.resolve(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const minuteAgo = (): number => Math.floor(Date.now() / 1000) - 120;

    const wrong: readonly (readonly [string, () => Promise<string>])[] = [
      ['that is no token', () => Promise.resolve('hunter2')],
      ['without a signature', () => Promise.resolve(tokenA.split('.').slice(0, 2).join('.') + '.')],
      ['with another payload', () => Promise.resolve(withOtherPayload(tokenA))],
      ['signed by somebody else', async () => make(await other())],
      ['that has expired', async () => make(await own(), { expires: minuteAgo() })],
      ['of another issuer', async () => make(await own(), { issuer: 'https://elsewhere.example' })],
      ['for another audience', async () => make(await own(), { audience: stage.issuer })],
      ['of another kind', async () => make(await own(), { typ: 'dc+sd-jwt' })],
      ['under an unknown key', async () => make(await own(), { kid: 'unknown' })],
    ];

    it.each(wrong)('a token %s', async (_what, forge) => {
      const answer = await ask(stage.graph, {
        token: await forge(),
        purpose: 'HR_ADMINISTRATION',
        query: RECORD_QUERY,
        variables: nurseVariables(),
      });
      expect({ status: answer.status, data: answer.data, codes: codes(answer.errors) }).toEqual({
        status: 401,
        data: undefined,
        codes: ['UNAUTHENTICATED'],
      });
    });

    it('no token at all', async () => {
      const answer = await ask(stage.graph, { query: '{ me { id } }' });
      expect(codes(answer.errors)).toEqual(['UNAUTHENTICATED']);
    });

    it('a token without the scope', async () => {
      const narrow = await machineToken(stage.trustA.hrSystem, {
        issuer: stage.issuer,
        resource: stage.graph,
        scope: 'passport:verify',
      });
      const answer = await ask(stage.graph, {
        token: narrow,
        purpose: 'HR_ADMINISTRATION',
        query: RECORD_QUERY,
        variables: nurseVariables(),
      });
      expect({ data: answer.data, codes: [...new Set(codes(answer.errors))] }).toEqual({
        data: { staff: null },
        codes: ['FORBIDDEN'],
      });
    });
  });

  describe('reading across trusts', () => {
    const nobody = { odsCode: 'RZ1', employeeNumber: '99999999' };
    const queries: readonly (readonly [string, string])[] = [
      ['by employee number', RECORD_QUERY],
      ['by id', 'query Q($id: ID!) { staff(by: { id: $id }) { id name { family } } }'],
      [
        "through the other trust's staff list",
        'query Q { organisation(odsCode: "RZ1") { staff(first: 5) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }',
      ],
    ];

    it.each(queries)('looks the same as somebody who does not exist: %s', async (_how, query) => {
      const variablesOf = (employee: typeof nobody, id: string) =>
        query === RECORD_QUERY ? employee : query.includes('$id') ? { id } : {};
      const question = (variables: Readonly<Record<string, unknown>>) =>
        ask(stage.graph, { token: tokenB, purpose: 'PRE_EMPLOYMENT', query, variables });
      const real = await question(
        variablesOf({ odsCode: 'RZ1', employeeNumber: stage.nurse.employeeNumber }, staffId),
      );
      const madeUp = await question(variablesOf(nobody, 'stf_AAAAAAAAAAAAAAAAAAAAAA'));
      expect(real.data).toEqual(madeUp.data);
      expect(codes(real.errors)).toEqual(codes(madeUp.errors));
      expect(JSON.stringify(real)).not.toContain('Okafor');
      expect(JSON.stringify(real)).not.toContain(staffId);
    });

    it('a read without a purpose', async () => {
      const answer = await ask(stage.graph, {
        token: tokenA,
        query: RECORD_QUERY,
        variables: nurseVariables(),
      });
      expect({
        data: answer.data?.valueOf() ?? null,
        codes: [...new Set(codes(answer.errors))],
      }).toEqual(expect.objectContaining({ codes: ['PURPOSE_REQUIRED'] }));
    });

    it("an offer to another trust's nurse", async () => {
      await expect(offerCredentials(stage, tokenB, staffId)).rejects.toThrow('NOT_FOUND');
    });
  });

  describe('using something twice', () => {
    let offer: { readonly uri: string; readonly transactionCode: string };
    let held: Held;

    const officerA = (): Promise<string> => token('trustA');

    beforeAll(async () => {
      const made = await offerCredentials(stage, await officerA(), staffId, [
        'PROFESSIONAL_REGISTRATION',
      ]);
      offer = made;
      const [first] = await collect(made.uri, made.transactionCode);
      if (first === undefined) throw new Error('nothing was collected');
      held = first;
    });

    it("an offer's code", async () => {
      const read = await readOffer(offer.uri).catch((error: unknown) => error);
      const again =
        read instanceof WalletRefused
          ? read
          : await redeemCode(
              read as Awaited<ReturnType<typeof readOffer>>,
              offer.transactionCode,
            ).catch((error: unknown) => error);
      expect(again).toBeInstanceOf(WalletRefused);
    });

    it('a code, by twenty wallets at once: one gets it', async () => {
      const made = await offerCredentials(stage, await officerA(), staffId, ['IDENTITY']);
      const read = await readOffer(made.uri);
      const tries = await Promise.allSettled(
        Array.from({ length: 20 }, () => redeemCode(read, made.transactionCode)),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('a wrong transaction code', async () => {
      const made = await offerCredentials(stage, await officerA(), staffId, ['IDENTITY']);
      const read = await readOffer(made.uri);
      const wrong = made.transactionCode === '000000' ? '000001' : '000000';
      await expect(redeemCode(read, wrong)).rejects.toMatchObject({ status: 400 });
    });

    it('a proof', async () => {
      const made = await offerCredentials(stage, await officerA(), staffId, [
        'IDENTITY',
        'EMPLOYMENT_ASSIGNMENT',
      ]);
      const access = await redeemCode(await readOffer(made.uri), made.transactionCode);
      const keys = await generateKeyPair('ES256', { extractable: true });
      const proof = await proveKey(access.issuer, keys);
      await requestCredential(access, 'identity', proof);
      await expect(requestCredential(access, 'employment-assignment', proof)).rejects.toMatchObject(
        {
          status: 400,
          error: expect.stringMatching(/^invalid_(nonce|proof)$/) as unknown as string,
        },
      );
    });

    it('a presentation', async () => {
      const request = await requestPresentation(stage, tokenB);
      const presentation = await present(held, request);
      const first = await verifyPresentation(stage, tokenB, {
        requestId: request.id,
        presentation,
      });
      const second = await verifyPresentation(stage, tokenB, {
        requestId: request.id,
        presentation,
      });
      expect([first.result?.outcome, second.result, second.errors.map(({ code }) => code)]).toEqual(
        ['VALID', null, ['ALREADY_ANSWERED']],
      );
    });

    it("a presentation made for another request, or with another's key", async () => {
      const [one, two, three] = [
        await requestPresentation(stage, tokenB),
        await requestPresentation(stage, tokenB),
        await requestPresentation(stage, tokenB),
      ];
      const elsewhere = await verifyPresentation(stage, tokenB, {
        requestId: two.id,
        presentation: await present(held, one),
      });
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      const lent = await verifyPresentation(stage, tokenB, {
        requestId: three.id,
        presentation: await present({ ...held, key: privateKey }, three),
      });
      expect([elsewhere.result?.outcome, lent.result?.outcome]).toEqual(['INVALID', 'INVALID']);
    });
  });

  describe('stopping a credential', () => {
    it('by an administrator of another trust', async () => {
      const made = await offerCredentials(stage, tokenA, staffId, ['IDENTITY']);
      const [held] = await collect(made.uri, made.transactionCode);
      if (held === undefined) throw new Error('nothing was collected');
      const administrator = await signIn({
        issuer: stage.issuer,
        ...stage.app,
        resource: stage.graph,
        scope: 'openid passport:read passport:revoke',
        mail: stage.trustB.administratorMail,
        password: stage.password,
        setupCode: stage.setupCode,
        actAs: 'ADMINISTRATOR',
      });
      const stop = (credentialId: string): Promise<void> =>
        changeStatus(stage, administrator, {
          mutation: 'credentialRevoke',
          reason: 'CREDENTIAL_PROVIDED_IN_ERROR',
          credentialId,
        });
      const refusal = async (credentialId: string): Promise<string> =>
        stop(credentialId).then(
          () => 'stopped',
          (error: unknown) => (error as Error).message,
        );
      expect(await refusal(credentialIdOf(held))).toEqual(await refusal('made-up'));
      expect(await refusal(credentialIdOf(held))).toContain('NOT_FOUND');
    });
  });

  describe('signing in', () => {
    const attempt = (mail: string, password: string): Promise<unknown> =>
      signIn({
        issuer: stage.issuer,
        ...stage.app,
        resource: stage.graph,
        scope: 'openid self:read',
        mail,
        password,
        setupCode: stage.setupCode,
      }).catch((error: unknown) => error);

    it('with a wrong password or an unknown address, in the same words', async () => {
      const wrong = await attempt(stage.nurse.mail, 'not-it');
      const unknown = await attempt('nobody@nhsmail.example', 'not-it');
      expect(wrong).toBeInstanceOf(SignInRefused);
      expect((wrong as SignInRefused).message).toBe((unknown as SignInRefused).message);
    });
  });

  // It ends with the theft of an issuer's key, so nothing that needs the trust's credentials comes after.
  describe('a passport that is forged, lent, stolen or revoked', () => {
    forgedPassport(() => ({
      stage,
      tokenA,
      tokenB,
      staffId,
      lanyard: (args) => lanyard(args, { LANYARD_DATA: dataFolder }),
    }));
  });

  describe('importing', () => {
    it('a file that was cut short: nothing is changed', async () => {
      const [extract] =
        stage.trustA.odsCode === 'RZ1' ? system.demonstration.extractsOf(['RZ1']) : [];
      const text = await readFile(extract ?? '', 'latin1');
      const next = text.replaceAll('_00000001', '_00000002');
      const cut = join(dataFolder, 'cut.DAT');
      await writeFile(cut, next.slice(0, Math.floor(next.length / 2)), 'latin1');
      await expect(
        lanyard(['esr', 'import', cut], { LANYARD_DATA: dataFolder }),
      ).rejects.toMatchObject({
        stdout: expect.stringContaining('refused, nothing was changed') as unknown as string,
      });
    });
  });
});

const codes = (errors: readonly { readonly extensions: { readonly code: string } }[] | undefined) =>
  (errors ?? []).map(({ extensions }) => extensions.code);

function withOtherPayload(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const more = Buffer.from(JSON.stringify({ ...claims, ods: 'RZ2' })).toString('base64url');
  return `${header}.${more}.${signature}`;
}

/** The key that the system under test signs access tokens with: what a thief of the key would have. */
async function readSigningKey(dataFolder: string): Promise<KeyObject> {
  const { createPrivateKey } = await import('node:crypto');
  const { signingKey } = JSON.parse(await readFile(join(dataFolder, 'secrets.json'), 'utf8')) as {
    signingKey: Record<string, string>;
  };
  return createPrivateKey({ key: signingKey, format: 'jwk' });
}

/**
 * A regulator suspends a nurse who works at two trusts, a training placement moves, and a doctor dies: from the file that
 * says so to the trusts that are told. Prints how long it took.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

import { type LocalSystem, startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { type SecurityEventClaims, verifySecurityEvent } from '../../standards/security-event.ts';
import { ASSIGNMENT, PERSON } from '../../subgraphs/esr/files/go2-layout.ts';
import { placementsText, registrationsText } from '../unit/subgraphs/esr/extract-files.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { answered, type HrSystem, machineToken } from './clients.ts';
import { askConfirming } from './confirm.ts';
import { changed, fullFile, rowsOf, writeChanges } from './extract-changes.ts';
import { localStage } from './local-stage.ts';
import { signIn } from './sign-in.ts';
import {
  credentialIdOf,
  offerCredentials,
  requestPresentation,
  type Stage,
  verifyPresentation,
} from './story.ts';
import { collect, type Held, present } from './wallet.ts';
import { watch, WATCH_CREDENTIAL } from './watch.ts';

const SCOPES = 'hr:read passport:read passport:offer passport:verify';
/** The nurse of both trusts. */
const NURSE = '90000021';
/** A doctor whom one trust employs and another trains. */
const DOCTOR = '90000040';
/** How long anything may take before the journey has failed, in milliseconds. */
const LIMIT_MS = 120_000;

/** What NHS England states about the placement at first. */
const PLACEMENT = {
  type: 'TRAINING_PLACEMENT',
  claims: {
    specialty: 'Cardiology',
    grade: 'Specialty Registrar',
    national_post_number: 'NTH/RZ201/080/STR/005',
    lead_employer_ods_code: 'RZ2',
    host_ods_code: 'RZ1',
    site: 'Ashbourne General',
    start_date: '2026-08-05',
    end_date: '2027-02-02',
    source_reference: 'placement-0001',
  },
  provenance: {
    assuranceOutcome: 'Onboarding complete',
    verifier: 'Origin',
    verificationMethod: 'Record Verification',
    lastRefresh: '2026-11-20T00:00:00Z',
  },
};

interface Person {
  readonly id: string;
  readonly mail: string;
  /** Number of the registration. */
  readonly registration: string;
}

interface Told {
  readonly staff: { readonly id: string };
  readonly registrationStatus: string | null;
  readonly credentialType: string | null;
  readonly credentialState: string | null;
}

describe('what a trust is told of its people', () => {
  let dataFolder: string;
  let system: LocalSystem;
  let stage: Stage;
  let receiver: Server;
  let received: SecurityEventClaims[];
  let transmitterKeys: Map<string, KeyObject>;
  let nurse: Person;
  /** What the doctor holds of his registration. */
  let registered: Held | undefined;
  const tokens = new Map<string, string>();

  const tokenOf = (odsCode: string): string => tokens.get(odsCode) ?? '';
  const tokenFor = (hrSystem: HrSystem): Promise<string> =>
    machineToken(hrSystem, { issuer: stage.issuer, resource: stage.graph, scope: SCOPES });
  const audience = 'https://rz2.example/signals';

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-signals-'));
    received = [];
    transmitterKeys = new Map();
    receiver = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        received.push(
          verifySecurityEvent(Buffer.concat(chunks).toString(), {
            issuer: system.url,
            audience,
            keys: transmitterKeys,
          }),
        );
        response.writeHead(202).end();
      })().catch(() => response.writeHead(400).end('{"err":"invalid_key"}'));
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    system = await startLocal({
      dataFolder,
      startEngine: startTestEngine,
      port: 0,
      log: createLog({ name: 'lanyard', level: 'fatal' }),
      staff: 200,
      withoutImport: true,
      signalHosts: [receiverHost()],
    });
    stage = localStage(system, dataFolder);
    await importAll(system.demonstration.extractsOf(['RZ1', 'RZ2']));
    await system.operations.run('matchDirectory', {}, () => undefined);
    tokens.set('RZ1', await tokenFor(stage.trustA.hrSystem));
    tokens.set('RZ2', await tokenFor(stage.trustB.hrSystem));
    tokens.set('X26', await tokenFor(await nhsEngland()));
    nurse = await personAt('RZ1', NURSE);
  });

  afterAll(async () => {
    await system.stop();
    receiver.close();
    await rm(dataFolder, { recursive: true, force: true });
  });

  const receiverHost = (): string =>
    `127.0.0.1:${String((receiver.address() as AddressInfo).port)}`;
  const importAll = (files: readonly string[]): Promise<unknown> =>
    system.operations.run('importFiles', { files: [...files] }, () => undefined);
  const importText = async (name: string, text: string): Promise<void> => {
    const file = join(dataFolder, name);
    await writeFile(file, text);
    const [outcome] = (await importAll([file])) as { rejected: readonly object[] }[];
    expect(outcome?.rejected).toEqual([]);
  };
  const personAt = async (odsCode: string, employeeNumber: string): Promise<Person> => {
    const { staff } = await answered<{
      staff: {
        id: string;
        registrations: readonly { number: string }[];
        mailboxes: readonly { mail: string }[];
      };
    }>(stage.graph, {
      token: tokenOf(odsCode),
      purpose: 'HR_ADMINISTRATION',
      query: `query ($by: StaffBy!) {
        staff(by: $by) { id registrations { number } mailboxes { mail } } }`,
      variables: { by: { employee: { odsCode, employeeNumber } } },
    });
    return {
      id: staff.id,
      mail: staff.mailboxes[0]?.mail ?? '',
      registration: staff.registrations[0]?.number ?? '',
    };
  };
  const app = () => ({
    issuer: stage.issuer,
    clientId: stage.app.clientId,
    redirectUri: stage.app.redirectUri,
    resource: stage.graph,
    password: stage.password,
    setupCode: stage.setupCode,
  });
  /** NHS England, with an HR system of its own. */
  const nhsEngland = async (): Promise<HrSystem> => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const kid = 'hr-system-x26';
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid }] };
    const { run } = system.operations;
    const quiet = () => undefined;
    const client = { clientId: kid, name: 'HR system of X26', odsCode: 'X26', jwks };
    await run('addClient', client, quiet);
    const types = ['TRAINING_PLACEMENT'] as const;
    await run(
      'accreditIssuer',
      { odsCode: 'X26', types: [...types], from: '2026-01-01', by: 'test' },
      quiet,
    );
    return { clientId: kid, key: { ...(await exportJWK(privateKey)), kid } };
  };
  const toldTo = async (odsCode: string, staffId: string): Promise<readonly Told[]> => {
    const { signals } = await answered<{ signals: { edges: readonly { node: Told }[] } }>(
      stage.graph,
      {
        token: tokenOf(odsCode),
        purpose: 'HR_ADMINISTRATION',
        query: `{ signals(first: 50) { edges { node {
          staff { id } registrationStatus credentialType credentialState } } } }`,
      },
    );
    return signals.edges.map(({ node }) => node).filter(({ staff }) => staff.id === staffId);
  };
  const outcomeFor = async (held: Held): Promise<string> => {
    const request = await requestPresentation(stage, tokenOf('RZ2'), {
      type: 'PROFESSIONAL_REGISTRATION',
      claims: ['registration_status'],
    });
    const presentation = await present(held, request);
    const { result } = await verifyPresentation(stage, tokenOf('RZ2'), {
      requestId: request.id,
      presentation,
    });
    return result?.outcome ?? 'none';
  };
  const until = async (holds: () => boolean | Promise<boolean>, since: number): Promise<number> => {
    while (!(await holds())) {
      if (performance.now() - since > LIMIT_MS) throw new Error('it did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return performance.now() - since;
  };
  /** A trust's system watches a credential over the stream. */
  const watchAs = (odsCode: string, held: Held) =>
    watch<{ readonly state: string }>(stage.graph, {
      token: tokenOf(odsCode),
      purpose: 'HR_ADMINISTRATION',
      document: WATCH_CREDENTIAL,
      id: credentialIdOf(held),
    });
  const report = (what: string, milliseconds: number): void => {
    process.stdout.write(`    ${what}: ${milliseconds.toFixed(0)} ms after intake\n`);
  };

  it('suspends a nurse’s registration at both of her employers, and restores the same credential', async () => {
    const administrator = await signIn({
      ...app(),
      scope: 'openid signal:manage',
      mail: stage.trustB.administratorMail,
      actAs: 'ADMINISTRATOR',
    });
    const registered = await askConfirming<{
      signalReceiverRegister: { receiver: object | null };
    }>(stage.graph, {
      token: administrator,
      query: `mutation ($input: SignalReceiverRegisterInput!) {
        signalReceiverRegister(input: $input) { receiver { id } errors { code } } }`,
      variables: {
        input: { idempotencyKey: 'receiver', url: `http://${receiverHost()}/signals`, audience },
      },
    });
    expect(registered.data?.signalReceiverRegister.receiver).not.toBeNull();

    const offer = await offerCredentials(stage, tokenOf('RZ1'), nurse.id, [
      'PROFESSIONAL_REGISTRATION',
    ]);
    const [held] = await collect(offer.uri, offer.transactionCode);
    if (held === undefined) throw new Error('nothing was collected');
    expect(await outcomeFor(held)).toBe('VALID');
    const issuer = await watchAs('RZ1', held);
    const becomes = async (state: string): Promise<void> => {
      expect(await issuer.until((now) => now?.state === state)).toMatchObject({ state });
    };
    await becomes('ACTIVE');
    const elsewhere = await watchAs('RZ2', held);
    expect(await elsewhere.until(() => true)).toBeNull();

    const says = (status: string, minute: number): Promise<void> =>
      importText(
        'register.csv',
        registrationsText([
          `RZ1,${NURSE},NMC,${nurse.registration},${status},Nurse - Adult,2014-03-03,2027-07-31,2026-11-26T02:${String(minute).padStart(2, '0')}:00Z`,
        ]),
      );
    /** Imports a status, and waits until everybody knows. */
    const everybodyKnows = async (status: string, outcome: string, minute: number) => {
      const pushed = received.length;
      const since = performance.now();
      await says(status, minute);
      const known = async (odsCode: string): Promise<boolean> =>
        (await toldTo(odsCode, nurse.id))[0]?.registrationStatus === status;
      const told = await until(
        async () => (await known('RZ1')) && (await known('RZ2')) && received.length > pushed,
        since,
      );
      report(`${status}, both trusts are told`, told);
      report(
        `${status}, a check says ${outcome}`,
        await until(async () => (await outcomeFor(held)) === outcome, since),
      );
    };
    // The receiver reads the keys that the transmitter publishes, before anything is signed: none yet.
    const configuration = (await (
      await fetch(`${system.url}/.well-known/ssf-configuration`)
    ).json()) as { issuer: string; jwks_uri: string };
    expect(configuration).toMatchObject({ issuer: system.url });
    const readKeys = async (): Promise<void> => {
      const { keys } = (await (await fetch(configuration.jwks_uri)).json()) as {
        keys: readonly (JWK & { kid: string })[];
      };
      for (const key of keys) {
        transmitterKeys.set(key.kid, createPublicKey({ key: { ...key }, format: 'jwk' }));
      }
    };
    const reading = setInterval(() => void readKeys(), 200);
    try {
      await everybodyKnows('SUSPENDED', 'SUSPENDED', 1);
      await becomes('SUSPENDED');
      await everybodyKnows('REGISTERED', 'VALID', 2);
      await becomes('ACTIVE');
    } finally {
      clearInterval(reading);
      issuer.leave();
    }
    for (const odsCode of ['RZ1', 'RZ2']) {
      expect(await toldTo(odsCode, nurse.id)).toMatchObject([
        { registrationStatus: 'REGISTERED', credentialState: 'ACTIVE' },
        { registrationStatus: 'SUSPENDED', credentialState: 'SUSPENDED' },
      ]);
    }
    expect(received.map(({ sub_id }) => sub_id.id)).toEqual([nurse.id, nurse.id]);
  });

  it('replaces the credential of a placement whose end moved, and no other', async () => {
    const doctor = await personAt('RZ2', DOCTOR);
    const placement = (endDate: string, hour: string): Promise<void> =>
      importText(
        'placements.csv',
        placementsText([
          `RZ2,${DOCTOR},placement-0001,NTH/RZ201/080/STR/005,Cardiology,Specialty Registrar,RZ1,Ashbourne General,2026-08-05,${endDate},CURRENT,2026-11-26T${hour}:00:00Z`,
        ]),
      );
    await placement('2027-02-02', '01');
    const collected = async (odsCode: string, input: object): Promise<readonly Held[]> => {
      const { credentialOffer } = await answered<{
        credentialOffer: { offer: { uri: string; transactionCode: string } | null };
      }>(stage.graph, {
        token: tokenOf(odsCode),
        purpose: 'ROTATION',
        query: `mutation ($input: CredentialOfferInput!) {
          credentialOffer(input: $input) { offer { uri transactionCode } errors { code path } } }`,
        variables: { input: { idempotencyKey: 'rotation', staffId: doctor.id, ...input } },
      });
      const { offer } = credentialOffer;
      return collect(offer?.uri ?? '', offer?.transactionCode ?? '');
    };
    const ofRz2 = await collected('RZ2', {
      types: ['PROFESSIONAL_REGISTRATION', 'EMPLOYMENT_ASSIGNMENT'],
    });
    registered = ofRz2.find(({ configurationId }) => /registration/i.test(configurationId));
    const [placed] = await collected('X26', {
      types: ['TRAINING_PLACEMENT'],
      attestations: [PLACEMENT],
    });
    if (placed === undefined) throw new Error('nothing was collected');
    const issuer = await watchAs('X26', placed);

    const since = performance.now();
    await placement('2027-03-02', '02');
    const told = async (odsCode: string): Promise<boolean> =>
      (await toldTo(odsCode, doctor.id))[0]?.credentialType === 'TRAINING_PLACEMENT';
    report(
      'a placement moved, lead employer and host are told',
      await until(async () => (await told('RZ1')) && (await told('RZ2')), since),
    );

    const holder = await signIn({ ...app(), scope: 'openid self:read', mail: doctor.mail });
    const passport = async () => {
      const { me } = await answered<{
        me: {
          passport: {
            credentials: { edges: readonly { node: { type: string; state: string } }[] };
            offers: readonly { types: readonly string[]; state: string; deferred: boolean }[];
          };
        };
      }>(stage.graph, {
        token: holder,
        query: `{ me { passport {
          credentials { edges { node { type state } } } offers { types state deferred } } } }`,
      });
      return me.passport;
    };
    const isOffered = async (): Promise<boolean> =>
      (await passport()).offers.some(({ state }) => state === 'OFFERED');
    report('the new placement is offered', await until(isOffered, since));
    expect(await issuer.until((now) => now?.state === 'REVOKED')).toMatchObject({
      reason: expect.any(String),
    });
    issuer.leave();
    const { credentials, offers } = await passport();
    expect(credentials.edges.map(({ node }) => `${node.type} ${node.state}`).toSorted()).toEqual([
      'EMPLOYMENT_ASSIGNMENT ACTIVE',
      'PROFESSIONAL_REGISTRATION ACTIVE',
      'TRAINING_PLACEMENT REVOKED',
    ]);
    expect(offers.filter(({ state }) => state === 'OFFERED')).toEqual([
      { types: ['TRAINING_PLACEMENT'], state: 'OFFERED', deferred: true },
    ]);
  });

  it('ends every credential of a doctor who died, and signs nobody in as him', async () => {
    const held = registered;
    if (held === undefined) throw new Error('he holds nothing');
    const doctor = await personAt('RZ2', DOCTOR);
    const { header, rows } = await fullFile(system.demonstration, 'RZ2');
    const yesterday = new Date(Date.now() - 86_400_000)
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '');
    const { people, posts } = rowsOf(rows, DOCTOR);
    const reason = {
      [PERSON.terminationDate]: yesterday,
      [PERSON.leavingReason]: 'Death in Service',
    };
    const issuer = await watchAs('RZ2', held);
    const since = performance.now();
    await importAll([
      await writeChanges(join(dataFolder, 'death.DAT'), header, [
        ...people.map((row) => changed(row, reason)),
        ...posts.map((row) => changed(row, { [ASSIGNMENT.endDate]: yesterday })),
      ]),
    ]);
    // Nobody at the trust sees him any more; whoever is shown a credential of his is told.
    const revoked = async (): Promise<boolean> => (await outcomeFor(held)) === 'REVOKED';
    report('a death in service, a check says REVOKED', await until(revoked, since));
    expect(await issuer.until((now) => now?.state === 'REVOKED')).not.toBeNull();
    issuer.leave();
    expect((await toldTo('RZ2', doctor.id))[0]).toMatchObject({
      credentialType: 'EMPLOYMENT_ASSIGNMENT',
      credentialState: 'REVOKED',
    });
    await expect(
      signIn({ ...app(), scope: 'openid self:read', mail: doctor.mail }),
    ).rejects.toMatchObject({ name: 'SignInRefused' });
  });
});

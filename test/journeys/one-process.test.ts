import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type LocalSystem, startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { decideMatch } from './decide-match.ts';
import {
  expectTheLeavingToHold,
  expectTheMatchToHold,
  expectTheMoveToHold,
  expectTheStoryToHold,
  expectTheSurgeToHold,
} from './ending.ts';
import { leaveTrust } from './leave.ts';
import { localStage, setupCode } from './local-stage.ts';
import { moveForGood } from './move.ts';
import { pushAccounts } from './push-accounts.ts';
import { exportNightly } from './nightly.ts';
import { makeSixChecks } from './six-checks.ts';
import { tellStory } from './story.ts';
import { type Held } from './wallet.ts';
import { watchAnswer } from './watch-answer.ts';
import { shareInSurge } from './surge.ts';

describe('a nurse moves trust, in one process', () => {
  let dataFolder: string;
  let system: LocalSystem;
  let staffId = '';
  let credentials: readonly Held[] = [];

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-journey-'));
    system = await startLocal({
      dataFolder,
      port: 0,
      log: createLog({ name: 'lanyard', level: 'error' }),
      staff: 300,
      withoutImport: true,
    });
  });

  afterAll(async () => {
    await system.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('tells the whole story', async () => {
    const stage = localStage(system, dataFolder);
    const ending = await tellStory(
      { ...stage, setupCode: (mail) => setupCode(mail, { LANYARD_DATA: dataFolder }) },
      () => undefined,
    );
    ({ staffId, credentials } = ending);
    expectTheStoryToHold(ending);
  });

  it('tells the HR system of the next trust each step of an answer, by what it has registered and nothing else', async () => {
    const stage = localStage(system, dataFolder);
    const watched = await watchAnswer(stage, system, { folder: dataFolder, credentials });
    expect(watched).toMatchObject({
      states: expect.arrayContaining(['WAITING', 'ANSWERED']) as unknown as string[],
      asText: 400,
      afterWithdrawing: 400,
      asTextAgain: 200,
    });
    expect(watched.told).toEqual(watched.read);
    expect(watched.read.result?.outcome).toEqual(expect.any(String));
  });

  it('has HR of the next trust make the six employment checks', async () => {
    const six = await makeSixChecks(localStage(system, dataFolder));
    const lines = ({ checks }: (typeof six)['asPresented']) =>
      checks.map((one) => [one.check, one.outcome, ...one.reasons, one.endsOn].join(' '));
    const { permissionEndsOn, certificateEndsOn } = six;
    expect(lines(six.asPresented)).toEqual([
      'IDENTITY PASS ORIGINALS_NOT_SEEN ',
      `RIGHT_TO_WORK PASS TIME_LIMITED ORIGINALS_NOT_SEEN ${permissionEndsOn}`,
      // Never on a credential alone.
      'PROFESSIONAL_REGISTRATION NEEDS_LOCAL_CHECK REGISTER_NOT_READ ',
      'EMPLOYMENT_HISTORY PASS ',
      'WORK_HEALTH PASS ',
      `CRIMINAL_RECORD NEEDS_LOCAL_CHECK DBS_PORTED ${certificateEndsOn}`,
    ]);
    expect(six.asPresented.policy.version).toBe(1);
    expect(six.asPresented.complete).toBe(false);
    for (const { evidence, assurance } of six.asPresented.checks) {
      expect(evidence).toEqual([expect.objectContaining({ outcome: 'VALID' })]);
      expect(assurance?.standard).toMatch(/^(NHS Employment Check Standards|Local)/);
    }

    expect(lines(six.afterDeciding)).toEqual([
      'IDENTITY PASS ',
      `RIGHT_TO_WORK PASS TIME_LIMITED ${permissionEndsOn}`,
      'PROFESSIONAL_REGISTRATION PASS CHECKED_LOCALLY ',
      'EMPLOYMENT_HISTORY PASS ',
      'WORK_HEALTH PASS ',
      `CRIMINAL_RECORD NEEDS_LOCAL_CHECK DBS_PORTED BYPASSED ${certificateEndsOn}`,
    ]);
    expect(six.afterDeciding.complete).toBe(true);
    const [identity, , registration, , , criminalRecord] = six.afterDeciding.checks;
    const officer = identity?.originalsSeen?.decidedBy;
    expect(officer).toMatch(/^[A-Z]+, [A-Z][a-z]+/);
    expect(registration?.assurance).toEqual({ standard: 'NMC register read', name: officer });
    expect(criminalRecord?.bypass).toEqual({
      decidedBy: officer,
      reason: 'Supervised until the new certificate is here',
    });
    expect(six.bypassByMachine).toEqual(['FORBIDDEN']);
    expect(six.elsewhere).toBeNull();
    expect(six.logged).toContainEqual({
      actorName: officer,
      fields: expect.arrayContaining(['employmentChecks.checks.outcome']) as unknown as string[],
    });
  });

  it('has the HR system of her trust fetch everybody’s record at night', async () => {
    const night = await exportNightly(localStage(system, dataFolder), dataFolder);
    const { shown, lines } = night;
    expect(shown).toMatchObject({ state: 'READY', people: lines.length, failed: 0 });
    expect(shown.records).toBe(lines.length);
    expect(night.manifest).toMatchObject({ jti: shown.id, odsCode: 'RZ1', cursor: shown.cursor });
    expect(night.wholeFiles).toBe(true);
    expect(night.refused).toEqual([401, 404]);
    expect(
      new Set(lines.flatMap((one) => one.employments ?? []).map((one) => one.odsCode)),
    ).toEqual(new Set(['RZ1']));
    expect(lines.find(({ id }) => id === night.nurseId)).toMatchObject({
      line: 'PERSON',
      registrations: [{ lastCheckedAt: expect.any(String) }],
    });
    expect(night.logged).toContainEqual({
      actorName: 'HR system of RZ1',
      purpose: 'HR_ADMINISTRATION',
    });
    expect(night.delta.printed).toMatch(/RZ1: \d+ records, \d+ left, 0 failed/);
    expect(night.delta.files).toEqual(expect.arrayContaining(['export.json', 'manifest.jws']));
  });

  it('takes the accounts that the trust’s own directory pushes, and matches them', async () => {
    expect(await pushAccounts(localStage(system, dataFolder), system)).toEqual({
      made: [201, 'RZ1'],
      again: [409, 'uniqueness'],
      found: 1,
      disabled: [200, false],
      deleted: 204,
      pushed: 201,
      matched: [
        {
          method: 'EMPLOYEE_NUMBER',
          state: 'LINKED',
          assurance: 'CERTAIN',
          author: 'MATCHING',
          account: { mail: 'ward.nurse@rz1-trust.nhs.example' },
        },
      ],
      atTheGraph: 401,
      withTheHrSystem: 'no token: invalid_target',
    });
  });

  it('lets HR decide whose mailbox it is: likeness alone gives nothing', async () => {
    const stage = localStage(system, dataFolder);
    expectTheMatchToHold(await decideMatch(stage, system, dataFolder));
  });

  it('shares her in a surge, on an agreement of both trusts', async () => {
    expectTheSurgeToHold(await shareInSurge(localStage(system, dataFolder), system, staffId));
  });

  it('moves her for good, when a person has seen that the record is hers', async () => {
    const told = { staffId, folder: dataFolder };
    expectTheMoveToHold(await moveForGood(localStage(system, dataFolder), system, told));
  });

  it('tells the trust of a nurse who leaves, and keeps one who still has a post on the bank', async () => {
    // The files of the marriage and of the move came before.
    const told = { folder: dataFolder, place: 3 };
    expectTheLeavingToHold(await leaveTrust(localStage(system, dataFolder), system, told));
  });
});

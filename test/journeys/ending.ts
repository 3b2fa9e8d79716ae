/** What the story must come to, on whatever it is told. */
import { expect } from '@jest/globals';

import type { MatchEnding } from './decide-match.ts';
import type { LeaveEnding } from './leave.ts';
import type { MoveEnding } from './move.ts';
import type { Ending } from './story.ts';
import type { SurgeEnding } from './surge.ts';

/** Asserts the whole ending. */
export function expectTheStoryToHold(ending: Ending): void {
  expect(ending.record.name).toEqual({ given: 'Amara', family: 'Okafor-Lindqvist' });
  expect(ending.record.assignments.length).toBeGreaterThan(0);
  expect(ending.record.registrations).toEqual([
    expect.objectContaining({ body: 'NMC', status: 'REGISTERED' }),
  ]);
  expect(ending.record.competences.length).toBeGreaterThan(0);
  expect(ending.record.mailboxes).toHaveLength(1);

  expect(ending.credentials.map(({ configurationId }) => configurationId).sort()).toEqual([
    'core-skills-training',
    'employment-assignment',
    'identity',
    'occupational-health',
    'professional-registration',
  ]);

  expect(ending.verified.outcome).toBe('VALID');
  expect(ending.verified.checks.length).toBeGreaterThan(10);
  expect(ending.verified.checks.filter(({ outcome }) => outcome !== 'PASSED')).toEqual([]);
  // Only what was asked for, and what every credential of the kind shows.
  expect(ending.verified.claims).toMatchObject({
    registration_number: ending.record.registrations[0]?.number,
    registration_status: 'REGISTERED',
  });
  expect(ending.verified.claims).not.toHaveProperty('registration_expires_on');
  expect(ending.verified.claims).not.toHaveProperty('last_checked_at');

  expect(ending.clearance.outcome).toBe('VALID');
  expect(ending.clearance.claims).toMatchObject({
    outcome: 'FIT',
    assessed_on: '2026-03-02',
    nhs: { ods: 'RZ1', provenance: { verification_method: 'Document Verification' } },
  });
  expect(ending.clearance.claims).not.toHaveProperty('exposure_prone_procedures');
  expect(ending.training.outcome).toBe('VALID');
  expect(ending.training.claims).toMatchObject({
    competences: expect.arrayContaining([
      expect.objectContaining({ framework: 'CSTF', awarded_on: expect.any(String) }),
    ]),
  });

  expect(ending.forShift.page).toMatch(/<h1[^>]*>Shared</);
  expect(ending.forShift).toMatchObject({
    state: 'ANSWERED',
    result: { outcome: 'VALID', holder: { id: ending.staffId } },
  });
  expect(ending.forShift.result?.credentials.map(({ queryId }) => queryId).sort()).toEqual(
    ending.credentials.map(({ configurationId }) => configurationId).sort(),
  );

  expect(ending.whileSuspended.outcome).toBe('SUSPENDED');
  expect(ending.afterReinstating.outcome).toBe('VALID');
  expect(ending.afterRevoking.outcome).toBe('REVOKED');

  const fieldsRead = (odsCode: string, purpose: string) =>
    ending.lookedAt
      .filter((one) => one.actorOrganisation?.odsCode === odsCode && one.purpose === purpose)
      .flatMap(({ fields }) => fields);
  expect(fieldsRead('RZ1', 'HR_ADMINISTRATION')).toEqual(
    expect.arrayContaining([
      'name.family',
      'registrations.number',
      'mailboxes.mail',
      'credential.state',
    ]),
  );
  expect(fieldsRead('RZ2', 'PRE_EMPLOYMENT')).toEqual(
    expect.arrayContaining(['registration_number', 'registration_status']),
  );
  for (const { at, actorName } of ending.lookedAt) {
    expect(Date.parse(at)).not.toBeNaN();
    expect(actorName).not.toBe('');
  }

  expect(ending.shared.length).toBeGreaterThan(2);
  expect(ending.shared.at(-1)).toEqual({
    id: expect.stringMatching(/^prq_/),
    requester: { odsCode: 'RZ2' },
    purpose: 'PRE_EMPLOYMENT',
    state: 'SHARED',
    shared: [
      {
        type: 'PROFESSIONAL_REGISTRATION',
        claims: expect.arrayContaining(['registration_number', 'registration_status']),
      },
    ],
  });
  expect(ending.deletion).toBe('DELETED');
  expect(ending.receipt).toMatchObject({
    iss: expect.stringMatching(/\/verifiers\/RZ2$/),
    request: ending.shared.at(-1)?.id,
    purpose: 'PRE_EMPLOYMENT',
    outcome: 'VALID',
    credentials: [{ outcome: 'VALID', issuer: expect.stringMatching(/\/trusts\/RZ1$/) }],
  });
  expect(JSON.stringify(ending.receipt)).not.toContain(ending.record.registrations[0]?.number);
}

/** Asserts the ending of the surge. */
export function expectTheSurgeToHold(ending: SurgeEnding): void {
  expect(ending.withoutAgreement).toEqual(['NO_AGREEMENT']);
  expect(ending.lastSecond).toBe(`${ending.lastDay} 23:59:59`);
  expect(ending.online).toMatchObject({
    outcome: 'VALID',
    claims: { licence_to_attend: true, end_date: ending.lastDay },
  });
  const { offline, offlineTooLate } = ending;
  expect(offline).toEqual({ offline: true, outcome: 'valid', statusAsOf: expect.any(Date) });
  expect(offlineTooLate).toMatchObject({ offline: true, outcome: 'cannot-check' });
  expect(ending.afterTheEnd.outcome).toBe('REVOKED');
  // What she could do at the host is over; her own record is hers to read as before.
  expect(ending.atTheHost).toEqual([200, 401]);
  expect(ending.atHerEmployer).toEqual([200, 200]);
}

/** Asserts the ending of the move. */
export function expectTheMoveToHold(ending: MoveEnding): void {
  const { requested, consented, toDecide, decided, received, again } = ending;
  expect(requested).toMatchObject({ state: 'AWAITING_CONSENT', case: null, record: null });
  expect(consented).toMatchObject({ state: 'CASE_OPEN', case: null, record: null });
  expect(toDecide?.case).toEqual({
    queue: 'NI_MATCH_NAME_DIFFERS',
    candidates: [
      {
        familyName: 'O…',
        birthDate: '1992-**-**',
        niNumber: expect.stringMatching(/^QQ\*{4}\d\d[A-D]$/),
        compared: [
          { field: 'NI_NUMBER', outcome: 'SAME' },
          { field: 'BIRTH_DATE', outcome: 'SAME' },
          { field: 'LAST_NAME', outcome: 'DIFFERENT' },
        ],
      },
    ],
  });
  expect(decided).toMatchObject({ state: 'RELEASED', record: null });
  expect(received).toMatchObject({
    state: 'RELEASED',
    record: { employment: { hireDate: '2018-09-10' } },
  });
  expect(received?.record?.competences.length).toBeGreaterThan(0);
  expect(again?.id).toBe(requested?.id);
  expect([ending.withdrawn?.state, ending.receivedAfterwards?.record]).toEqual(['WITHDRAWN', null]);
  expect(ending.employment).toMatchObject({
    state: 'REVOKED',
    reason: 'LEAVING_ORGANISATION',
  });
  expect(ending.locations).toEqual([{ odsCode: 'RZ1' }, { odsCode: 'RZ2' }]);
}

/** Asserts the ending of the decision about a mailbox. */
export function expectTheMatchToHold(ending: MatchEnding): void {
  const { mail, staffId, whileLikely, toDecide, undecided, whileConfirmed, afterwards } = ending;
  const nothing = {
    mailboxes: [],
    signIn: '403: We cannot find your staff record',
    offer: expect.stringContaining('NOT_ELIGIBLE'),
  };
  const likely = { method: 'SCORE', state: 'LINKED', assurance: 'LIKELY', author: 'MATCHING' };
  expect(whileLikely).toEqual({ ...nothing, links: [likely] });

  expect(toDecide).toMatchObject({
    queue: 'NAME_CHANGE',
    because: 'NAME_DIFFERS',
    state: 'OPEN',
    candidates: [{ staffMember: { id: staffId }, account: { mail } }],
  });
  expect(toDecide.candidates[0]?.evidence).toEqual(
    expect.arrayContaining([
      { field: 'workEmail', outcome: 'equal', directoryValue: mail },
      expect.objectContaining({ field: 'familyName', outcome: 'different' }),
    ]),
  );
  expect([ending.waiting, ending.elsewhere]).toEqual([1, null]);
  expect(undecided).toMatchObject(nothing);
  expect(undecided.links).toEqual([expect.objectContaining({ state: 'REVIEW', assurance: null })]);

  expect(ending.decided).toBe('RESOLVED');
  expect(whileConfirmed).toEqual({
    links: [{ method: 'MANUAL', state: 'LINKED', assurance: 'CONFIRMED', author: 'PERSON' }],
    mailboxes: [mail],
    signIn: [mail],
    offer: 'made',
  });
  expect(ending.undone).toEqual(['AWAITING_SECOND_PERSON', 'OPEN']);
  expect(afterwards).toEqual(undecided);
}

/** Asserts the ending of the leaving. */
export function expectTheLeavingToHold(ending: LeaveEnding): void {
  const { leaver, told, found, open, printed, elsewhere } = ending;
  expect(told.leaver).toEqual([
    { type: 'FINDING_OPENED', kind: 'LEAVER_STILL_ACTIVE', odsCode: 'RZ1' },
  ]);
  expect(found.leaver).toEqual([{ account: { mail: leaver.mail }, worksAt: [] }]);
  expect(printed.leaver).toEqual([expect.stringMatching(/^LEAVER_STILL_ACTIVE {2}since /)]);
  // Her post on the bank keeps her, and what was keyed is for HR to look at.
  expect([told.stayer, found.stayer, printed.stayer]).toEqual([[], [], []]);
  expect(open).toEqual(['POST_STILL_OPEN']);
  expect(elsewhere).toEqual([]);
}

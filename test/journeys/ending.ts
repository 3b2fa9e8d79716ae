/** What the story must come to, on whatever it is told. */
import { expect } from '@jest/globals';

import type { Ending } from './story.ts';

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
  expect(ending.revokedAfterMs).toBeLessThan(5_000);

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

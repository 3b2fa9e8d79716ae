/** Every standing that the staff records know has an answer here, and none but one passes. */
import { readFileSync } from 'node:fs';

import { expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';

import { REGISTRATION_STATUSES } from '../../../../subgraphs/esr/domain/records.ts';
import { professionalRegistration } from '../../../../subgraphs/passport/domain/credential-types/professional-registration.ts';
import { standsOnRegister } from '../../../../subgraphs/passport/domain/employment-checks/registration-check.ts';
import { reactToEvent, sourcesOf } from '../../../../subgraphs/passport/domain/react-to-event.ts';
import type { FollowedCredential } from '../../../../subgraphs/passport/domain/staff-events.ts';
import { NOW, READING, rules } from './employment-checks/example.ts';

const ANSWERS: Readonly<
  Record<
    string,
    {
      readonly check: string;
      readonly credential: 'stays' | 'SUSPENDED' | 'REVOKED';
      /** What a new credential says; none is issued without it. */
      readonly claim?: string;
      readonly told: boolean;
    }
  >
> = {
  REGISTERED: { check: 'PASS', credential: 'stays', claim: 'REGISTERED', told: true },
  CONDITIONS: {
    check: 'NEEDS_LOCAL_CHECK REGISTRATION_HAS_CONDITIONS',
    credential: 'stays',
    claim: 'CONDITIONS',
    told: true,
  },
  INTERIM_CONDITIONS: {
    check: 'NEEDS_LOCAL_CHECK REGISTRATION_HAS_CONDITIONS',
    credential: 'stays',
    claim: 'CONDITIONS',
    told: true,
  },
  UNDERTAKINGS: {
    check: 'NEEDS_LOCAL_CHECK REGISTRATION_HAS_CONDITIONS',
    credential: 'stays',
    claim: 'CONDITIONS',
    told: true,
  },
  SUSPENDED: { check: 'FAIL REGISTRATION_SUSPENDED', credential: 'SUSPENDED', told: true },
  INTERIM_SUSPENSION: { check: 'FAIL REGISTRATION_SUSPENDED', credential: 'SUSPENDED', told: true },
  NO_LICENCE: { check: 'FAIL REGISTRATION_WITHOUT_LICENCE', credential: 'SUSPENDED', told: true },
  LAPSED: { check: 'EXPIRED REGISTRATION_LAPSED', credential: 'SUSPENDED', told: true },
  REMOVED: { check: 'FAIL REGISTRATION_REMOVED', credential: 'REVOKED', told: true },
  NOT_FOUND: {
    check: 'NEEDS_LOCAL_CHECK REGISTRATION_NOT_FOUND',
    credential: 'stays',
    told: true,
  },
  UNKNOWN: { check: 'NEEDS_LOCAL_CHECK REGISTER_NOT_READ', credential: 'stays', told: false },
};
/** And one that nobody here knows. */
const FUTURE = 'UNDER_REVIEW';
const FUTURE_ANSWER = {
  check: 'NEEDS_LOCAL_CHECK REGISTER_NOT_READ',
  credential: 'stays',
  told: true,
} as const;

const KEY = new Uint8Array(32);

it('answers every standing of the graph, and the feed reads them all', () => {
  const { definitions } = parse(readFileSync('schema/esr.graphql', 'utf8'));
  const values = definitions.flatMap((one) =>
    one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === 'RegistrationStatus'
      ? (one.values ?? []).map(({ name }) => name.value)
      : [],
  );
  expect(Object.keys(ANSWERS)).toEqual(values);
  expect(values).toEqual(REGISTRATION_STATUSES);
});

it.each([...Object.entries(ANSWERS), [FUTURE, FUTURE_ANSWER] as const])(
  '%s has its answer',
  (status, { check, credential, told, ...answer }) => {
    const { outcome, reasons } = standsOnRegister({ ...READING, status }, rules());
    expect([outcome, ...reasons].join(' ')).toBe(check);

    const event = {
      type: 'REGISTRATION_CHANGED',
      staffId: 'stf_1',
      odsCode: 'RZ1',
      at: NOW,
      worksAt: ['RZ1', 'RZ2'],
      deceased: false,
      registrations: [{ ...READING, status, lastCheckedAt: undefined }],
      placements: [],
    } as const;
    const held: FollowedCredential = {
      id: 'crd_1',
      staffId: 'stf_1',
      odsCode: 'RZ1',
      type: 'PROFESSIONAL_REGISTRATION',
      state: 'ACTIVE',
      version: 1,
      claimsHash: '',
      suspendedByEvent: false,
      revokedByEvent: false,
      ...sourcesOf(
        { ...event, registrations: [{ ...event.registrations[0], status: 'REGISTERED' }] },
        KEY,
      )[0],
    };
    const { changes, signals } = reactToEvent(event, [held], new Set(), KEY);
    expect(changes.map(({ to }) => to)).toEqual(credential === 'stays' ? [] : [credential]);
    expect(signals.map(({ odsCodes }) => odsCodes)).toEqual(told ? [['RZ1', 'RZ2']] : []);

    const { matter } = professionalRegistration;
    const claims =
      matter.from === 'record'
        ? matter.claims({
            registrations: [{ ...READING, status, type: undefined, lastCheckedAt: undefined }],
            readAt: NOW,
          } as unknown as Parameters<typeof matter.claims>[0])
        : undefined;
    expect(claims?.['registration_status']).toBe('claim' in answer ? answer.claim : undefined);
  },
);

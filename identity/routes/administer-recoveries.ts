/** Recoveries of accounts in the administration API. */
import { z } from 'zod';

import {
  type Recoveries,
  type RecoveryActor,
  type RecoveryOutcome,
  type RecoveryRefusal,
  requestRecoveryInput,
} from '../domain/recovery.ts';
import type { Recovery } from '../domain/recovery-ports.ts';
import {
  type AdministrationAnswer,
  administrationEndpoint,
  type AdministrationEndpoint,
  type Administrator,
} from './administration.ts';
import type { ProblemKind } from './problem.ts';

const PATH = '/recoveries';
const scope = 'recovery:manage' as const;
const nothing = z.strictObject({});

/** Makes the endpoints, for the organisation that the caller acts for. */
export function recoveryEndpoints(recoveries: Recoveries): readonly AdministrationEndpoint[] {
  return [
    administrationEndpoint(
      { method: 'GET', path: PATH, scope, input: nothing },
      async ({ administrator }) => {
        const latest = await recoveries.list(actorOf(administrator));
        return { status: 200, body: { recoveries: latest.map(bodyOf) } };
      },
    ),
    administrationEndpoint(
      { method: 'POST', path: PATH, scope, confirmed: true, input: requestRecoveryInput },
      async ({ administrator, input }) =>
        answerOf(await recoveries.request(input, actorOf(administrator))),
    ),
    administrationEndpoint(
      {
        method: 'POST',
        path: `${PATH}/:id/approve`,
        scope,
        confirmed: true,
        about: async ({ administrator, params }) => {
          const latest = await recoveries.list(actorOf(administrator));
          const found = latest.find(({ recoveryId }) => recoveryId === params['id']);
          return found && { staffId: found.staffId, requestedBy: found.requestedBy };
        },
        input: nothing,
      },
      async ({ administrator, params }) =>
        answerOf(await recoveries.approve(params['id'] ?? '', actorOf(administrator))),
    ),
  ];
}

const actorOf = ({ staffId, odsCode }: Administrator): RecoveryActor => ({
  name: staffId,
  odsCode,
});

const REFUSALS: Readonly<Record<RecoveryRefusal, ProblemKind>> = {
  person_not_found: 'input_invalid',
  recovery_for_oneself: 'not_allowed',
  second_person_required: 'not_allowed',
  recovery_not_found: 'not_found',
  recovery_not_waiting: 'conflict',
  too_many_waiting: 'too_many_requests',
};

function answerOf(outcome: RecoveryOutcome): AdministrationAnswer {
  switch (outcome.kind) {
    case 'asked':
      return { status: 201, body: bodyOf(outcome.recovery) };
    case 'approved': {
      const { recovery, setupCode, setupCodeSeconds } = outcome;
      return { status: 200, body: { ...bodyOf(recovery), setupCode, setupCodeSeconds } };
    }
    case 'refused': {
      const { code } = outcome;
      const fields = code === 'person_not_found' ? { fields: ['mail'] } : {};
      return { problem: { kind: REFUSALS[code], code, ...fields } };
    }
  }
}

const bodyOf = (recovery: Recovery) => ({
  id: recovery.recoveryId,
  staffId: recovery.staffId,
  odsCode: recovery.odsCode,
  requestedBy: recovery.requestedBy,
  requestedAt: recovery.requestedAt.toISOString(),
  expiresAt: recovery.expiresAt.toISOString(),
  approvedBy: recovery.approvedBy ?? null,
  approvedAt: recovery.approvedAt?.toISOString() ?? null,
});

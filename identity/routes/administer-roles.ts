/** Roles of people in the administration API. */
import { z } from 'zod';

import {
  requestRoleInput,
  type RoleActor,
  type RoleAdministration,
  type RoleOutcome,
  type RoleRefusal,
} from '../domain/role-grants.ts';
import type { StoredRoleGrant } from '../domain/role-ports.ts';
import {
  type AdministrationAnswer,
  administrationEndpoint,
  type AdministrationEndpoint,
  type Administrator,
} from './administration.ts';
import type { Problem, ProblemKind } from './problem.ts';

const PATH = '/role-grants';
const scope = 'role:grant' as const;

const request = requestRoleInput.omit({ odsCode: true });
const nothing = z.strictObject({});
const filter = z.strictObject({
  state: z.enum(['REQUESTED', 'APPROVED', 'REFUSED', 'ENDED']).optional(),
});

/** Makes the endpoints. An administrator sees and gives roles at the organisation they act for. */
export function roleEndpoints(roles: RoleAdministration): readonly AdministrationEndpoint[] {
  const decision = (act: 'approve' | 'refuse' | 'end'): AdministrationEndpoint =>
    administrationEndpoint(
      {
        method: 'POST',
        path: `${PATH}/:id/${act}`,
        scope,
        confirmed: act === 'approve',
        about: async ({ administrator, params }) => {
          const latest = await roles.list(actorOf(administrator));
          const grant = latest.find(({ grantId }) => grantId === params['id']);
          return grant && aboutGrant(grant);
        },
        input: nothing,
      },
      async ({ administrator, params }) =>
        answerOf(await roles[act](params['id'] ?? '', actorOf(administrator)), 200),
    );
  return [
    administrationEndpoint(
      { method: 'GET', path: PATH, scope, input: filter },
      async ({ administrator, input: { state } }) => {
        const grants = await roles.list(actorOf(administrator), state);
        return { status: 200, body: { roleGrants: grants.map(bodyOf) } };
      },
    ),
    administrationEndpoint(
      { method: 'POST', path: PATH, scope, confirmed: true, input: request },
      async ({ administrator, input }) => {
        const wanted = { ...input, odsCode: administrator.odsCode };
        return answerOf(await roles.request(wanted, actorOf(administrator)), 201);
      },
    ),
    decision('approve'),
    decision('refuse'),
    decision('end'),
  ];
}

/** What the one who approves has to see. */
const aboutGrant = ({ mail, role, odsCode, validUntil, requestedBy }: StoredRoleGrant) => ({
  mail,
  role,
  odsCode,
  until: validUntil.toISOString(),
  requestedBy,
});

const actorOf = ({ staffId, odsCode }: Administrator): RoleActor => ({ name: staffId, odsCode });

const REFUSALS: Readonly<Record<RoleRefusal, ProblemKind>> = {
  person_not_found: 'input_invalid',
  period_invalid: 'input_invalid',
  role_for_oneself: 'not_allowed',
  second_person_required: 'not_allowed',
  grant_not_found: 'not_found',
  grant_not_waiting: 'conflict',
  too_many_waiting: 'too_many_requests',
};
const FIELDS: Partial<Readonly<Record<RoleRefusal, readonly string[]>>> = {
  person_not_found: ['mail'],
  period_invalid: ['from', 'until'],
};

function answerOf(outcome: RoleOutcome, status: 200 | 201): AdministrationAnswer {
  if (outcome.kind === 'done') return { status, body: bodyOf(outcome.grant) };
  const { code } = outcome;
  const fields = FIELDS[code];
  const problem: Problem = { kind: REFUSALS[code], code, ...(fields && { fields }) };
  return { problem };
}

const bodyOf = (grant: StoredRoleGrant) => ({
  id: grant.grantId,
  staffId: grant.staffId ?? null,
  mail: grant.mail,
  role: grant.role,
  odsCode: grant.odsCode,
  state: grant.state,
  from: grant.validFrom.toISOString(),
  until: grant.validUntil.toISOString(),
  requestedAt: grant.requestedAt.toISOString(),
  requestedBy: grant.requestedBy,
  decidedAt: grant.decidedAt?.toISOString() ?? null,
  decidedBy: grant.decidedBy ?? null,
  endedAt: grant.endedAt?.toISOString() ?? null,
  endedBy: grant.endedBy ?? null,
});

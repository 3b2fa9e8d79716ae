/** Giving people roles as an operator does it: two operators, or an operator and an administrator. */
import { z } from 'zod';

import {
  operatorActor,
  requestRoleInput,
  type RoleAdministration,
  type RoleOutcome,
  type RoleRefusal,
} from './role-grants.ts';
import type { StoredRoleGrant } from './role-ports.ts';

/** Something that is not done with a grant. The code says why. */
export class RoleRefused extends Error {
  override readonly name = 'RoleRefused';
  readonly code: RoleRefusal | 'input_invalid';
  constructor(code: RoleRefusal | 'input_invalid', message: string) {
    super(message);
    this.code = code;
  }
}

const by = z.string().trim().min(1).max(200);

const operatorRoleRequest = z.strictObject({ ...requestRoleInput.shape, by });
const operatorRoleDecision = z.strictObject({
  grantId: z.string().min(1).max(64),
  by,
});
const operatorRoleList = z.strictObject({ odsCode: z.string().max(16).optional() });

/** What an operator can do. All of them throw {@link RoleRefused}. */
export interface OperatorRoles {
  readonly requestRole: (input: z.input<typeof operatorRoleRequest>) => Promise<StoredRoleGrant>;
  readonly approveRole: (input: z.input<typeof operatorRoleDecision>) => Promise<StoredRoleGrant>;
  readonly refuseRole: (input: z.input<typeof operatorRoleDecision>) => Promise<StoredRoleGrant>;
  readonly endRole: (input: z.input<typeof operatorRoleDecision>) => Promise<StoredRoleGrant>;
  readonly roleGrants: (
    input: z.input<typeof operatorRoleList>,
  ) => Promise<readonly StoredRoleGrant[]>;
}

const WORDS: Readonly<Record<RoleRefusal, string>> = {
  person_not_found: 'the address is linked to nobody who works somewhere',
  period_invalid: 'a role ends after it begins, and within a year of it',
  role_for_oneself: 'nobody gives a role to themselves',
  second_person_required: 'somebody else than who asked for it has to decide',
  grant_not_found: 'there is no such grant',
  grant_not_waiting: 'it has been decided, has ended, or waited for longer than 30 days',
  too_many_waiting: 'too many requests of this organisation wait already',
};

/** Creates the operator's functions. */
export function operatorRoles(administration: RoleAdministration): OperatorRoles {
  const decide =
    (act: 'approve' | 'refuse' | 'end') =>
    async (input: z.input<typeof operatorRoleDecision>): Promise<StoredRoleGrant> => {
      const { grantId, by: name } = checked(operatorRoleDecision, input);
      return granted(await administration[act](grantId, operatorActor(name)));
    };
  return {
    requestRole: async (input) => {
      const { by: name, ...wanted } = checked(operatorRoleRequest, input);
      return granted(await administration.request(wanted, operatorActor(name)));
    },
    approveRole: decide('approve'),
    refuseRole: decide('refuse'),
    endRole: decide('end'),
    roleGrants: (input) => {
      const { odsCode } = checked(operatorRoleList, input);
      return administration.list({ name: 'operator:', odsCode });
    },
  };
}

function granted(outcome: RoleOutcome): StoredRoleGrant {
  if (outcome.kind === 'done') return outcome.grant;
  throw new RoleRefused(outcome.code, WORDS[outcome.code]);
}

function checked<Shape extends z.ZodType>(shape: Shape, input: unknown): z.output<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RoleRefused('input_invalid', faults.join('; '));
}

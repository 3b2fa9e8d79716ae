/** What identity's administration API answers, as far as these pages read it. */
import { z } from 'zod';

import type { Visit } from '../page.ts';

const roleGrant = z.object({
  id: z.string(),
  staffId: z.string().nullable(),
  mail: z.string(),
  role: z.string(),
  state: z.string(),
  until: z.string(),
  requestedAt: z.string(),
  requestedBy: z.string(),
});
const recovery = z.object({
  id: z.string(),
  staffId: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  approvedAt: z.string().nullable(),
});
const problem = z.object({ code: z.string() });

/** A role that somebody has or is to have. */
export type RoleGrant = z.infer<typeof roleGrant>;

type Ask = Pick<Visit, 'administration'>;

/** Roles at the organisation that the caller acts for. */
export async function roleGrants({ administration }: Ask): Promise<readonly RoleGrant[]> {
  const { body } = await administration('GET', '/administration/role-grants');
  return z.object({ roleGrants: z.array(roleGrant) }).safeParse(body).data?.roleGrants ?? [];
}

/** New ways to sign in that somebody has asked for and nobody has approved. */
export async function waitingRecoveries(
  { administration }: Ask,
  now: Date,
): Promise<readonly z.infer<typeof recovery>[]> {
  const { body } = await administration('GET', '/administration/recoveries');
  const all = z.object({ recoveries: z.array(recovery) }).safeParse(body).data?.recoveries ?? [];
  return all.filter(
    ({ approvedAt, expiresAt }) => approvedAt === null && new Date(expiresAt) > now,
  );
}

/** The stable code of a problem; `undefined` when all went well. */
export const problemOf = ({ status, body }: { readonly status: number; readonly body: unknown }) =>
  status < 400 ? undefined : (problem.safeParse(body).data?.code ?? 'unknown');

import type { EsrContext } from '../context.ts';
import { accessTo } from '../domain/access.ts';
import { type AssignmentOnDay, assignmentsOn } from '../domain/staff-record.ts';
import { employerOf } from './employment.ts';
import { allows, findStaff } from './find-staff.ts';
import type { AssignmentResolvers } from './types.generated.ts';

/** Fields of a post. */
export const Assignment: AssignmentResolvers = {
  employer: employerOf,
  assignmentNumber: ({ version }) => version.assignmentNumber,
  primary: ({ version }) => version.primary,
  status: ({ version }) => version.status,
  positionTitle: ({ version }) => version.positionTitle,
  jobRole: ({ version }) => version.jobRole,
  staffGroup: ({ version }) => version.staffGroup,
  grade: ({ version }) => version.grade,
  fte: ({ version }) => version.fte,
  category: ({ version }) => version.category,
  startDate: ({ version }) => version.startDate ?? version.effectiveFrom,
  endDate: ({ version }) => version.endDate ?? version.effectiveTo,
  position: ({ version }) =>
    version.positionId === null
      ? null
      : {
          id: version.positionId,
          title: version.positionTitle,
          occupationCode: version.occupationCode,
          areaOfWork: version.areaOfWork,
        },
  hours: ({ version }) => version.hours,
  location: ({ version }) => version.location,
  department: ({ version }) => version.department,
  contractType: ({ version }) => version.contractType,
};

/** Finds a post that another subgraph named, when the caller may see whose it is. */
export async function resolveAssignment(
  id: string,
  context: EsrContext,
): Promise<AssignmentOnDay | null> {
  const owner = await context.loaders.assignmentOwners.load(id);
  // The rule is asked for an unknown post too, so that the answer is the one for somebody else's.
  if (!allows(accessTo(context.caller, owner ?? '')) || owner === undefined) return null;
  if ((await findStaff(owner, context)) === null) return null;
  const held = await context.loaders.assignments.load(owner);
  return (
    assignmentsOn(held, { activeOn: null, day: context.day }).find((one) => one.id === id) ?? null
  );
}

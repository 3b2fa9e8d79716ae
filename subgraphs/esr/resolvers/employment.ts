import type { EsrContext } from '../context.ts';
import type { OrganisationRow } from '../domain/records.ts';
import type { EmploymentResolvers } from './types.generated.ts';

/** The organisation of a record; the database holds no record without one. */
export async function employerOf(
  { odsCode }: { readonly odsCode: string },
  _args: unknown,
  { loaders }: EsrContext,
): Promise<OrganisationRow> {
  const organisation = await loaders.organisations.load(odsCode);
  if (organisation === undefined) throw new Error('a record of an unknown organisation');
  return organisation;
}

/** Fields of an employment. */
export const Employment: EmploymentResolvers = {
  employer: employerOf,
  lastDay: ({ endsOn }) => endsOn,
};

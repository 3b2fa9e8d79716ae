import type { DirectorySchema } from './directory-schema.ts';
import { inetOrgPerson, nhsmail } from './person-entries.ts';
import { sds } from './spine-entries.ts';

/** The schemas that a directory may follow, by their names in the settings. */
export const DIRECTORY_SCHEMAS = { nhsmail, inetOrgPerson, sds } as const satisfies Readonly<
  Record<string, DirectorySchema>
>;

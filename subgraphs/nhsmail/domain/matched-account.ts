import type { DirectoryEntry } from './directory-entry.ts';

/** An account, as far as matching needs it. */
export type MatchedAccount = Pick<
  DirectoryEntry,
  'id' | 'mail' | 'aliases' | 'kind' | 'familyName' | 'odsCode' | 'employeeNumber'
> &
  Partial<
    Pick<
      DirectoryEntry,
      | 'givenName'
      | 'middleNames'
      | 'jobTitle'
      | 'jobRole'
      | 'phone'
      | 'smartcardId'
      | 'registrations'
      | 'createdAt'
    >
  >;

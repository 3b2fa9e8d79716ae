/** What a resolver has at hand. */
import DataLoader from 'dataloader';

import type { Caller } from '../../runtime/caller-statement.ts';
import type { DirectoryView } from './domain/access.ts';
import type { DirectoryEntry } from './domain/directory-entry.ts';
import type { IdentityLink } from './domain/links.ts';
import type { LinkStore, StaffDirectory } from './domain/ports.ts';

/** A person, by id alone: the rest of the person is in other subgraphs. */
export interface StaffMemberParent {
  readonly id: string;
}

/** A link as one caller may see it. */
export interface IdentityLinkParent extends IdentityLink {
  readonly view: DirectoryView;
}

/** What one request has. */
export interface NhsmailContext {
  readonly caller: Caller;
  /** Notes that a person's record goes out with this answer. */
  readonly disclose: (staffId: string) => void;
  readonly directory: StaffDirectory;
  readonly loaders: {
    /** Current links by person. */
    readonly linksOfPerson: DataLoader<string, readonly IdentityLink[]>;
    /** Current links by account. */
    readonly linksOfAccount: DataLoader<string, readonly IdentityLink[]>;
    /** Accounts by id. */
    readonly account: DataLoader<string, DirectoryEntry | undefined>;
  };
}

/** A request's context. Everything is read at most once in a request. */
export function nhsmailContext(
  request: Pick<NhsmailContext, 'caller' | 'disclose'>,
  { directory, links }: { readonly directory: StaffDirectory; readonly links: LinkStore },
): NhsmailContext {
  const grouped = (
    find: (ids: readonly string[]) => Promise<readonly IdentityLink[]>,
    keyOf: (link: IdentityLink) => string,
  ) =>
    new DataLoader<string, readonly IdentityLink[]>(
      async (ids) => {
        const found = Map.groupBy(await find(ids), keyOf);
        return ids.map((id) => found.get(id) ?? []);
      },
      { maxBatchSize: 500 },
    );
  return {
    caller: request.caller,
    disclose: request.disclose,
    directory,
    loaders: {
      linksOfPerson: grouped(
        (ids) => links.findByStaff(ids),
        ({ staffId }) => staffId,
      ),
      linksOfAccount: grouped(
        (ids) => links.findByAccounts(ids),
        ({ accountId }) => accountId,
      ),
      account: new DataLoader<string, DirectoryEntry | undefined>(async (ids) => {
        const found = await directory.findByIds(ids);
        return ids.map((id) => found.get(id));
      }),
    },
  };
}

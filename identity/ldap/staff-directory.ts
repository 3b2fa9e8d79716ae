/** The NHSmail directory over LDAP. */
import { z } from 'zod';

import type { StaffDirectory } from '../domain/ports.ts';
import { ldapBind } from '../../runtime/ldap-bind.ts';
import { EqualityFilter, type LdapPool } from '../../runtime/ldap-pool.ts';

/** Where the directory is. */
export interface LdapDirectoryOptions {
  readonly url: string;
  readonly baseDn: string;
  /** Certificate authorities, when not the system's. */
  readonly tls?: { readonly ca: string };
  /** Whether an `ldap:` connection is encrypted before a password is sent. */
  readonly startTls?: boolean;
  /** Milliseconds that a password check may take. */
  readonly deadlineMs: number;
  /** Connections signed in as the service account. */
  readonly pool: Pick<LdapPool, 'search'>;
}

const entry = z.object({
  mail: z.string().min(1).max(254).toLowerCase(),
  displayname: z.string().min(1).max(500).optional(),
  cn: z.string().min(1).max(500).optional(),
  employeetype: z.string(),
});

/** Creates the directory. */
export function ldapStaffDirectory({
  url,
  baseDn,
  deadlineMs,
  pool,
  tls,
  startTls = false,
}: LdapDirectoryOptions): StaffDirectory {
  return {
    findByMail: async (mail) => {
      // OpenLDAP takes an address with a NUL at the end for the address.
      if (/\p{Cc}/u.test(mail)) return undefined;
      const found = await pool.search(baseDn, {
        filter: new EqualityFilter({ attribute: 'mail', value: mail }),
        scope: 'sub',
        attributes: ['mail', 'cn', 'displayName', 'employeeType'],
        sizeLimit: 2,
      });
      const [only] = found;
      if (only === undefined || found.length > 1) return undefined;
      const firsts = [...only.attributes].map(([name, values]) => [name, values[0]] as const);
      const parsed = entry.safeParse(Object.fromEntries(firsts));
      if (!parsed.success) return undefined;
      const { mail: primary, displayname, cn, employeetype } = parsed.data;
      return {
        dn: only.dn,
        mail: primary,
        displayName: displayname ?? cn ?? primary,
        employeeType: employeetype,
      };
    },
    verifyPassword: async (account, password) => {
      if (password === '') return false;
      const dn = account?.dn ?? `uid=nobody,${baseDn}`;
      const answer = await ldapBind({
        url,
        dn,
        password,
        deadlineMs,
        startTls,
        ...(tls === undefined ? {} : { tls }),
      });
      return answer === 'accepted' && account !== undefined;
    },
  };
}

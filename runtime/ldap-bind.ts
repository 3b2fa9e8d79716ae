/** Checks a password against an LDAP server by signing in with it (simple bind: RFC 4513, section 5.1.3). */
import { withPatience } from './config.ts';
import { LdapRefused, LdapUnavailable, openLdapConnection } from './ldap-connection.ts';

/** One attempt to sign in. */
export interface LdapBindOptions {
  readonly url: string;
  /** Name of the entry whose password it is. */
  readonly dn: string;
  readonly password: string;
  /** Milliseconds for the whole attempt. */
  readonly deadlineMs?: number;
  /** Certificate authorities (PEM) that the server is checked against, when not the system's. */
  readonly tls?: { readonly ca: string };
  /** Whether an `ldap:` connection is encrypted before the password is sent. */
  readonly startTls?: boolean;
}

/**
 * Result codes that say no to this name and password: noSuchObject, invalidDNSyntax, inappropriateAuthentication,
 * invalidCredentials, insufficientAccessRights, unwillingToPerform (how servers say "locked"), constraintViolation.
 */
const REJECTIONS: ReadonlySet<number> = new Set([19, 32, 34, 48, 49, 50, 53]);

/**
 * Says whether the directory accepts the password.
 *
 * An empty name or password is rejected without asking: a server may take it for an anonymous sign-in and answer
 * success (RFC 4513, section 5.1.2).
 *
 * @throws {LdapUnavailable} when the directory gives no clear answer in time
 */
export async function ldapBind(options: LdapBindOptions): Promise<'accepted' | 'rejected'> {
  if (options.dn.trim() === '' || options.password === '') return 'rejected';
  try {
    const connection = await openLdapConnection(
      {
        url: options.url,
        bindDn: options.dn,
        bindPassword: options.password,
        deadlineMs: options.deadlineMs ?? withPatience(2_000),
        startTls: options.startTls ?? false,
        ...(options.tls === undefined ? {} : { tls: options.tls }),
      },
      () => undefined,
    );
    connection.close();
    return 'accepted';
  } catch (error) {
    if (error instanceof LdapRefused) {
      if (REJECTIONS.has(error.resultCode)) return 'rejected';
      throw new LdapUnavailable('the directory does not take this kind of sign-in', {
        cause: error,
      });
    }
    throw error;
  }
}

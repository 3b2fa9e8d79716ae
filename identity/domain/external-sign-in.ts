/**
 * Signing in with a provider of others. What goes out is kept and comes back once; it belongs to one sign-in here, which
 * only the browser that began it can finish.
 *
 * Source: OpenID Connect Core 1.0, sections 3.1.2 and 15.5.2 (`nonce`); RFC 9700, section 4.4 (mix-up).
 */
import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { readExternalIdentity } from './external-provider.ts';
import type { ExternalLinks, ExternalProvider, ExternalRoles } from './external-ports.ts';
import type { AccountStore, ModelStore, StaffDirectory, StaffRecords } from './ports.ts';
import { ACTIVE_PERSON } from './sign-in.ts';

/** How long the person may take there, in seconds. */
const REQUEST_SECONDS = 600;
/** How long the browser may take back to the sign-in, in seconds. */
const TICKET_SECONDS = 60;
/** How long a role that a provider vouched for holds, in seconds: as long as a session at most. */
const ROLE_SECONDS = 8 * 3600;

const REQUEST = 'ExternalRequest';
const TICKET = 'ExternalTicket';

/** What signing in needs. */
export interface ExternalSignInParts {
  readonly providers: ReadonlyMap<string, ExternalProvider>;
  readonly models: Pick<ModelStore, 'add' | 'find' | 'consume'>;
  readonly directory: Pick<StaffDirectory, 'findByMail'>;
  readonly records: StaffRecords;
  readonly accounts: Pick<AccountStore, 'put'>;
  readonly links: Pick<ExternalLinks, 'find'>;
  readonly roles: ExternalRoles;
  readonly now: () => Date;
}

/** Who has signed in there, and how. */
export interface ExternalSignedIn {
  readonly staffId: string;
  readonly acr: 'two-factor' | 'passkey';
  readonly amr: readonly string[];
}

/** What came of a call back. */
export type ExternalOutcome =
  /** On to the sign-in `uid`, with a ticket that counts once and there only. */
  | { readonly kind: 'signed-in'; readonly uid: string; readonly ticket: string }
  | { readonly kind: 'not-strong-enough' }
  | { readonly kind: 'not-linked' }
  /** It is no answer to a question of ours, came twice or too late, or does not hold. */
  | { readonly kind: 'refused' };

/** The steps. */
export interface ExternalSignIn {
  /** The address at the provider; `undefined` for a provider that is not known. */
  readonly begin: (uid: string, providerId: string) => Promise<string | undefined>;
  readonly finish: (providerId: string, callback: URL) => Promise<ExternalOutcome>;
  readonly redeem: (uid: string, ticket: string) => Promise<ExternalSignedIn | undefined>;
}

const random = (): string => randomBytes(32).toString('base64url');
const requestShape = z.object({
  providerId: z.string(),
  uid: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
});
const ticketShape = z.object({
  uid: z.string(),
  staffId: z.string(),
  acr: z.enum(['two-factor', 'passkey']),
  amr: z.array(z.string()),
});

/** Creates the steps. */
export function externalSignIn(parts: ExternalSignInParts): ExternalSignIn {
  const { providers, models, now } = parts;
  const inSeconds = (seconds: number): Date => new Date(now().getTime() + seconds * 1000);

  /** What was kept under a secret, once. */
  const spend = async (model: string, secret: string): Promise<unknown> => {
    if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) return undefined;
    const found = await models.find(model, secret);
    if (found?.expiresAt === undefined || found.expiresAt <= now()) return undefined;
    return (await models.consume(model, secret)) ? found.payload : undefined;
  };

  const personOf = async (
    provider: ExternalProvider,
    person: string,
  ): Promise<{ staffId: string; mail: string; name: string | undefined } | undefined> => {
    const { id, person: rule } = provider.settings;
    const link = rule.by === 'link' ? await parts.links.find(id, person) : undefined;
    if (rule.by === 'link' && link === undefined) return undefined;
    const account = await parts.directory.findByMail(link?.mail ?? person);
    if (account?.employeeType !== ACTIVE_PERSON) return undefined;
    const staffId = await parts.records.findStaffId(account.mail);
    // A link names the person, so an address that somebody else has now does not.
    if (staffId === undefined || (link !== undefined && link.staffId !== staffId)) return undefined;
    return { staffId, mail: account.mail, name: account.displayName };
  };

  return {
    begin: async (uid, providerId) => {
      const provider = providers.get(providerId);
      if (provider === undefined) return undefined;
      const request = { state: random(), nonce: random(), codeVerifier: random() };
      const address = await provider.begin(request);
      await models.add({
        model: REQUEST,
        id: request.state,
        payload: { providerId, uid, nonce: request.nonce, codeVerifier: request.codeVerifier },
        expiresAt: inSeconds(REQUEST_SECONDS),
      });
      return address;
    },
    finish: async (providerId, callback) => {
      const [state, ...others] = callback.searchParams.getAll('state');
      if (state === undefined || others.length > 0) return { kind: 'refused' };
      const kept = requestShape.safeParse(await spend(REQUEST, state));
      const provider = providers.get(providerId);
      // An answer that comes back at another provider's address is a mix-up.
      if (!kept.success || provider === undefined || kept.data.providerId !== providerId) {
        return { kind: 'refused' };
      }
      const { uid, nonce, codeVerifier } = kept.data;
      const claims = await provider.finish(callback, { state, nonce, codeVerifier });
      if (claims === undefined) return { kind: 'refused' };
      const identity = readExternalIdentity(claims, provider.settings);
      if (identity.kind === 'not-strong-enough') return identity;
      const person =
        identity.kind === 'nobody' ? undefined : await personOf(provider, identity.person);
      if (identity.kind === 'nobody' || person === undefined) return { kind: 'not-linked' };
      const { staffId, mail } = person;
      await parts.accounts.put({ staffId, mail, name: person.name ?? identity.name ?? mail });
      await parts.roles.replace({
        staffId,
        providerId,
        roles: identity.roles,
        expiresAt: inSeconds(ROLE_SECONDS),
      });
      const ticket = random();
      await models.add({
        model: TICKET,
        id: ticket,
        payload: { uid, staffId, acr: identity.acr, amr: identity.amr },
        expiresAt: inSeconds(TICKET_SECONDS),
      });
      return { kind: 'signed-in', uid, ticket };
    },
    redeem: async (uid, ticket) => {
      const kept = ticketShape.safeParse(await spend(TICKET, ticket));
      if (!kept.success || kept.data.uid !== uid) return undefined;
      const { staffId, acr, amr } = kept.data;
      return { staffId, acr, amr };
    },
  };
}

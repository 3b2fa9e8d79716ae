/** The session of a browser outside the authorization server's own endpoints, and the ending of sessions. */
import type { Client, Provider } from 'oidc-provider';
import { z } from 'zod';

import type { AccountStore } from '../domain/ports.ts';
import type { Revoke } from '../domain/revocation.ts';
import type { SessionEndings, SessionStore } from '../domain/session-ports.ts';
import type { Logger } from '../../runtime/log.ts';
import type { RawExchange } from '../routes/interactions.ts';
import type { BrowserSession, BrowserSessions } from '../routes/browser-sessions.ts';
import { sessionSeconds } from './session-life.ts';

const signedIn = z.object({
  uid: z.string(),
  accountId: z.string(),
  loginTs: z.number(),
  acr: z.string(),
});

/** What the library leaves of a session that it has deleted. */
const endedSession = signedIn.extend({ destroyed: z.literal(true) });

/** Creates the look-up. Finding a session is a use of it. */
export function providerSessions(provider: Provider, now: () => Date): BrowserSessions {
  return {
    find: async ({ req, res }: RawExchange): Promise<BrowserSession | undefined> => {
      const session = await provider.Session.get(provider.createContext(req, res));
      const found = signedIn.safeParse(session);
      if (!found.success) return undefined;
      const { uid, accountId, loginTs, acr } = found.data;
      await session.save(sessionSeconds(loginTs, now()));
      return { sessionId: uid, staffId: accountId, signedInAt: new Date(loginTs * 1000), acr };
    },
  };
}

/** Signs and sends a logout token (Back-Channel Logout 1.0, section 2.5). The library's types do not have it. */
type LogoutClient = Client & {
  readonly backchannelLogout: (staffId: string, sessionId: string) => Promise<void>;
};

/** What the endings need. */
export interface SessionEndingParts {
  readonly sessions: SessionStore;
  readonly accounts: Pick<AccountStore, 'close'>;
  readonly revoke: Revoke;
  readonly log: Logger;
}

/** Creates the endings. */
export function providerSessionEndings(
  provider: Provider,
  { sessions, accounts, revoke, log }: SessionEndingParts,
): SessionEndings {
  const tellApplication = async (clientId: string, staffId: string, sessionId: string) => {
    try {
      const client = await provider.Client.find(clientId);
      if (client?.backchannelLogoutUri === undefined) return;
      await (client as LogoutClient).backchannelLogout(staffId, sessionId);
    } catch (error) {
      log.warn({ err: error, client: clientId }, 'an application was not told of an ended session');
    }
  };
  const endings: SessionEndings = {
    endSessions: async (staffId, which) => {
      const ended = await sessions.end(staffId, which);
      const ids = ended.map(({ sessionId }) => sessionId);
      await revoke(ids.map((sessionId) => ({ kind: 'session', sessionId })));
      // Applications may be slow or away: nobody waits for them.
      void Promise.all(
        ended.flatMap(({ sessionId, clientIds }) =>
          clientIds.map((clientId) => tellApplication(clientId, staffId, sessionId)),
        ),
      );
      return ids;
    },
    endSessionsOf: async (staffId) => {
      await accounts.close(staffId);
      await revoke([{ kind: 'subject', staffId }]);
      return endings.endSessions(staffId, { which: 'all-and-grants' });
    },
  };
  return endings;
}

/** Notes sign-outs at the authorization server's own endpoint, so that the session's tokens end with it. */
export function noteSignOuts(
  provider: Provider,
  { sessions, revoke, log }: Pick<SessionEndingParts, 'sessions' | 'revoke' | 'log'>,
): void {
  provider.on('end_session.success', ({ oidc: { session } }) => {
    const found = endedSession.safeParse(session);
    if (!found.success) return;
    const { uid, accountId } = found.data;
    Promise.all([
      sessions.noteEnd(uid, accountId),
      revoke([{ kind: 'session', sessionId: uid }]),
    ]).catch((error: unknown) => {
      log.error({ err: error }, 'a sign-out was not noted');
    });
  });
}

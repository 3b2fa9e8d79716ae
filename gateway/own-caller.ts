/** The gateway itself, as it asks on nobody's behalf. */
import { type Caller, GATEWAY } from '../runtime/caller-statement.ts';

/** The caller of one request of the gateway's own. */
export const ownCaller = (requestId: string): Caller => ({
  kind: 'machine',
  subject: GATEWAY,
  clientId: GATEWAY,
  name: GATEWAY,
  scopes: new Set(),
  requestId,
});

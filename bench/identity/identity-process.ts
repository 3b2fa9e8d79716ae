/**
 * The authorization server in a process of its own, on PostgreSQL when it is installed and on the embedded database
 * otherwise. The directory, the records and the issuer answer at once.
 */
import { openPostgres } from '../../runtime/database.ts';
import { startIdentity } from '../../test/unit/identity/harness.ts';
import { serveParent } from '../child.ts';
import { PERSON } from './person.ts';

/** What the parent says. */
interface Settings {
  /** Address of an empty PostgreSQL database; the embedded one when left out. */
  readonly database?: string;
}

const { database } = JSON.parse(process.argv[2] ?? '{}') as Settings;
const identity = await startIdentity(
  database === undefined ? {} : { database: openPostgres(database) },
);
identity.world.people.set(PERSON.mail, PERSON);
serveParent(
  {
    issuer: identity.issuer,
    hrKey: identity.keys.hr.private,
    passportKey: identity.keys.passport.private,
  },
  identity.stop,
);

/** Starts the directory subgraph. */
import { systemClock } from '../../runtime/clock.ts';
import { openPostgres } from '../../runtime/database.ts';
import { runProcess } from '../../runtime/process.ts';
import { composeNhsmail } from './compose.ts';
import { readNhsmailConfig } from './config.ts';

await runProcess({
  name: 'nhsmail',
  readConfig: readNhsmailConfig,
  port: (config) => config.NHSMAIL_PORT,
  compose: (config, log) =>
    composeNhsmail(config, {
      log,
      now: systemClock,
      database: openPostgres(config.NHSMAIL_DATABASE_URL),
    }),
});

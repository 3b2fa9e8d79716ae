/** Starts the staff records subgraph. */
import { systemClock } from '../../runtime/clock.ts';
import { openPostgres } from '../../runtime/database.ts';
import { runProcess } from '../../runtime/process.ts';
import { composeEsr } from './compose.ts';
import { readEsrConfig } from './config.ts';

await runProcess({
  name: 'esr',
  readConfig: readEsrConfig,
  port: (config) => config.ESR_PORT,
  compose: (config, log) =>
    composeEsr(config, { log, now: systemClock, database: openPostgres(config.ESR_DATABASE_URL) }),
});

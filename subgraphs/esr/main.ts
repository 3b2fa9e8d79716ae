/** Starts the staff records subgraph. */
import { systemClock } from '../../runtime/clock.ts';
import { openPostgres } from '../../runtime/database.ts';
import { runProcess } from '../../runtime/process.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { composeEsr } from './compose.ts';
import { readEsrConfig } from './config.ts';

await runProcess({
  name: 'esr',
  readConfig: readEsrConfig,
  port: (config) => config.ESR_PORT,
  compose: async (config, log) => {
    const { ESR_DATABASE_URL: database, ESR_REDIS_URL: url } = config;
    return composeEsr(config, {
      log,
      now: systemClock,
      database: openPostgres(database),
      ...(url === undefined
        ? {}
        : { keyValue: await redisKeyValue({ url, prefix: 'gateway' }, log) }),
    });
  },
});

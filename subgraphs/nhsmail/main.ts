/** Starts the directory subgraph. */
import { systemClock } from '../../runtime/clock.ts';
import { openPostgres } from '../../runtime/database.ts';
import { runProcess } from '../../runtime/process.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { composeNhsmail } from './compose.ts';
import { readNhsmailConfig } from './config.ts';

await runProcess({
  name: 'nhsmail',
  readConfig: readNhsmailConfig,
  port: (config) => config.NHSMAIL_PORT,
  compose: async (config, log) => {
    const { NHSMAIL_REDIS_URL: url } = config;
    return composeNhsmail(config, {
      log,
      now: systemClock,
      database: openPostgres(config.NHSMAIL_DATABASE_URL),
      ...(url === undefined
        ? {}
        : { keyValue: await redisKeyValue({ url, prefix: 'nhsmail' }, log) }),
    });
  },
});

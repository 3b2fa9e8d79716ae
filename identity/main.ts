/** Starts the identity process. */
import { systemClock } from '../runtime/clock.ts';
import { openPostgres } from '../runtime/database.ts';
import { runProcess } from '../runtime/process.ts';
import { redisKeyValue } from '../runtime/redis-key-value.ts';
import { composeIdentity } from './compose.ts';
import { readIdentityConfig } from './config.ts';

await runProcess({
  name: 'identity',
  readConfig: readIdentityConfig,
  port: (config) => config.IDENTITY_PORT,
  sheds: true,
  compose: async (config, log) =>
    composeIdentity(config, {
      log,
      now: systemClock,
      database: openPostgres(config.IDENTITY_DATABASE_URL),
      keyValue: await redisKeyValue({ url: config.IDENTITY_REDIS_URL, prefix: 'identity' }, log),
    }),
});

/** Starts the passport process. */
import { systemClock } from '../../runtime/clock.ts';
import { openPostgres } from '../../runtime/database.ts';
import { runProcess } from '../../runtime/process.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { composePassport } from './compose.ts';
import { readPassportConfig } from './config.ts';

await runProcess({
  name: 'passport',
  readConfig: readPassportConfig,
  port: (config) => config.PASSPORT_PORT,
  sheds: true,
  compose: async (config, log) =>
    composePassport(config, {
      log,
      now: systemClock,
      database: openPostgres(config.PASSPORT_DATABASE_URL),
      environment: process.env,
      keyValue: await redisKeyValue({ url: config.PASSPORT_REDIS_URL, prefix: 'passport' }, log),
    }),
});

/** Starts the pages. */
import { systemClock } from '../runtime/clock.ts';
import { runProcess } from '../runtime/process.ts';
import { redisKeyValue } from '../runtime/redis-key-value.ts';
import { composeWeb } from './compose.ts';
import { readWebConfig } from './config.ts';

await runProcess({
  name: 'web',
  readConfig: readWebConfig,
  port: (config) => config.WEB_PORT,
  sheds: true,
  compose: async (config, log) =>
    composeWeb(config, {
      log,
      now: systemClock,
      keyValue: await redisKeyValue({ url: config.WEB_REDIS_URL, prefix: 'web' }, log),
    }),
});

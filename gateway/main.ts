/** Starts the gateway. */
import { systemClock } from '../runtime/clock.ts';
import { runProcess } from '../runtime/process.ts';
import { redisKeyValue } from '../runtime/redis-key-value.ts';
import { composeGateway } from './compose.ts';
import { readGatewayConfig } from './config.ts';

await runProcess({
  name: 'gateway',
  readConfig: readGatewayConfig,
  port: (config) => config.GATEWAY_PORT,
  sheds: true,
  compose: async (config, log) => {
    const { GATEWAY_REDIS_URL: url } = config;
    const gateway = await composeGateway(config, {
      log,
      now: systemClock,
      ...(url === undefined
        ? {}
        : { keyValue: await redisKeyValue({ url, prefix: 'gateway' }, log) }),
    });
    process.on('SIGHUP', () => void gateway.lookForSupergraph());
    return gateway;
  },
});

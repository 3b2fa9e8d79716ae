/** Starts the gateway. */
import { systemClock } from '../runtime/clock.ts';
import { runProcess } from '../runtime/process.ts';
import { composeGateway } from './compose.ts';
import { readGatewayConfig } from './config.ts';

await runProcess({
  name: 'gateway',
  readConfig: readGatewayConfig,
  port: (config) => config.GATEWAY_PORT,
  compose: (config, log) => composeGateway(config, { log, now: systemClock }),
});

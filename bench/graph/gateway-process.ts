/** The gateway in a process of its own, with its subgraphs over HTTP. */
import { composeGateway, type GatewaySettings } from '../../gateway/compose.ts';
import { systemClock } from '../../runtime/clock.ts';
import { createLog } from '../../runtime/log.ts';
import { listen } from '../../runtime/process.ts';
import { serveParent } from '../child.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as GatewaySettings;
const log = createLog({ name: 'gateway', level: 'error' });
const listening = await listen({
  name: 'gateway',
  log,
  host: '127.0.0.1',
  port: 0,
  parts: [await composeGateway(settings, { log, now: systemClock })],
  withPrivateRoutes: true,
});
serveParent({ url: `http://127.0.0.1:${String(listening.port)}/graphql` }, listening.stop);

/** The whole product path: token, authorization, limits, signed statements, access log. */
import { composeGateway } from '../../gateway/compose.ts';
import { systemClock } from '../../runtime/clock.ts';
import { createLog } from '../../runtime/log.ts';
import { listen } from '../../runtime/process.ts';
import { serveParent } from '../child.ts';
import type { ContenderSettings } from './contenders.ts';

const { gateway, sheds = false } = JSON.parse(process.argv[2] ?? '{}') as ContenderSettings;
const log = createLog({ name: 'gateway', level: 'error' });
const listening = await listen({
  name: 'gateway',
  log,
  host: '127.0.0.1',
  port: 0,
  parts: [await composeGateway(gateway, { log, now: systemClock })],
  withPrivateRoutes: true,
  sheds,
});
serveParent({ url: `http://127.0.0.1:${String(listening.port)}/graphql` }, listening.stop);

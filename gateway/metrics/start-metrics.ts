/** Counts, when there is a port to read them from. What counts is not even loaded otherwise. */
import type { GatewayConfig } from '../config.ts';
import type { GatewayMetrics, MetricsSources } from './metrics.ts';
import { serveMetrics } from './serve-metrics.ts';

/** Counts that are served. */
export interface ServedMetrics {
  readonly counts: GatewayMetrics;
  readonly stop: () => Promise<void>;
}

/** Starts to count, and to serve the counts. `undefined` where nobody asks for them. */
export async function startMetrics(
  settings: Partial<Pick<GatewayConfig, 'GATEWAY_METRICS_PORT' | 'GATEWAY_METRICS_HOST'>>,
  sources: MetricsSources,
): Promise<ServedMetrics | undefined> {
  const { GATEWAY_METRICS_PORT: port, GATEWAY_METRICS_HOST: host = '127.0.0.1' } = settings;
  if (port === undefined) return undefined;
  const { gatewayMetrics } = await import('./metrics.ts');
  const counts = gatewayMetrics(sources);
  const { stop } = await serveMetrics(counts, { host, port });
  return { counts, stop };
}

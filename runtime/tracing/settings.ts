/** Settings of tracing: the names and units of OpenTelemetry's environment variables, and no others. */
import { z } from 'zod';

import { ConfigError, readConfig } from '../config.ts';

const collector = z.url({ protocol: /^https?$/ });
const milliseconds = z.coerce.number().int().min(1).max(60_000);
/** `name=value` pairs with commas between, the values percent-encoded (W3C Baggage). */
const pairs = z
  .string()
  .max(4_096)
  .transform((text, context): Readonly<Record<string, string>> => {
    const entries = text.split(',').map((pair) => /^\s*([\w.-]+)\s*=\s*(\S*)\s*$/.exec(pair));
    try {
      return Object.fromEntries(
        entries.map((found) => {
          if (found === null) throw new TypeError('is not a pair');
          return [found[1] ?? '', decodeURIComponent(found[2] ?? '')] as const;
        }),
      );
    } catch {
      context.addIssue({ code: 'custom', message: 'is not name=value,name=value' });
      return z.NEVER;
    }
  });

const shape = z.object({
  OTEL_SDK_DISABLED: z.enum(['true', 'false']).default('false'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  /** Where a collector is: spans go to `/v1/traces` there. Nothing is recorded without this or the next one. */
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  /** Where exactly spans go. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.literal('http/json').optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.literal('http/json').optional(),
  OTEL_EXPORTER_OTLP_HEADERS: pairs.optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: pairs.optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: milliseconds.default(10_000),
  OTEL_SERVICE_NAME: z.string().min(1).max(100).optional(),
  OTEL_RESOURCE_ATTRIBUTES: pairs.optional(),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_BSP_SCHEDULE_DELAY: milliseconds.default(5_000),
  OTEL_BSP_EXPORT_TIMEOUT: milliseconds.default(30_000),
  OTEL_BSP_MAX_QUEUE_SIZE: z.coerce.number().int().min(1).max(65_536).default(2_048),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: z.coerce.number().int().min(1).max(4_096).default(512),
});

/** What tracing runs on. */
export type TracingSettings = Omit<z.infer<typeof shape>, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'> & {
  readonly endpoint: string;
};

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Reads the settings.
 *
 * @returns `undefined` when nothing is to be recorded
 * @throws {ConfigError} naming every wrong one
 */
export function readTracingSettings(env: NodeJS.ProcessEnv): TracingSettings | undefined {
  const settings = readConfig(shape, env, 'OTEL_');
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: exact } = settings;
  const endpoint =
    exact ?? (base === undefined ? undefined : `${base.replace(/\/$/, '')}/v1/traces`);
  if (settings.OTEL_BSP_MAX_EXPORT_BATCH_SIZE > settings.OTEL_BSP_MAX_QUEUE_SIZE) {
    throw new ConfigError('OTEL_BSP_MAX_EXPORT_BATCH_SIZE: is more than OTEL_BSP_MAX_QUEUE_SIZE');
  }
  const isOff = settings.OTEL_SDK_DISABLED === 'true' || settings.OTEL_TRACES_EXPORTER === 'none';
  if (endpoint === undefined || isOff) return undefined;
  const { protocol, hostname } = new URL(endpoint);
  const hasHeaders =
    settings.OTEL_EXPORTER_OTLP_HEADERS !== undefined ||
    settings.OTEL_EXPORTER_OTLP_TRACES_HEADERS !== undefined;
  // Headers are what lets us in there.
  if (hasHeaders && protocol !== 'https:' && !LOOPBACK.test(hostname)) {
    throw new ConfigError('OTEL_EXPORTER_OTLP_HEADERS: are sent to an https address only');
  }
  return { ...settings, endpoint };
}

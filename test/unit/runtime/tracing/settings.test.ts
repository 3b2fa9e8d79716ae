import { describe, expect, it } from '@jest/globals';

import { readTracingSettings } from '../../../../runtime/tracing/settings.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

describe('settings of tracing', () => {
  it.each([
    [{}],
    [{ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }],
    [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
  ])('record nothing with %j', (env) => {
    expect(readTracingSettings(env)).toBeUndefined();
  });

  it.each([
    [ENDPOINT, 'http://collector:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c.example/in' }, 'https://c.example/in'],
  ])('send what %j says to %s', (env, endpoint) => {
    expect(readTracingSettings(env)).toMatchObject({
      endpoint,
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_BSP_MAX_QUEUE_SIZE: 2_048,
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0'],
    ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '4000'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=%E0%A4%A'],
    // Not over an open line.
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=secret'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a;b'],
    ['OTEL_METRICS_EXPORTER', 'otlp'],
  ])('refuse %s=%s, and tell no value', (name, value) => {
    const env = { ...ENDPOINT, [name]: value };
    expect(() => readTracingSettings(env)).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining(name) }),
    );
    expect(() => readTracingSettings(env)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

import { expect, it } from '@jest/globals';

import { freePort } from '../../../servers/child.ts';
import { readTracingSettings } from '../../../../runtime/tracing/settings.ts';
import { startTracing } from '../../../../runtime/tracing/start-tracing.ts';

it('goes on when nobody takes spans: a bounded number waits, and the log is told once', async () => {
  const settings = readTracingSettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(await freePort())}`,
    OTEL_EXPORTER_OTLP_TIMEOUT: '50',
    OTEL_BSP_MAX_QUEUE_SIZE: '20',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
    OTEL_TRACES_SAMPLER: 'always_on',
  });
  const lines: string[] = [];
  const warn = (line: unknown): unknown => lines.push(String(line));
  const tracing = await startTracing(settings, { name: 'test', log: { warn, info: warn } });
  for (let count = 0; count < 1_000; count += 1)
    tracing?.tracer.begin({ name: 'work', kind: 'internal' }, undefined).end();
  await tracing?.stop();
  expect(lines).toEqual(['the collector does not take spans: they are lost']);
});

/** A collector of spans on loopback: takes OTLP over HTTP and keeps what it is told. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { z } from 'zod';

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .transform((list) =>
    Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]])),
  );

const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.number(),
              attributes,
              status: z.object({ code: z.number() }).partial().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as a collector is told of it. */
export type CollectedSpan = z.infer<
  typeof request
>['resourceSpans'][number]['scopeSpans'][number]['spans'][number] & { readonly service: unknown };

/** A running collector. */
export interface Collector {
  readonly url: string;
  readonly spans: CollectedSpan[];
  /** Headers of the last request. */
  readonly headers: () => NodeJS.Dict<string | string[]>;
  readonly stop: () => Promise<void>;
}

/** Starts one. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  let headers: NodeJS.Dict<string | string[]> = {};
  const server = createServer((incoming, answer) => {
    headers = incoming.headers;
    json(incoming).then(
      (body) => {
        for (const { resource, scopeSpans } of request.parse(body).resourceSpans)
          for (const scope of scopeSpans)
            spans.push(
              ...scope.spans.map((span) => ({
                ...span,
                service: resource.attributes['service.name'],
              })),
            );
        answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      },
      () => answer.writeHead(400).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    spans,
    headers: () => headers,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

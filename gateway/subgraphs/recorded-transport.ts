/** Requests to another process as spans, each try for itself (OpenTelemetry semantic conventions, HTTP client). */
import { withinSpan } from '../../runtime/tracing/within-span.ts';
import type { SubgraphTransport } from './transport.ts';

/** A way to the process of this name whose requests are recorded. */
export const recordedTransport =
  (name: string, transport: SubgraphTransport): SubgraphTransport =>
  (message) =>
    withinSpan(
      () => ({
        name: `${name} POST ${message.path}`,
        kind: 'client',
        attributes: {
          'http.request.method': 'POST',
          'url.template': message.path,
          'service.peer.name': name,
        },
      }),
      () => transport(message),
      ({ status }) => ({ 'http.response.status_code': status }),
    );

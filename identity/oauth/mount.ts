/** Puts the authorization server on its paths of the HTTP server. */
import type { FastifyPluginAsync } from 'fastify';
import type { Provider } from 'oidc-provider';

const PATHS = [
  '/oauth/*',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
];

/**
 * oidc-provider adds the hash of its own script when it sends a form by itself. Such a form may end at any application
 * that is registered, so `form-action` is left open here; the pages with a password have their own policy.
 */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/** Routes that hand the raw request to oidc-provider. It reads the body itself. */
export function providerRoutes(provider: Provider): FastifyPluginAsync {
  const handle = provider.callback();
  const { host, protocol } = new URL(provider.issuer);
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => {
      done(null);
    });
    for (const url of PATHS) {
      app.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url,
        handler: async (request, reply) => {
          reply.hijack();
          reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) reply.raw.setHeader(name, value);
          }
          // Addresses are built from the issuer, whatever a proxy or a client says in these headers.
          const { headers } = request.raw;
          headers.host = host;
          headers['x-forwarded-proto'] = protocol.slice(0, -1);
          delete headers['x-forwarded-host'];
          await handle(request.raw, reply.raw);
        },
      });
    }
    return Promise.resolve();
  };
}

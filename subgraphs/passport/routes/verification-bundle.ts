/** The bundle for checking away from the network, for anybody. */
import type { FastifyPluginAsync } from 'fastify';

import { isUnavailable, SOURCE_BACK_SECONDS } from '../../../runtime/unavailable.ts';
import { VERIFICATION_BUNDLE_MEDIA_TYPE } from '../../../standards/verification-bundle/verification-bundle.ts';
import {
  BUNDLE_SECONDS,
  type PublishedBundle,
  type VerificationBundlePublisher,
} from '../domain/verification-bundle-publisher.ts';
import {
  allowReading,
  type PublicDocument,
  publicDocument,
  refuse,
  sendDocument,
} from './public-document.ts';

/** What the route needs. */
export interface VerificationBundleRouteOptions {
  readonly parts: { readonly verificationBundle: VerificationBundlePublisher };
  /** The path of the public URL, without a slash at its end. */
  readonly base: string;
}

/** The route. */
export function verificationBundleRoute({
  parts,
  base,
}: VerificationBundleRouteOptions): FastifyPluginAsync {
  /** A bundle may have megabytes: its document goes when the bundle does. */
  const documents = new WeakMap<PublishedBundle, PublicDocument>();
  return async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (!isUnavailable(error)) throw error;
      return refuse(
        reply.header('retry-after', String(SOURCE_BACK_SECONDS)),
        503,
        'temporarily_unavailable',
      );
    });
    allowReading(app, `${base}/verification-bundle`);
    app.get(`${base}/verification-bundle`, async (request, reply) => {
      const bundle = await parts.verificationBundle.newest();
      const document =
        documents.get(bundle) ??
        publicDocument({
          type: VERIFICATION_BUNDLE_MEDIA_TYPE,
          body: bundle.text,
          maxAge: BUNDLE_SECONDS,
        });
      documents.set(bundle, document);
      return sendDocument(request, reply, document);
    });
    await Promise.resolve();
  };
}

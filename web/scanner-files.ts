/**
 * What reads codes with a camera: a worker and its WebAssembly, at addresses of their own since pages load them only when
 * somebody uses the camera. The worker's answer carries the one policy that lets WebAssembly be compiled; no page has it.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import type { FastifyPluginAsync } from 'fastify';

import { BUNDLED } from './bundle.ts';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
/** For a day: the addresses do not tell versions apart. */
const CACHE = 'public, max-age=86400';

/** Makes the files. */
export async function scannerFiles(): Promise<FastifyPluginAsync> {
  const { outputFiles } = await build({
    ...BUNDLED,
    entryPoints: [fileURLToPath(new URL('browser/workers/scanner.ts', import.meta.url))],
  });
  const [worker] = outputFiles;
  const wasm = await readFile(
    createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'),
  );
  return async (app) => {
    app.get('/assets/web/scanner.js', (_request, reply) =>
      reply
        .headers({ 'content-security-policy': POLICY, 'cache-control': CACHE })
        .type('text/javascript; charset=utf-8')
        .send(worker?.text),
    );
    app.get('/assets/web/zxing_reader.wasm', (_request, reply) =>
      reply.header('cache-control', CACHE).type('application/wasm').send(wasm),
    );
    await Promise.resolve();
  };
}

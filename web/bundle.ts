/**
 * How browser modules are bundled: when the process starts, so that there is no build step to forget. Bundled, since a page
 * that loads forty small modules of nhsuk-frontend one after the other is slow on a phone.
 */
import type { BuildOptions } from 'esbuild';

/** What all of them have in common. */
export const BUNDLED = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  write: false,
} as const satisfies BuildOptions;

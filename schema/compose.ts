/**
 * Composes the subgraphs' SDL into the supergraph that the gateway serves.
 *
 * `node schema/compose.ts` writes `schema/supergraph.graphql`; with `--check` it fails when the file is not current.
 */
import { readFile, writeFile } from 'node:fs/promises';

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const SUBGRAPHS = ['esr', 'nhsmail', 'passport'] as const;
const OUTPUT = new URL('supergraph.graphql', import.meta.url);

/** Composes the committed SDL files. Addresses are not part of the contract: the gateway has its own settings. */
async function composeSupergraph(): Promise<string> {
  const services = await Promise.all(
    SUBGRAPHS.map(async (name) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(await readFile(new URL(`${name}.graphql`, import.meta.url), 'utf8')),
    })),
  );
  const { errors, supergraphSdl } = composeServices(services);
  if (supergraphSdl === undefined) {
    throw new Error(errors.map((error) => error.message).join('\n'));
  }
  return `${supergraphSdl.trimEnd()}\n`;
}

const composed = await composeSupergraph();
if (process.argv.includes('--check')) {
  const committed = await readFile(OUTPUT, 'utf8').catch(() => '');
  if (committed !== composed) {
    process.stderr.write('schema/supergraph.graphql is stale: run npm run generate\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(OUTPUT, composed);
}

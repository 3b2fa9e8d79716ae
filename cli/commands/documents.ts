import { readFile } from 'node:fs/promises';

import { USUAL_COSTS } from '../../gateway/cost/cost-limits.ts';
import { operationChecker } from '../../gateway/operation-faults.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** `EX_DATAERR` of sysexits.h. */
const EXIT_DATA = 65;

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

/** Registers a client's operations. */
export const publishOperations: Command = {
  usage: 'operations publish FILE... --client CLIENT [--by NAME]',
  summary:
    'Registers the operations that a client asks, one GraphQL document in each file; the graph runs them by their SHA-256.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      { client: { type: 'string' }, by: { type: 'string' } },
      ['client'],
    );
    if (positionals.length === 0) throw new UsageError('name at least one file');
    const faultsOf = operationChecker(await readFile(SUPERGRAPH, 'utf8'), USUAL_COSTS.machine);
    const texts = await Promise.all(positionals.map((file) => readFile(file, 'utf8')));
    const faults = texts.flatMap((one, index) =>
      faultsOf(one).map((fault) => `${positionals[index] ?? ''}: ${fault}\n`),
    );
    if (faults.length > 0) {
      // All or none.
      for (const fault of faults) io.err(fault);
      return EXIT_DATA;
    }
    const published = (await operate(io, 'publishDocuments', {
      clientId: text(values.client, 'client'),
      texts,
      by: operatorName(values.by),
    })) as readonly { readonly sha256: string; readonly isNew: boolean }[];
    published.forEach(({ sha256, isNew }, index) => {
      io.out(`sha256:${sha256}  ${positionals[index] ?? ''}${isNew ? '' : '  (was there)'}\n`);
    });
    return 0;
  },
};

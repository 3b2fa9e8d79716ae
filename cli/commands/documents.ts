import { readFile } from 'node:fs/promises';

import { USUAL_COSTS } from '../../gateway/cost/cost-limits.ts';
import { operationChecker } from '../../gateway/operation-faults.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';
import { operatorName } from '../operator-name.ts';

/** `EX_DATAERR` of sysexits.h. */
const EXIT_DATA = 65;

/** What a client may ask. */
const POLICIES = ['allow', 'require', 'usual'] as const;
/** Characters of an operation that are shown. */
const SHOWN = 100;

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

/** Shows what a client has registered. */
export const listOperations: Command = {
  usage: 'operations list --client CLIENT',
  summary: 'Shows the operations that a client has registered: ids, and what they ask.',
  run: async (args, io) => {
    const { values } = readArguments(args, { client: { type: 'string' } }, ['client']);
    const documents = (await operate(io, 'listDocuments', {
      clientId: text(values.client, 'client'),
    })) as readonly { readonly sha256: string; readonly text: string }[];
    for (const document of documents) {
      io.out(
        `sha256:${document.sha256}  ${document.text.replace(/\s+/g, ' ').trim().slice(0, SHOWN)}\n`,
      );
    }
    return 0;
  },
};

/** Takes a client's operations back. */
export const withdrawOperations: Command = {
  usage: 'operations withdraw ID... --client CLIENT [--by NAME]',
  summary:
    'Takes back operations that a client has registered: within seconds no gateway runs them by their id.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      { client: { type: 'string' }, by: { type: 'string' } },
      ['client'],
    );
    if (positionals.length === 0) throw new UsageError('name at least one id');
    await operate(io, 'withdrawDocuments', {
      clientId: text(values.client, 'client'),
      hashes: positionals.map((id) => id.replace(/^sha256:/, '')),
      by: operatorName(values.by),
    });
    return 0;
  },
};

/** Says whether a client may ask what it has not registered. */
export const setOperationPolicy: Command = {
  usage: 'operations policy POLICY --client CLIENT [--by NAME]',
  summary:
    'Says what a client may ask: allow (anything), require (what it has registered), usual (as the gateway is set).',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      { client: { type: 'string' }, by: { type: 'string' } },
      ['client'],
    );
    const policy = POLICIES.find((one) => one === positionals[0]);
    if (policy === undefined || positionals.length > 1) {
      throw new UsageError(`name one of ${POLICIES.join(', ')}`);
    }
    await operate(io, 'setDocumentPolicy', {
      clientId: text(values.client, 'client'),
      policy,
      by: operatorName(values.by),
    });
    return 0;
  },
};

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

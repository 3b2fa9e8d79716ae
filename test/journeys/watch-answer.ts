/**
 * The HR system of the next trust registers what it asks, and may ask nothing else; it asks the nurse to share, and is told
 * each step of her answer. Then its operation is taken back.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { LocalSystem } from '../../local/start.ts';
import { machineToken } from './clients.ts';
import { lanyard } from './local-stage.ts';
import { until } from './scenario.ts';
import { askByTemplate, readAnswer, share, type SharedAnswer } from './share.ts';
import type { Stage } from './story.ts';
import type { Held } from './wallet.ts';
import { watch, type Watched, type Watching } from './watch.ts';

/** What came of it, for assertions. */
export interface WatchedAnswer {
  /** States that were told, in order. Those that followed each other quickly are told together. */
  readonly states: readonly string[];
  /** What the stream told last, and what a query answers. */
  readonly told: SharedAnswer | null;
  readonly read: SharedAnswer;
  /** Status of the same subscription as text of its own, while only what is registered may be asked, and afterwards. */
  readonly asText: number;
  readonly asTextAgain: number;
  /** Status of the registered subscription once it was taken back. */
  readonly afterWithdrawing: number;
}

const SUBSCRIPTION = `subscription WatchAnswer($id: ID!) { presentationUpdated(id: $id) {
  state result { outcome holder { id } credentials { queryId outcome claims } } } }`;

/** Tells the scenario on a local system on which the story has been told. */
export async function watchAnswer(
  { issuer, graph, trustB }: Stage,
  { operations }: Pick<LocalSystem, 'operations'>,
  { folder, credentials }: { readonly folder: string; readonly credentials: readonly Held[] },
): Promise<WatchedAnswer> {
  const { clientId } = trustB.hrSystem;
  const token = await machineToken(trustB.hrSystem, {
    issuer,
    resource: graph,
    scope: 'passport:verify hr:read',
  });
  const asking = { graph, token, purpose: 'TEMPORARY_MOVEMENT' };
  const file = join(folder, 'WatchAnswer.graphql');
  await writeFile(file, SUBSCRIPTION);
  const printed = await lanyard(['operations', 'publish', file, '--client', clientId], {
    LANYARD_DATA: folder,
  });
  const documentId = /sha256:[0-9a-f]{64}/.exec(printed)?.[0] ?? '';
  const run = (name: 'setDocumentPolicy' | 'withdrawDocuments', input: object) =>
    operations.run(name, { clientId, by: 'test', ...input } as never, () => undefined);
  await run('setDocumentPolicy', { policy: 'require' });

  const { id, link } = await askByTemplate(asking, 'BANK_SHIFT');
  const open = (document: Watched['document']): Promise<Watching<SharedAnswer>> =>
    watch(graph, { ...asking, document, id });
  /** The status of one more stream, once it is this one. */
  const becomes = (document: Watched['document'], status: number): Promise<number> =>
    until(
      async () => {
        const { status: now, leave } = await open(document);
        leave();
        return now;
      },
      (now) => now === status,
    );
  const asText = await becomes({ query: `${SUBSCRIPTION} ` }, 400);

  const states: string[] = [];
  const stream = await open({ documentId });
  const answered = stream.until((now) => {
    if (now !== null) states.push(now.state);
    return now?.state === 'ANSWERED';
  });
  await share(link, credentials);
  const told = await answered;
  stream.leave();
  const read = await readAnswer(asking, id);

  await run('withdrawDocuments', { hashes: [documentId.replace('sha256:', '')] });
  const afterWithdrawing = await becomes({ documentId }, 400);
  await run('setDocumentPolicy', { policy: 'usual' });
  const asTextAgain = await becomes({ query: `${SUBSCRIPTION} ` }, 200);
  return { states, told, read, asText, asTextAgain, afterWithdrawing };
}

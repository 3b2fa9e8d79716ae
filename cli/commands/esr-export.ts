import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { z } from 'zod';

import type { Operations } from '../../local/operations.ts';
import { purposeOfUse } from '../../runtime/purpose.ts';
import type { ShownExport } from '../../subgraphs/esr/domain/export-desk.ts';
import { type Command, type CommandIo, readArguments, text, UsageError } from '../command.ts';
import { openOperations } from '../operations.ts';
import { operatorName } from '../operator-name.ts';

/** How often the export is asked how far it is, in milliseconds. */
const ASK_EVERY_MS = 500;
/** How often a log gets a line about it, in milliseconds. */
const LINE_EVERY_MS = 5_000;

/** What a folder is about, kept in it from the first moment on. */
const note = z.strictObject({
  odsCode: z.string(),
  since: z.string().nullable(),
  purpose: purposeOfUse,
  by: z.string(),
  key: z.string(),
});

/** Exports the records of an organisation into a folder. The same command goes on with what was cut off. */
export const exportRecords: Command = {
  usage: 'esr export ODS --out FOLDER [--since MOMENT] [--purpose CODE] [--by NAME]',
  summary:
    'Exports an organisation’s records with the status of credentials, whole or what changed since; in people’s access logs under your name. The same again goes on where it stopped.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      {
        out: { type: 'string' },
        since: { type: 'string' },
        purpose: { type: 'string', default: 'HR_ADMINISTRATION' },
        by: { type: 'string' },
      },
      ['out'],
    );
    const [odsCode, ...more] = positionals;
    if (odsCode === undefined || more.length > 0) throw new UsageError('name one organisation');
    const purpose = purposeOfUse.safeParse(values.purpose);
    if (!purpose.success) {
      throw new UsageError(`--purpose takes one of ${purposeOfUse.options.join(', ')}`);
    }
    if (values.since !== undefined && !MOMENT.safeParse(values.since).success) {
      throw new UsageError('--since takes a moment with its offset, e.g. 2026-11-22T02:00:00Z');
    }
    const folder = text(values.out, 'out');
    await mkdir(folder, { recursive: true });
    const wanted = await noteFor(folder, {
      odsCode,
      since: values.since ?? null,
      purpose: purpose.data,
      by: operatorName(values.by),
    });
    const operations = await openOperations(io.env);
    try {
      const { since, ...rest } = wanted;
      const started = (await operations.run(
        'startExport',
        { ...rest, ...(since === null ? {} : { since }) },
        () => undefined,
      )) as ShownExport;
      const done = await whenDone(operations, started, odsCode, io);
      if (done.state !== 'READY' || done.manifest === null) {
        await rm(join(folder, NOTE), { force: true });
        io.err(WORDS[done.state === 'FAILED' ? 'FAILED' : 'EXPIRED']);
        return 1;
      }
      for (const part of done.parts) await fetchPart(operations, done.id, part, folder);
      await writeFile(join(folder, 'manifest.jws'), done.manifest, { mode: 0o600 });
      io.out(
        `${odsCode}: ${String(done.records)} records, ${String(done.left)} left, ${String(done.failed)} failed, ` +
          `in ${String(done.parts.length)} parts\nNext time: --since ${String(done.cursor)}\n`,
      );
      return done.failed > 0 ? 65 : 0;
    } finally {
      await operations.close();
    }
  },
};

const MOMENT = z.iso.datetime({ offset: true });
const NOTE = 'export.json';
const WORDS = {
  FAILED: 'The export could not be done within a day. Start it again.\n',
  EXPIRED: 'The parts of this export have been erased. Start it again.\n',
} as const;

/** What the folder is about: noted before anything is started, so that the same command comes to the same export. */
async function noteFor(
  folder: string,
  wanted: Omit<z.infer<typeof note>, 'key'>,
): Promise<z.infer<typeof note>> {
  const file = join(folder, NOTE);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === undefined) {
    const noted = { ...wanted, key: randomUUID() };
    await writeFile(file, JSON.stringify(noted), { mode: 0o600, flag: 'wx' });
    return noted;
  }
  const noted = note.parse(JSON.parse(before));
  if (noted.odsCode !== wanted.odsCode || noted.since !== wanted.since) {
    throw new UsageError(`${folder} holds another export`);
  }
  return noted;
}

/** Waits until there is nothing more to wait for. The process of the staff records does the work. */
async function whenDone(
  operations: Operations,
  started: ShownExport,
  odsCode: string,
  io: CommandIo,
): Promise<ShownExport> {
  let exported = started;
  let shown = 0;
  while (exported.state === 'QUEUED' || exported.state === 'RUNNING') {
    const { people, done, waiting } = exported;
    const of = people === null ? '' : ` of ${String(people)}`;
    const line = `${odsCode}: ${String(done)}${of} people${waiting ? ', waiting for a source' : ''}`;
    if (io.terminal) io.err(`\r${line}\u001b[K`);
    else if (Date.now() - shown > LINE_EVERY_MS) {
      shown = Date.now();
      io.err(`${line}\n`);
    }
    await pause(ASK_EVERY_MS);
    exported = (await operations.run(
      'showExport',
      { exportId: exported.id },
      () => undefined,
    )) as ShownExport;
  }
  if (io.terminal) io.err('\n');
  return exported;
}

/** Fetches a part, from where an earlier attempt stopped, and keeps it under its name only when it is what was signed. */
async function fetchPart(
  operations: Operations,
  exportId: string,
  { name, bytes, sha256 }: ShownExport['parts'][number],
  folder: string,
): Promise<void> {
  const file = join(folder, name);
  if ((await hashOf(file)) === sha256) return;
  const begun = `${file}.begun`;
  let size = (await stat(begun).catch(() => undefined))?.size ?? 0;
  while (size < bytes) {
    const { content } = (await operations.run(
      'exportPiece',
      { exportId, name, from: size },
      () => undefined,
    )) as { readonly content: string };
    const piece = Buffer.from(content, 'base64');
    if (piece.length === 0) throw new Error(`${name} ended early`);
    await appendFile(begun, piece, { mode: 0o600 });
    size += piece.length;
  }
  if ((await hashOf(begun)) !== sha256) {
    await rm(begun);
    throw new Error(`${name} is not what the manifest says; the same command fetches it again`);
  }
  await rename(begun, file);
}

async function hashOf(file: string): Promise<string | undefined> {
  const content = await readFile(file).catch(() => undefined);
  return content && createHash('sha256').update(content).digest('base64url');
}

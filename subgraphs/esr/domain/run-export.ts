/** The work of an export, from the first person to the signed manifest. It can stop between any two steps and go on later. */
import { createHash } from 'node:crypto';

import type { Signer } from '../../../standards/compact-jws.ts';
import { today } from './esr-date.ts';
import { type BatchParts, readBatch } from './export-batch.ts';
import { signManifest } from './export-manifest.ts';
import type {
  CredentialStandings,
  ExportedPeople,
  ExportPart,
  RecordExports,
  StoredExport,
} from './export-ports.ts';
import { GIVE_UP_AFTER_MS, KEPT_MS, LEASE_MS, OVERLAP_MS, RETRY_MS } from './export-times.ts';
import type { StaffRecords } from './ports.ts';

/** What the work takes. */
export interface ExportParts extends BatchParts {
  readonly records: BatchParts['records'] & Pick<StaffRecords, 'findStaffAt'>;
  readonly exports: RecordExports;
  readonly people: ExportedPeople;
  readonly standings: CredentialStandings;
  /** Packs text as a gzip file. */
  readonly pack: (text: string) => Promise<Uint8Array>;
  readonly signer: Signer;
  /** The address under which parts are found. */
  readonly issuer: string;
  /** A name for this process that no other has. */
  readonly worker: string;
  /** True once the process has been told to stop: the export is let go after the part that is being read. */
  readonly isStopping: () => boolean;
  /** People read at once: one part. */
  readonly batch: number;
  readonly now: () => Date;
}

/** People listed at once. */
const LISTED = 5_000;
/** Holders of changed credentials asked for at once. */
const CHANGED = 1_000;
/** Parts listed at once. */
const PARTS = 1_000;

/**
 * Works on exports until there is none left that can go on. What was done is kept, whatever happens.
 *
 * @throws the first of what made exports wait
 */
export async function runExports(parts: ExportParts): Promise<void> {
  const { exports, worker, now } = parts;
  const moment = now();
  await exports.failOlderThan(new Date(moment.getTime() - GIVE_UP_AFTER_MS), moment);
  await exports.erase(moment);
  let failure: unknown;
  while (!parts.isStopping()) {
    const exported = await exports.lease(worker, now(), leasedUntil(now()));
    if (exported === undefined) break;
    try {
      await runExport(exported, parts);
    } catch (error) {
      failure ??= error;
      const until = new Date(now().getTime() + RETRY_MS);
      await exports.release(exported.id, worker, { until, waiting: parts.isUnavailable(error) });
    }
  }
  if (failure !== undefined) throw failure as Error;
}

const leasedUntil = (now: Date): Date => new Date(now.getTime() + LEASE_MS);

async function runExport(leased: StoredExport, parts: ExportParts): Promise<void> {
  const { exports, worker, now } = parts;
  if (leased.state === 'QUEUED' && !(await listPeople(leased, parts))) return;
  for (;;) {
    if (parts.isStopping()) {
      await exports.release(leased.id, worker, { until: now(), waiting: false });
      return;
    }
    const exported = await exports.find(leased.id);
    if (exported?.state !== 'RUNNING') return;
    const staffIds = await exports.nextPeople(exported.id, exported.afterStaffId, parts.batch);
    const lastStaffId = staffIds.at(-1);
    if (lastStaffId === undefined) {
      await finish(exported, parts);
      return;
    }
    const batch = await readBatch(exported, staffIds, today(now()), parts);
    const content = await parts.pack(batch.text);
    const kept = await exports.keepPart(
      exported,
      worker,
      {
        number: exported.parts + 1,
        lines: batch.lines,
        records: batch.records,
        left: batch.left,
        failed: batch.failed,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('base64url'),
        content,
        lastStaffId,
      },
      leasedUntil(now()),
    );
    // Another process has taken over, and goes on from its own last part.
    if (!kept) return;
  }
}

/** Notes whom the export is about. Repeating it adds nobody twice. */
async function listPeople(
  { id, reader: { odsCode }, since }: StoredExport,
  { exports, people, records, standings, worker, now }: ExportParts,
): Promise<boolean> {
  const settled = await people.settledMoment();
  const day = today(now());
  await inPages(LISTED, async (after, limit) => {
    const page =
      since === null
        ? (await records.findStaffAt({ odsCode, day, after, limit }, { odsCode })).map(
            (listed) => listed.id,
          )
        : await people.listChanged({ odsCode, since, day, after, limit });
    await exports.addPeople(id, page);
    return page;
  });
  if (since !== null) {
    await inPages(CHANGED, async (after, limit) => {
      const page = await standings.listChanged({ odsCode, since, after, limit });
      const groups = await people.findGroups(page);
      await exports.addPeople(
        id,
        page.map((staffId) => groups.get(staffId)?.shownAs ?? staffId),
      );
      return page;
    });
  }
  return exports.startReading(id, worker, new Date(settled.getTime() - OVERLAP_MS));
}

async function inPages(
  limit: number,
  turn: (after: string | undefined, limit: number) => Promise<readonly string[]>,
): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const page = await turn(after, limit);
    if (page.length < limit) return;
    after = page.at(-1);
  }
}

async function finish(exported: StoredExport, parts: ExportParts): Promise<void> {
  const { exports, signer, issuer, worker, now } = parts;
  const moment = now();
  const files: ExportPart[] = [];
  while (files.length < exported.parts) {
    const page = await exports.listParts(exported.id, files.length, PARTS);
    if (page.length === 0) throw new Error('a part of an export is missing');
    files.push(...page);
  }
  await exports.finish(exported.id, worker, {
    manifest: await signManifest(exported, files, { signer, issuer, now: moment }),
    finishedAt: moment,
    expiresAt: new Date(moment.getTime() + KEPT_MS),
  });
}

/** The records of a trust, fetched by its HR system at night: whole the first time, then what changed. */
import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';

import { answered, machineToken } from './clients.ts';
import { lanyard } from './local-stage.ts';
import { signIn } from './sign-in.ts';
import type { Stage } from './story.ts';

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly people: number | null;
  readonly records: number;
  readonly failed: number;
  readonly cursor: string | null;
  readonly manifest: string | null;
  readonly manifestKeys: string;
  readonly parts: {
    readonly edges: readonly {
      readonly node: { readonly name: string; readonly sha256: string; readonly url: string };
    }[];
  };
}

/** One line of an export. */
export interface ExportedLine {
  readonly line: string;
  readonly id: string;
  readonly employments?: readonly { readonly odsCode: string }[];
  readonly registrations?: readonly { readonly lastCheckedAt: string }[];
  readonly credentials?: readonly { readonly type: string; readonly state: string }[];
}

/** What came of it, for assertions. */
export interface NightlyExport {
  readonly shown: Shown;
  /** What the manifest says, its signature checked. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly lines: readonly ExportedLine[];
  /** Whether every file is the one that the manifest names. */
  readonly wholeFiles: boolean;
  /** Status of a download without a token, and of one by the other trust. */
  readonly refused: readonly number[];
  /** The nurse, who works there, and what they find in their access log about it. */
  readonly nurseId: string;
  readonly logged: readonly { readonly actorName: string; readonly purpose: string }[];
  /** What the operator's command printed about what changed since, and the files that it left. */
  readonly delta: { readonly printed: string; readonly files: readonly string[] };
}

const SHOW = `query Show($id: ID!) { verifiedRecordExport(id: $id) {
  id state people records failed cursor manifest manifestKeys
  parts { edges { node { name sha256 url } } } } }`;

/** Exports the records of the trust where the nurse works. */
export async function exportNightly(stage: Stage, dataFolder: string): Promise<NightlyExport> {
  const { graph, issuer, trustA, trustB, nurse } = stage;
  const tokenOf = (hrSystem: typeof trustA.hrSystem) =>
    machineToken(hrSystem, { issuer, resource: graph, scope: 'hr:read passport:read' });
  const token = await tokenOf(trustA.hrSystem);
  const purpose = 'HR_ADMINISTRATION';
  const started = await answered<{
    verifiedRecordExportStart: { export: { id: string } | null; errors: readonly object[] };
  }>(graph, {
    token,
    purpose,
    query: `mutation ($input: VerifiedRecordExportStartInput!) {
      verifiedRecordExportStart(input: $input) { export { id } errors { code } } }`,
    variables: { input: { idempotencyKey: randomUUID() } },
  });
  const { export: begun, errors } = started.verifiedRecordExportStart;
  if (begun === null) throw new Error(JSON.stringify(errors));
  const shown = await whenReady(graph, token, begun.id);
  const keys = createLocalJWKSet(JSON.parse(shown.manifestKeys) as JSONWebKeySet);
  const { payload } = await compactVerify(shown.manifest ?? '', keys);
  const manifest = JSON.parse(Buffer.from(payload).toString('utf8')) as {
    readonly parts: readonly { readonly name: string; readonly sha256: string }[];
  };

  const links = shown.parts.edges.map(({ node }) => node);
  const files: Buffer[] = [];
  for (const { url } of links) {
    // As if the line had been cut after a hundred bytes.
    const begin = await fetchPart(url, token, 'bytes=0-99');
    files.push(Buffer.concat([begin, await fetchPart(url, token, 'bytes=100-')]));
  }
  const statusOf = async (bearer?: string): Promise<number> => {
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const answer = await fetch(links[0]?.url ?? '', { headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  const { me } = await answered<{
    me: { id: string; accessLog: { edges: readonly { node: NightlyExport['logged'][number] }[] } };
  }>(graph, {
    token: await signIn({
      issuer,
      ...stage.app,
      resource: graph,
      scope: 'openid self:read',
      mail: nurse.mail,
      password: stage.password,
      setupCode: stage.setupCode,
    }),
    query: '{ me { id accessLog(first: 100) { edges { node { actorName purpose } } } } }',
  });

  const folder = join(dataFolder, 'nightly');
  const since = ['--since', shown.cursor ?? ''];
  const command = ['esr', 'export', trustA.odsCode, '--out', folder, ...since, '--by', 'night'];
  const printed = await lanyard(command, { LANYARD_DATA: dataFolder });
  return {
    shown,
    manifest,
    lines: files.flatMap((file) =>
      gunzipSync(file)
        .toString('utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ExportedLine),
    ),
    wholeFiles: files.every(
      (file, index) =>
        createHash('sha256').update(file).digest('base64url') === manifest.parts[index]?.sha256,
    ),
    refused: [await statusOf(), await statusOf(await tokenOf(trustB.hrSystem))],
    nurseId: me.id,
    logged: me.accessLog.edges.map(({ node }) => node),
    delta: { printed, files: (await readdir(folder)).sort() },
  };
}

async function whenReady(graph: string, token: string, id: string): Promise<Shown> {
  for (;;) {
    const { verifiedRecordExport: shown } = await answered<{ verifiedRecordExport: Shown }>(graph, {
      token,
      purpose: 'HR_ADMINISTRATION',
      query: SHOW,
      variables: { id },
    });
    if (shown.state !== 'QUEUED' && shown.state !== 'RUNNING') return shown;
    await pause(200);
  }
}

async function fetchPart(url: string, token: string, range: string): Promise<Buffer> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, range } });
  if (answer.status !== 206) throw new Error(`the download answered ${String(answer.status)}`);
  return Buffer.from(await answer.arrayBuffer());
}

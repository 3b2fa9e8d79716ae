/** The whole local system under load: gateway, subgraphs, embedded database and directory in one process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '../../runtime/clock.ts';
import { type PrivateJwk, signerOf } from '../../runtime/jwk-settings.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { startChild } from '../child.ts';
import { askForSeconds, type Load } from './load.ts';

interface Ready {
  readonly url: string;
  readonly hrSystem: {
    readonly clientId: string;
    readonly odsCode: string;
    readonly privateKey: PrivateJwk;
  };
  readonly employeeNumber: string;
}

/** Seconds to warm up, and seconds measured. */
const SECONDS = { warmUp: 5, measured: 10 };

/** Starts the system in a new folder, loads it, and removes it again. */
export async function measureSystem(say: (line: string) => void) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-bench-'));
  const child = await startChild<Ready>(new URL('system-process.ts', import.meta.url), {
    dataFolder,
  });
  try {
    const { url, hrSystem, employeeNumber } = child.ready;
    const graph = `${url}/graphql`;
    const token = await machineAccessToken({
      clientId: hrSystem.clientId,
      signer: signerOf(hrSystem.privateKey),
      issuer: url,
      tokenUrl: `${url}/oauth/token`,
      resource: graph,
      scope: 'hr:read passport:read',
      now: systemClock,
    })();
    const load: Load = {
      url: graph,
      token,
      variables: { odsCode: hrSystem.odsCode, employeeNumber },
      seconds: SECONDS.warmUp,
    };
    say('Asking');
    await askForSeconds(load);
    const before = await child.cpuMs();
    const result = await askForSeconds({ ...load, seconds: SECONDS.measured });
    const used = (await child.cpuMs()) - before;
    return {
      requests_per_s: Math.round(result.requests.average),
      p50_ms: result.latency.p50,
      p99_ms: result.latency.p99,
      system_cpu_ms_per_request: round(used / result['2xx']),
    };
  } finally {
    await child.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

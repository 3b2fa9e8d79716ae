/** Bulk exports of this process: what requests need of them, and the work that goes on between requests. */
import { randomUUID } from 'node:crypto';

import type { Clock } from '../../runtime/clock.ts';
import { publicHalf, signerOf, type PrivateJwk } from '../../runtime/jwk-settings.ts';
import type { Logger } from '../../runtime/log.ts';
import { isUnavailable } from '../../runtime/unavailable.ts';
import type { Exporting } from './context.ts';
import type { CredentialStandings, ExportedPeople, RecordExports } from './domain/export-ports.ts';
import { BATCH } from './domain/export-times.ts';
import type { StaffRecords } from './domain/ports.ts';
import { runExports } from './domain/run-export.ts';
import { pack } from './files/pack.ts';

/** What exports are made of. */
export interface ExportingParts {
  readonly exports: RecordExports;
  readonly people: ExportedPeople;
  readonly records: StaffRecords;
  readonly standings: CredentialStandings;
  /** Signs manifests. */
  readonly key: PrivateJwk;
  /** The graph's public name: parts are found beside it. */
  readonly graph: string;
  /** People read at once. */
  readonly batch?: number;
  readonly log: Logger;
  readonly now: Clock;
}

/** Exports of a process. */
export interface ExportWork extends Exporting {
  /** Works on exports until none is left that can go on. */
  readonly run: () => Promise<void>;
  /** Lets go of what is being worked on, at the next part. */
  readonly stop: () => void;
}

/** Puts the exports of a process together. */
export function exporting(parts: ExportingParts): ExportWork {
  const { exports, people, records, standings, key, log, now, batch = BATCH } = parts;
  const address = new URL('exports/', parts.graph).href;
  const worker = randomUUID();
  let stopping = false;
  return {
    exports,
    address,
    manifestKeys: JSON.stringify({ keys: [publicHalf(key)] }),
    stop: () => {
      stopping = true;
    },
    run: () =>
      runExports({
        exports,
        people,
        records,
        standings,
        pack,
        signer: signerOf(key),
        issuer: address,
        worker,
        batch,
        isStopping: () => stopping,
        now,
        isUnavailable,
        report: (error, staffId) => {
          log.error({ err: error, staffId }, 'a record could not be exported');
        },
      }),
  };
}

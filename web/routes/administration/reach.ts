/** How far a change has got with the systems that are told of it. */
import {
  administrationReach,
  type AdministrationReachQuery,
  type SignalReachOf,
} from '../../operations/operations.generated.ts';
import { PROGRESS } from '../../words/administration/passports.ts';
import type { Visit } from '../page.ts';

/** What the graph says of it; null when there is nothing to tell. */
export type FoundReach = AdministrationReachQuery['signalReach'];

/** Asks for it; `undefined` when that could not be had. */
export async function findReach(
  ask: Visit['ask'],
  of: SignalReachOf,
): Promise<FoundReach | undefined> {
  const { data, faults } = await ask(administrationReach, { of });
  return data.signalReach ?? (faults.length === 0 ? null : undefined);
}

/** The trust's own systems that are not reached, in words. */
export const unreachedWords = (reach: FoundReach | undefined): readonly string[] =>
  (reach?.notReached ?? []).map(({ url, failures, isParked }) =>
    [
      url,
      ...(failures === 0 ? [] : [PROGRESS.failures(failures)]),
      ...(isParked ? [PROGRESS.parked] : []),
    ].join(', '),
  );

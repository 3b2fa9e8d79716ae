/**
 * Asks a staff-record service for the records of one person, in the shape of the published interface of the staff passport
 * that was retired: `GET /organisations/{ods}/employees/{id}/records`. Every wait, size and number of tries has a bound.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { z } from 'zod';

import { withPatience } from '../../../runtime/config.ts';
import type { AccessTokenSource } from '../../../runtime/machine-client.ts';

/** Longest wait for the whole of an answer, in milliseconds. */
const DEADLINE_MS = 10_000;
/** Largest answer, in bytes. */
const LARGEST = 1_048_576;
/** Most records of one person. */
const MOST_RECORDS = 1_000;
/** Tries for one person, and the longest wait between two, in milliseconds. */
const TRIES = 4;
const LONGEST_PAUSE_MS = 30_000;

/** The service does not answer as agreed, or its description is wrong. */
export class RestFailed extends Error {
  override readonly name = 'RestFailed';
  readonly code:
    | 'rest_unavailable'
    | 'rest_refused'
    | 'rest_answer_invalid'
    | 'rest_source_invalid';
  constructor(code: RestFailed['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A service that can be asked. */
export interface RestSource {
  readonly url: string;
  readonly token: AccessTokenSource;
}

/** One record, whatever it says. */
export type RestRecord = Readonly<Record<string, unknown>>;

const record = z.record(z.string(), z.unknown());
/** A list, or an object that has one. */
const answer = z.union([
  z.array(record).max(MOST_RECORDS),
  z.object({ records: z.array(record).max(MOST_RECORDS) }).transform(({ records }) => records),
]);

/**
 * Fetches the records of one person.
 *
 * @param wait between two tries, in milliseconds
 * @returns `undefined` when the service does not know the person
 * @throws {RestFailed}
 */
export async function fetchRecords(
  source: RestSource,
  { odsCode, employeeNumber }: { readonly odsCode: string; readonly employeeNumber: string },
  wait: (milliseconds: number) => Promise<unknown> = pause,
): Promise<readonly RestRecord[] | undefined> {
  const url = `${source.url}/organisations/${encodeURIComponent(odsCode)}/employees/${encodeURIComponent(employeeNumber)}/records`;
  for (let tries = 1; ; tries += 1) {
    const response = await get(url, source, tries === TRIES);
    if (response?.status === 404) return undefined;
    if (response?.ok === true) return recordsIn(await body(response));
    await response?.body?.cancel();
    const again = response === undefined || response.status === 429 || response.status >= 500;
    // The number of the person is not in the message.
    if (!again) throw new RestFailed('rest_refused', `answered ${String(response.status)}`);
    if (tries === TRIES) throw new RestFailed('rest_unavailable', 'no answer after several tries');
    await wait(pauseAfter(response, tries));
  }
}

async function get(url: string, source: RestSource, last: boolean): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      headers: { accept: 'application/json', authorization: `Bearer ${await source.token()}` },
      redirect: 'error',
      signal: AbortSignal.timeout(withPatience(DEADLINE_MS)),
    });
  } catch (cause) {
    if (last) throw new RestFailed('rest_unavailable', 'no answer', { cause });
    return undefined;
  }
}

/** What the service asks for, in seconds; else longer each time. */
function pauseAfter(response: Response | undefined, tries: number): number {
  const asked = Number(response?.headers.get('retry-after') ?? Number.NaN);
  const milliseconds = Number.isFinite(asked) && asked >= 0 ? asked * 1_000 : 500 * 2 ** tries;
  return Math.min(milliseconds, LONGEST_PAUSE_MS);
}

async function body(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.byteLength;
      if (size > LARGEST) throw new RestFailed('rest_answer_invalid', 'the answer is too large');
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof RestFailed) throw cause;
    throw new RestFailed('rest_unavailable', 'the answer broke off', { cause });
  }
  return Buffer.concat(parts).toString('utf8');
}

function recordsIn(text: string): readonly RestRecord[] {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    // What is wrong with it may say something of the person.
    throw new RestFailed('rest_answer_invalid', 'the answer is not a list of records');
  }
}

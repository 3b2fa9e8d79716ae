/** The two files with which a verifier checks away from the network: the anchor and the bundle. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import {
  readVerificationBundle,
  type VerificationBundleReading,
} from '../standards/verification-bundle/read-verification-bundle.ts';
import { UsageError } from './command.ts';

/**
 * Reads the anchor's certificate, PEM or DER.
 *
 * @returns base64 DER
 * @throws {UsageError} when there is no such file, or no certificate in it
 */
export async function readAnchor(file: string): Promise<string> {
  const content = await readFile(file).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read`, { cause });
  });
  try {
    return new X509Certificate(content).raw.toString('base64');
  } catch (cause) {
    throw new UsageError(`${file} is not a certificate`, { cause });
  }
}

/**
 * Reads a bundle that was stored.
 *
 * @throws {UsageError} when there is no such file
 */
export async function readBundle(
  file: string,
  anchor: string,
  now: Date,
): Promise<VerificationBundleReading> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read`, { cause });
  });
  return readVerificationBundle(content, { anchor, now });
}

/** What checking a presentation costs, from the request to the six employment checks, beside the signatures it needs. */
import { signatureFloor } from './present/signature-floor.ts';
import { measureVerifier } from './present/verifier.ts';

/** Measures the floor on this thread first, then the passport in a process of its own. */
export async function benchPresent(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say('Twelve ES256 verifications and one signature');
  const floor = await signatureFloor();
  say('Starting the passport on its own');
  const verifier = await measureVerifier(say);
  const result = {
    ...verifier,
    signatures_ms: round(floor.rawMs),
    end_to_end_ratio: round(floor.rawMs / verifier.verify_cpu_ms),
    end_to_end_ratio_der: round(floor.derMs / verifier.verify_cpu_ms),
  };
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(28)} ${String(value)}`);
  return result;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** What a token and a credential request cost the authorization server, beside the signatures they need. */
import { measureServer } from './identity/server.ts';
import { signatureFloor } from './identity/signature-floor.ts';

/** Measures the floor on this thread first, then the server in a process of its own. */
export async function benchIdentity(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say('One ES256 verification and one signature');
  const floorMs = await signatureFloor();
  say('Starting the authorization server on its own');
  const server = await measureServer(say);
  const result = {
    ...server,
    verify_and_sign_ms: Math.round(floorMs * 10_000) / 10_000,
    token_ratio: Math.round((floorMs / server.token_cpu_ms) * 1_000) / 1_000,
  };
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(28)} ${String(value)}`);
  return result;
}

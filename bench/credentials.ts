/** What issuing, verifying and stopping credentials cost, beside the signatures they need. */
import { measurePassport } from './credentials/passport.ts';
import { measurePublishing } from './credentials/publishing.ts';
import { measureRatios } from './credentials/ratios.ts';

/** Measures what runs on one thread first, then the passport in a process of its own. */
export async function benchCredentials(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say('Publishing a revocation');
  // First: the garbage of other measurements would be collected on its time.
  const publishing = await measurePublishing();
  say('Comparing with node:crypto');
  const ratios = await measureRatios();
  say('Starting the passport on its own');
  const passport = await measurePassport(say);
  const result = { ...ratios, ...publishing, ...passport };
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(28)} ${String(value)}`);
  return result;
}

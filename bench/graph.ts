/** How fast the graph answers HR's question about one person, through the whole local system. */
import { measureSystem } from './graph/system.ts';

/** Measures the whole local system. The gateway on its own is `bench -- gateway`. */
export async function benchGraph(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say('Starting the local system');
  const result = await measureSystem(say);
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(28)} ${String(value)}`);
  return result;
}

/** How fast the graph answers HR's question about one person, and what that costs the gateway. */
import { measureGateway } from './graph/gateway.ts';
import { measureSystem } from './graph/system.ts';

/** Measures the whole local system first, then the gateway in a process of its own. */
export async function benchGraph(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say('Starting the local system');
  const system = await measureSystem(say);
  say('Starting the gateway on its own');
  const gateway = await measureGateway();
  const result = { ...system, ...gateway };
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(28)} ${String(value)}`);
  return result;
}

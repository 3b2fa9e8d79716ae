/** The local system in a process of its own. */
import { startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { serveParent } from '../child.ts';

const { dataFolder } = JSON.parse(process.argv[2] ?? '{}') as { readonly dataFolder: string };
const system = await startLocal({
  dataFolder,
  port: 0,
  log: createLog({ name: 'bench', level: 'silent' }),
});
const { hrSystems, nurse } = system.demonstration;
serveParent(
  { url: system.url, hrSystem: hrSystems[0], employeeNumber: nurse.employeeNumber },
  system.stop,
);

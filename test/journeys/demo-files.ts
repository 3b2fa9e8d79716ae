/** The files that `lanyard demo generate` wrote, as a test of separate processes needs them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DEMO_PASSWORD, type DemoStoryPerson } from '../../cli/demo-data/generate.ts';
import { rolesIn } from '../../local/demonstration.ts';

/** What is in the folder. */
export interface DemoFiles {
  readonly organisations: string;
  readonly roles: Awaited<ReturnType<typeof rolesIn>>;
  readonly password: string;
  readonly nurse: { readonly mail: string; readonly employeeNumber: string };
  /** GO2 files first, then the feeds. */
  readonly extractsOf: (odsCodes: readonly string[]) => readonly string[];
}

/** Reads the folder. */
export async function demoFiles(folder: string): Promise<DemoFiles> {
  const names = await readdir(folder);
  const organisations = join(folder, 'organisations.csv');
  const vpds = new Map(
    (await readFile(organisations, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(','))
      .map((row) => [row[0], row.at(-1)]),
  );
  const people = JSON.parse(
    await readFile(join(folder, 'people.json'), 'utf8'),
  ) as readonly DemoStoryPerson[];
  const nurse = people.find(({ role, odsCode }) => role === 'STAFF' && odsCode === 'RZ1');
  return {
    organisations,
    roles: await rolesIn(join(folder, 'roles.csv')),
    password: DEMO_PASSWORD,
    nurse: {
      mail: nurse?.mail ?? '',
      employeeNumber: nurse?.employments[0]?.employeeNumber ?? '',
    },
    extractsOf: (odsCodes) =>
      ['GO_', 'registrations_', 'training_']
        .flatMap((prefix) => names.filter((name) => name.startsWith(prefix)).sort())
        .filter((name) => odsCodes.some((odsCode) => name.includes(`_${vpds.get(odsCode) ?? ''}_`)))
        .map((name) => join(folder, name)),
  };
}

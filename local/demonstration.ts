/** The demonstration: invented trusts and people, written and loaded on the first start. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { z } from 'zod';

import { DEMO_PASSWORD, type DemoStoryPerson, generateDemo } from '../cli/demo-data/generate.ts';
import { type PrivateJwk, publicHalf } from '../runtime/jwk-settings.ts';
import { credentialType } from '../subgraphs/passport/domain/credential.ts';
import { CREDENTIAL_TYPES } from '../subgraphs/passport/domain/credential-types/catalogue.generated.ts';
import type { Operations } from './operations.ts';
import { newPrivateJwk } from './secrets.ts';

/** An HR system that the demonstration has registered. */
export interface DemonstrationHrSystem {
  readonly clientId: string;
  readonly odsCode: string;
  readonly privateKey: PrivateJwk;
  /** The file with its key pair, for `lanyard token`. */
  readonly keyFile: string;
}

/** Somebody to be with one click. */
export interface InventedPerson {
  /** Tells them apart. */
  readonly hint: string;
  readonly name: string;
  readonly who: string;
  readonly mail: string;
  readonly password: string;
  readonly role: 'STAFF' | 'HR_OFFICER' | 'ADMINISTRATOR';
}

/** Somebody to try the API with. */
export interface TestPerson {
  /** What they are there for, e.g. `suspended-nurse`. */
  readonly story: string;
  readonly name: string;
  readonly jobs: readonly { readonly odsCode: string; readonly employeeNumber: string }[];
  readonly registrations: readonly string[];
}

/** The demonstration's files and people. */
export interface Demonstration {
  readonly directoryFile: string;
  readonly password: string;
  /** People to sign in as. */
  readonly people: readonly { readonly mail: string; readonly who: string }[];
  /** The same people for those who become them with one click. */
  readonly invented: readonly InventedPerson[];
  readonly hrSystems: readonly DemonstrationHrSystem[];
  /** The nurse who moves trust. */
  readonly nurse: { readonly mail: string; readonly employeeNumber: string };
  /** The person with a role at an organisation. */
  readonly person: (role: string, odsCode: string) => DemoStoryPerson;
  /** Whose credentials count for a minute alone, for whoever tries what has expired. */
  readonly shortLived: { readonly odsCode: string; readonly employeeNumber: string };
  /** Everybody with a story, for whoever tries the API. */
  readonly testPeople: readonly TestPerson[];
  /** ESR extracts and feeds of some organisations, in the order in which they are imported. */
  readonly extractsOf: (odsCodes: readonly string[]) => readonly string[];
  /** Loads everything that is not loaded yet. Safe to repeat after it was cut off. */
  readonly load: (
    operations: Pick<Operations, 'run'>,
    options: {
      readonly onProgress: (line: string) => void;
      readonly withoutImport: boolean;
    },
  ) => Promise<void>;
  /** New setup codes for those who act for others, by address. Of no use to those who have set up a passkey. */
  readonly setupCodes: (
    operations: Pick<Operations, 'run'>,
  ) => Promise<ReadonlyMap<string, string>>;
}

const keptState = z.object({
  summary: z.object({
    organisationsFile: z.string(),
    recordFiles: z.array(z.string()),
    directoryFile: z.string(),
    rolesFile: z.string(),
    peopleFile: z.string(),
  }),
  hrSystems: z.array(
    z.object({
      clientId: z.string(),
      odsCode: z.string(),
      privateKey: z.custom<PrivateJwk>((value) => typeof value === 'object'),
    }),
  ),
  loaded: z.boolean(),
  /** Types that the demonstration's organisations were accredited for. */
  accredited: z.array(z.string()).default([]),
  /** Whether it is registered whom to ask at the demonstration's organisations. */
  hasContacts: z.boolean().default(false),
});
type KeptState = z.infer<typeof keptState>;

/** Who does all this, as the records keep it. */
const BY = 'demonstration';
/** Who approves the roles. There is nobody here yet, so the second person is invented as well. */
const SECOND = 'demonstration, second person';
/** From when on the demonstration's organisations may issue. */
const ACCREDITED_FROM = '2026-01-01';

const WORDS: Readonly<Record<string, string>> = {
  STAFF: 'member of staff',
  HR_OFFICER: 'HR officer',
  ADMINISTRATOR: 'administrator',
};

/** The organisation that keeps the register. Somebody has a role there who works elsewhere. */
const KEEPER = 'X26';
const KEEPER_WORDS = `NHS England (${KEEPER})`;
/** The story of whoever has credentials that count for a minute alone. */
const SHORT_LIVED = 'twin-two';

/** Writes the demonstration's files on the first start; afterwards reads what the first start wrote. */
export async function prepareDemonstration(
  dataFolder: string,
  { staff, seed }: { readonly staff: number; readonly seed: number },
): Promise<Demonstration> {
  const folder = join(dataFolder, 'demo');
  const stateFile = join(dataFolder, 'demonstration.json');
  const known = await readFile(stateFile, 'utf8').catch(() => undefined);
  const state =
    known === undefined
      ? await makeState(folder, { staff, seed })
      : keptState.parse(JSON.parse(known));
  const keep = (changed: KeptState): Promise<void> =>
    writeFile(stateFile, JSON.stringify(changed), { mode: 0o600 });
  if (known === undefined) await keep(state);
  const inFolder = (name: string): string => join(folder, name);

  const hrSystems = state.hrSystems.map((system) => ({
    ...system,
    keyFile: join(dataFolder, `${system.clientId}.json`),
  }));
  const people = JSON.parse(
    await readFile(inFolder(state.summary.peopleFile), 'utf8'),
  ) as readonly DemoStoryPerson[];
  const vpds = await vpdByOrganisation(inFolder(state.summary.organisationsFile));
  const nurse = people.find(({ role, odsCode }) => role === 'STAFF' && odsCode === 'RZ1');
  const employeeNumber = nurse?.employments[0]?.employeeNumber;
  if (nurse === undefined || employeeNumber === undefined)
    throw new Error('no nurse in the demonstration');
  const shortLived = people.find(({ story }) => story === SHORT_LIVED)?.employments[0];
  if (shortLived === undefined) throw new Error('nobody in the demonstration is short-lived');

  const invented = people.flatMap(({ role, roleAt, mail, given, family, odsCode }) =>
    role === null
      ? []
      : [
          {
            hint: `${role} ${mail}`,
            name: `${given} ${family}`,
            who: `${WORDS[role] ?? role} of ${roleAt === undefined ? odsCode : KEEPER_WORDS}`,
            mail,
            password: DEMO_PASSWORD,
            role,
          },
        ],
  );

  return {
    directoryFile: inFolder(state.summary.directoryFile),
    password: DEMO_PASSWORD,
    people: invented.map(({ mail, name, who }) => ({ mail, who: `${name}, ${who}` })),
    invented,
    hrSystems,
    nurse: { mail: nurse.mail, employeeNumber },
    shortLived,
    person: (role, odsCode) => {
      const found = people.find(
        (one) => one.role === role && (one.roleAt ?? one.odsCode) === odsCode,
      );
      if (found === undefined) throw new Error(`nobody is ${role} of ${odsCode}`);
      return found;
    },
    testPeople: people.map(({ story, given, family, employments, registrations }) => ({
      story,
      name: `${given} ${family}`.trim(),
      jobs: employments,
      registrations: registrations.map(({ body, number }) => `${body} ${number}`),
    })),
    extractsOf: (odsCodes) =>
      state.summary.recordFiles
        .filter((file) => odsCodes.some((odsCode) => file.includes(`_${vpds.get(odsCode) ?? ''}_`)))
        .map(inFolder),
    setupCodes: async (operations) => {
      const run: Operations['run'] = operations.run;
      const codes = new Map<string, string>();
      for (const { mail, role } of people) {
        if (role === null || role === 'STAFF') continue;
        const input = { mail, by: BY };
        const made = (await run('issueSetupCode', input, () => undefined)) as { code: string };
        codes.set(mail, made.code);
      }
      return codes;
    },
    load: async (operations, { onProgress, withoutImport }) => {
      const run: Operations['run'] = operations.run;
      const quiet = (): void => undefined;
      // Also on a folder of before there were accreditations, or before there was a type.
      const types = credentialType.options.filter(
        (type) =>
          CREDENTIAL_TYPES[type].issuedBy === 'EMPLOYER' && !state.accredited.includes(type),
      );
      const organisations = new Set([...hrSystems, ...people].map(({ odsCode }) => odsCode));
      for (const odsCode of types.length === 0 ? [] : organisations) {
        await run('accreditIssuer', { odsCode, types, from: ACCREDITED_FROM, by: BY }, quiet);
      }
      for (const odsCode of state.hasContacts ? [] : [...organisations, KEEPER]) {
        const mail = `staff-records@${odsCode.toLowerCase()}.example`;
        const contact = { team: 'Staff records team', mail };
        await run('registerContact', { odsCode, contact, by: BY }, quiet);
      }
      const registered = { ...state, accredited: credentialType.options, hasContacts: true };
      if (types.length > 0 || !state.hasContacts) await keep(registered);
      if (state.loaded) return;
      onProgress('Loading the demonstration: organisations, roles, HR systems');
      await run('importOrganisations', { file: inFolder(state.summary.organisationsFile) }, quiet);
      for (const grant of await rolesIn(inFolder(state.summary.rolesFile))) {
        const { grantId } = (await run('requestRole', { ...grant, by: BY }, quiet)) as {
          readonly grantId: string;
        };
        await run('approveRole', { grantId, by: SECOND }, quiet);
      }
      for (const { clientId, odsCode, privateKey, keyFile } of hrSystems) {
        const jwks = { keys: [publicHalf(privateKey)] };
        await writeFile(keyFile, `${JSON.stringify({ privateKey, jwks }, null, 2)}\n`, {
          mode: 0o600,
        });
        await run('addClient', { clientId, name: `HR system of ${odsCode}`, odsCode, jwks }, quiet);
      }
      if (withoutImport) return;
      onProgress('Loading the demonstration: staff records');
      await run('importFiles', { files: state.summary.recordFiles.map(inFolder) }, quiet);
      onProgress('Loading the demonstration: matching the directory');
      await run('matchDirectory', {}, quiet);
      await keep({ ...registered, loaded: true });
    },
  };
}

async function makeState(
  folder: string,
  options: { readonly staff: number; readonly seed: number },
): Promise<KeptState> {
  const summary = await generateDemo({ folder, ...options });
  return {
    loaded: false,
    accredited: [],
    hasContacts: false,
    // Names, not paths: the data folder may be moved.
    summary: {
      organisationsFile: basename(summary.organisationsFile),
      recordFiles: summary.recordFiles.map((file) => basename(file)),
      directoryFile: basename(summary.directoryFile),
      rolesFile: basename(summary.rolesFile),
      peopleFile: basename(summary.peopleFile),
    },
    hrSystems: ['RZ1', 'RZ2'].map((odsCode) => {
      const clientId = `hr-system-${odsCode.toLowerCase()}`;
      const privateKey = newPrivateJwk(`${clientId}-${randomBytes(4).toString('hex')}`);
      return { clientId, odsCode, privateKey };
    }),
  };
}

/** The rows of a small CSV file without quotes, header left out. */
async function rowsOf(file: string): Promise<readonly (readonly string[])[]> {
  const [, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.map((line) => line.split(','));
}

/** Who has which role where, from the demonstration's `roles.csv`. */
export async function rolesIn(
  file: string,
): Promise<readonly { readonly mail: string; readonly role: string; readonly odsCode: string }[]> {
  const rows = await rowsOf(file);
  return rows.map(([mail = '', role = '', odsCode = '']) => ({ mail, role, odsCode }));
}

async function vpdByOrganisation(file: string): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf(file);
  return new Map(rows.map((row) => [row[0] ?? '', row.at(-1) ?? '']));
}

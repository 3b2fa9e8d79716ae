/** `npm run bench -- NAME [--json] [--staff=N] [--only=A,B]`: measures one thing. The last line of the output is the result as JSON. */
import { benchCredentials } from './credentials.ts';
import { benchDirectory } from './directory.ts';
import { benchEsr } from './esr.ts';
import { benchEsrNation } from './esr-nation.ts';
import { benchGateway } from './gateway.ts';
import { benchGraph } from './graph.ts';
import { benchIdentity } from './identity.ts';
import { benchMatching } from './matching.ts';
import { benchOverload } from './overload.ts';
import { benchPages } from './pages.ts';
import { benchPresent } from './present.ts';
import { benchSubgraph } from './subgraph.ts';

/** What can be measured, by name. */
const BENCHES: Readonly<
  Record<
    string,
    (
      say: (line: string) => void,
      options: { readonly staff?: number; readonly only?: readonly string[] },
    ) => Promise<Readonly<Record<string, number>>>
  >
> = {
  credentials: benchCredentials,
  directory: benchDirectory,
  esr: benchEsr,
  'esr-nation': benchEsrNation,
  gateway: benchGateway,
  graph: benchGraph,
  identity: benchIdentity,
  matching: benchMatching,
  overload: benchOverload,
  pages: benchPages,
  present: benchPresent,
  subgraph: benchSubgraph,
};

/** `EX_USAGE` of sysexits.h. */
const EXIT_USAGE = 64;

const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const options = process.argv.slice(2).filter((word) => word.startsWith('-'));
const [name = ''] = names;
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
const staff = options.find((option) => /^--staff=\d{2,7}$/.test(option));
const only = options.find((option) => /^--only=[a-z_,]+$/.test(option));
const unknownOption = options.find(
  (option) => option !== '--json' && option !== staff && option !== only,
);

if (bench === undefined || names.length > 1 || unknownOption !== undefined) {
  const fault = unknownOption ?? (names.length > 1 ? names[1] : name);
  process.stderr.write(
    `${fault ? `There is no "${fault}".` : 'Say what to measure.'} Use: npm run bench -- NAME [--json] [--staff=N] [--only=A,B]\n` +
      `NAME is one of: ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exitCode = EXIT_USAGE;
} else {
  const quiet = options.includes('--json');
  const result = await bench(
    (line) => {
      if (!quiet) process.stdout.write(`${line}\n`);
    },
    {
      ...(staff === undefined ? {} : { staff: Number(staff.slice('--staff='.length)) }),
      ...(only === undefined ? {} : { only: only.slice('--only='.length).split(',') }),
    },
  );
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

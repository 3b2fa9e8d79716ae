import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { ruleSetSchema } from '../../subgraphs/nhsmail/domain/linkage/rule-set.ts';
import type { MatchCounts, MatchRun } from '../../subgraphs/nhsmail/domain/match-run.ts';
import type { RuleSetVersion } from '../../subgraphs/nhsmail/domain/rule-set-store.ts';
import type { Simulation } from '../../subgraphs/nhsmail/domain/simulate-matching.ts';
import { type Command, type CommandIo, readArguments, text, UsageError } from '../command.ts';
import { openOperations } from '../operations.ts';
import { operatorName } from '../operator-name.ts';

/** Shows the newest runs of matching. */
export const matchRuns: Command = {
  usage: 'match runs [--json]',
  summary: 'Shows the newest runs of matching, and whether one waits for somebody.',
  run: async (args, io) => {
    const { values } = readArguments(args, { json: { type: 'boolean' } });
    const runs = await operate<readonly MatchRun[]>(io, 'matchRuns', {});
    io.out(values.json === true ? `${JSON.stringify(runs)}\n` : runs.map(runLine).join(''));
    return 0;
  },
};

/** Lets a stopped run go on. */
export const confirmMatchRun: Command = {
  usage: 'match confirm RUN --by NAME',
  summary: 'Lets a run go on that was stopped because it would lose links. NAME answers for it.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { by: { type: 'string' } });
    await operate(io, 'confirmMatchRun', {
      run: positionals[0] ?? '',
      by: text(values.by, 'by'),
    });
    io.out('confirmed: the next round writes\n');
    return 0;
  },
};

/** Shows the versions of the rules that people and accounts are matched by. */
export const listRuleSets: Command = {
  usage: 'match rules list [--json]',
  summary: 'Shows the versions of the rules of matching, and which one is used.',
  run: async (args, io) => {
    const { values } = readArguments(args, { json: { type: 'boolean' } });
    const versions = await operate<readonly RuleSetVersion[]>(io, 'ruleSets', {});
    io.out(
      values.json === true ? `${JSON.stringify(versions)}\n` : versions.map(versionLine).join(''),
    );
    return 0;
  },
};

/** Adds a version of the rules. */
export const addRuleSet: Command = {
  usage: 'match rules add FILE [--by NAME]',
  summary:
    'Adds rules from a JSON file. They are used once one operator proposed and another approved them.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { by: { type: 'string' } });
    const rules = ruleSetSchema.safeParse(JSON.parse(await readFile(positionals[0] ?? '', 'utf8')));
    if (!rules.success) throw new UsageError(z.prettifyError(rules.error));
    const by = operatorName(values.by);
    const version = await operate<number>(io, 'addRuleSet', { rules: rules.data, by });
    io.out(`version ${String(version)}\n`);
    return 0;
  },
};

/** Shows what a version of the rules would do. */
export const simulateRuleSet: Command = {
  usage: 'match rules simulate VERSION [--json]',
  summary:
    'Shows what a version would link, lose and leave to people at each organisation. Writes nothing.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
    const version = versionOf(positionals[0]);
    const found = await operate<Simulation>(io, 'simulateRuleSet', { version });
    io.out(values.json === true ? `${JSON.stringify(found)}\n` : simulationTable(found));
    return 0;
  },
};

const acting = (
  verb: 'propose' | 'approve' | 'reject',
  act: 'PROPOSED' | 'APPROVED' | 'REJECTED',
  summary: string,
): Command => ({
  usage: `match rules ${verb} VERSION [--by NAME] [--reason TEXT]`,
  summary,
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      by: { type: 'string' },
      reason: { type: 'string' },
    });
    const version = versionOf(positionals[0]);
    const { reason } = values;
    await operate(io, 'actOnRuleSet', {
      version,
      act,
      name: operatorName(values.by),
      ...(reason === undefined ? {} : { reason }),
    });
    io.out(`version ${String(version)}: ${act.toLowerCase()}\n`);
    return 0;
  },
});

/** Proposes a version. */
export const proposeRuleSet = acting(
  'propose',
  'PROPOSED',
  'Proposes a version of the rules to another operator.',
);

/** Approves a version that somebody else proposed. */
export const approveRuleSet = acting(
  'approve',
  'APPROVED',
  'Puts a version to use that another operator proposed. An earlier one comes back in the same way.',
);

/** Rejects a version that was proposed. */
export const rejectRuleSet = acting('reject', 'REJECTED', 'Takes back or turns down a proposal.');

async function operate<Result>(
  io: CommandIo,
  name:
    | 'matchRuns'
    | 'confirmMatchRun'
    | 'ruleSets'
    | 'addRuleSet'
    | 'actOnRuleSet'
    | 'simulateRuleSet',
  input: unknown,
): Promise<Result> {
  const operations = await openOperations(io.env);
  try {
    return (await operations.run(name, input as never, () => undefined)) as Result;
  } finally {
    await operations.close();
  }
}

function versionOf(written: string | undefined): number {
  if (written === undefined || !/^[1-9]\d{0,8}$/.test(written))
    throw new UsageError('VERSION is a whole number');
  return Number(written);
}

const runLine = (run: MatchRun): string =>
  `${[
    run.id,
    new Date(run.startedAt).toISOString(),
    run.kind.padEnd(7),
    run.state.padEnd(9),
    `rules ${String(run.ruleSet)}`,
    counts(run),
    ...(run.confirmedBy === undefined ? [] : [`confirmed by ${run.confirmedBy}`]),
  ].join('  ')}\n`;

const versionLine = ({ version, name, addedBy, lastAct, isActive }: RuleSetVersion): string =>
  `${[
    String(version).padStart(3),
    isActive ? 'active' : '      ',
    name,
    `added by ${addedBy}`,
    ...(lastAct === undefined ? [] : [`${lastAct.act.toLowerCase()} by ${lastAct.by}`]),
  ].join('  ')}\n`;

const simulationTable = ({ organisations, linksBefore, ...total }: Simulation): string =>
  [
    `${String(total.people)} people, ${String(total.accounts)} accounts, ${String(linksBefore)} links now`,
    ...Object.entries(organisations).map(([place, count]) => `${place.padEnd(8)} ${counts(count)}`),
    `${'all'.padEnd(8)} ${counts(total)}`,
    '',
  ].join('\n');

const counts = ({ linked, lost, queued }: MatchCounts): string =>
  `${String(linked)} linked  ${String(lost)} lost  ${String(queued)} queued`;

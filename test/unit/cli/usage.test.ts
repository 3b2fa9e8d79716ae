import { describe, expect, it } from '@jest/globals';

import { runCommand } from '../../../cli/main.ts';

const run = async (args: readonly string[]) => {
  const said = { out: '', err: '' };
  const code = await runCommand(args, {
    env: {},
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    terminal: false,
  });
  return { code, ...said };
};

const LISTEN = [
  ...['webhooks', 'listen', '--client', 'x', '--key', 'no-such-key.json'],
  '--forward-to',
];
const KID = 'A'.repeat(43);

describe('the command line, called wrongly', () => {
  it.each([
    [['nonsense'], 'There is no command "nonsense"'],
    [['esr', 'import'], 'name at least one file'],
    [['esr', 'import', 'no-such-file.dat'], 'no-such-file.dat is not a file that can be read'],
    [['esr', 'import', 'cli'], 'cli is not a file that can be read'],
    [['esr', 'import', '--fast', 'x'], 'Usage: lanyard esr import [--dry-run]'],
    [['esr', 'import', '--max-rejected', 'all', 'x'], '--max-rejected takes a percentage'],
    [['esr', 'import', '--max-rejected', '100.1', 'x'], 'a percentage from 0 to 100'],
    [['esr', 'resume', 'imp_1', 'imp_2'], 'name one run, or none for all'],
    [['esr', 'status', 'RZ1'], 'too many operands'],
    [['esr', 'rejects'], 'name one run'],
    [['esr', 'rejects', 'imp_1', '--out', ''], '--out needs a value'],
    [['esr', 'absences', 'imp_1', '--confirm'], 'missing --by'],
    [['esr', 'join', 'stf_1', '--into', 'stf_2'], 'missing --reason'],
    [['esr', 'part', 'stf_1'], 'missing --from, --reason'],
    [['esr', 'joined', 'stf_1', 'stf_2'], 'name one id, or none'],
    [['esr', 'read-rest', '--out', 'x', 'RZ1'], '--source describes the service'],
    [['esr', 'export'], 'missing --out'],
    [['esr', 'export', '--out', 'x'], 'name one organisation'],
    [['esr', 'organisations', 'no-such-file.csv'], 'no-such-file.csv is not a file'],
    [['token'], 'missing --client, --key'],
    [['token', '--client', 'x', '--key', 'no-such-key.json'], 'no-such-key.json cannot be read'],
    [['token', '--client', 'x', '--key', 'README.md'], 'README.md is not a key file'],
    [['token', '--client', 'x', '--key', 'package.json'], 'package.json is not a key file'],
    [['webhooks', 'listen'], 'missing --forward-to, --client, --key'],
    [[...LISTEN, 'https://hooks.example/x'], '--forward-to takes an address of this machine'],
    [[...LISTEN, 'http://localhost.example:80/'], '--forward-to takes an address of this machine'],
    [[...LISTEN, 'http://user:pass@localhost/'], '--forward-to takes an address of this machine'],
    [[...LISTEN, 'file:///etc/passwd'], '--forward-to takes an address of this machine'],
    [[...LISTEN, 'http://[::1]/hooks', '--last', '100'], '--last takes a whole number'],
    [[...LISTEN, 'http://[::1]/hooks'], 'no-such-key.json cannot be read'],
    [['demo', 'generate', '--staff', '3'], '--staff takes a whole number from 50 to 2000000'],
    [['issuer', 'rotate'], 'name one trust with --ods, or every trust with --all'],
    [['issuer', 'rotate', '--ods', 'RZ1', '--all'], 'name one trust with --ods'],
    [['issuer', 'keys', 'RZ1'], 'too many operands'],
    [['issuer', 'retire'], 'name one key'],
    [['issuer', 'retire', 'x'], 'kid is not the id of a key'],
    [['issuer', 'retire', '--force', KID], 'Usage: lanyard issuer retire KID'],
    [['issuer', 'compromise', KID], 'missing --since'],
    [['issuer', 'compromise', `-${KID.slice(1)}`], 'missing --since'],
    [['issuer', 'compromise', KID, '--since', '2026-11-22'], 'since is not a time of RFC 3339'],
    [['issuer', 'compromise', KID, '--since', '2026-11-22T10:00Z'], 'since is not a time'],
    [['issuer', 'compromise', KID, '--since', '2026-02-30T10:00:00Z'], 'since is not a time'],
    [['issuer', 'compromise', KID, '--since', '2026-11-22T10:00:00'], 'since is not a time'],
    [['issuer', 'compromise', KID, '--since', 'yesterday'], 'since is not a time'],
    [['issuing', 'stop'], 'missing --reason'],
    [['issuing', 'stop', '--ods', '', '--reason', 'x'], '--ods needs a value'],
    [['issuer', 'accredit', '--ods', 'RZ1'], 'give either --type or --all-types'],
    [
      ['issuer', 'withdraw', '--ods', 'RZ1', '--type', 'IDENTITY', '--all-types', '--reason', 'x'],
      'give either --type or --all-types',
    ],
    [
      ['issuer', 'accredit', '--ods', 'RZ1', '--type', 'ADMIRAL'],
      '--type takes one of CLINICAL_TEST',
    ],
    [['role', 'grant', '--mail', 'a@b.example'], 'missing --role, --ods, --by'],
  ])('%j ends with 64 and says what is wrong', async (args, text) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([64, '']);
    expect(err).toContain(text);
    expect(err).not.toMatch(/\n\s+at |Error:/);
  });
});

describe('--help', () => {
  it.each([
    [['--help'], 'lanyard esr import [--dry-run] [--max-rejected PERCENT] FILE...'],
    [['token', '--help'], 'lanyard token --client ID --key FILE'],
  ])('%j explains and ends with 0', async (args, text) => {
    const { code, out, err } = await run(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(text);
  });
});

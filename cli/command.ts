/** What every command of the command line has in common. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A command. */
export interface Command {
  /** How it is called, without `lanyard`: `esr import FILE...`. */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Carries it out. What it returns is the process's exit code. */
  readonly run: (args: readonly string[], io: CommandIo) => Promise<number>;
}

/** Where a command reads and writes. */
export interface CommandIo {
  readonly env: NodeJS.ProcessEnv;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody watches: progress is drawn in place, otherwise printed as lines. */
  readonly terminal: boolean;
}

/** The command was called wrongly. Exit code 64 (`EX_USAGE` of sysexits.h). */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/** Reads options and operands. An unknown option, or a missing one, is an error that names it. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  required: readonly (keyof Options & string)[] = [],
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const values = parsed.values as Readonly<Record<string, unknown>>;
    const missing = required.filter((name) => values[name] === undefined);
    if (missing.length > 0) {
      throw new UsageError(`missing ${missing.map((name) => `--${name}`).join(', ')}`);
    }
    return parsed;
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(cause instanceof Error ? cause.message : 'wrong arguments', { cause });
  }
}

/** The given text, or an error that names the option. */
export function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} needs a value`);
  return value;
}

/** A whole number in a range. */
export function wholeNumber(
  value: unknown,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw new UsageError(`--${name} takes a whole number from ${String(min)} to ${String(max)}`);
  }
  return number;
}

import type { MatchCounts, MatchRun, MatchRunKind } from './match-run.ts';

/** What a run came to. */
export interface MatchRunResult extends MatchCounts {
  readonly state: 'DONE' | 'STOPPED' | 'FAILED';
  readonly modelId?: number;
  readonly people: number;
  readonly accounts: number;
  readonly linksBefore: number;
  readonly unsupported: number;
  readonly organisations: Readonly<Record<string, MatchCounts>>;
}

/** Runs of matching, and the right to make one. */
export interface MatchRunStore {
  /** Begins a run; returns its id. */
  begin(kind: MatchRunKind, ruleSet: number, at: Date): Promise<string>;
  finish(id: string, result: MatchRunResult, at: Date): Promise<void>;
  /** The newest runs, the newest first. */
  list(limit: number): Promise<readonly MatchRun[]>;
  /** The newest run that ended, whether it wrote or was stopped. Changes that were written count as none. */
  findLast(): Promise<MatchRun | undefined>;
  /** The newest run over everything that wrote. */
  findLastWritten(): Promise<MatchRun | undefined>;
  /** Lets a stopped run go on; returns what stands in the way. */
  confirm(id: string, by: string, at: Date): Promise<'not_found' | 'not_stopped' | undefined>;
  /** Takes or keeps the right to match until a moment; whether it was given. */
  hold(holder: string, seconds: number): Promise<boolean>;
  release(holder: string): Promise<void>;
}

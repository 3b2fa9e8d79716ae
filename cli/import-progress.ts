/** Shows how far an import has come: a bar on a terminal, a line now and then in a log. */
import { Writable } from 'node:stream';

import { SingleBar } from 'cli-progress';

import type { ImportEvent } from '../subgraphs/esr/compose.ts';
import type { CommandIo } from './command.ts';

/** How often a log gets a line while a file is read, in milliseconds. */
const LINE_EVERY_MS = 10_000;

/** Progress that is being shown. */
export interface ImportProgressView {
  readonly show: (event: unknown) => void;
  /** Takes the bar away: what follows begins on a line of its own. */
  readonly end: () => void;
}

/** Begins to show progress. */
export function importProgress(
  io: Pick<CommandIo, 'err' | 'terminal'>,
  now: () => number = Date.now,
): ImportProgressView {
  return io.terminal ? barOn(io, now) : linesOn(io, now);
}

/** What is told while a file is read. */
interface Told {
  readonly rows: string;
  readonly rate: string;
  readonly left: string;
}

/** Works out rate and time left from where the reading of each file began, which may be in the middle of it. */
function rates(now: () => number): (event: ImportEvent) => Told {
  let begun: { file: string; rows: number; bytes: number; at: number } | undefined;
  return ({ file, rows, bytes, size }) => {
    if (begun?.file !== file || rows < begun.rows) begun = { file, rows, bytes, at: now() };
    const seconds = (now() - begun.at) / 1_000;
    const [rowsRead, bytesRead] = [rows - begun.rows, bytes - begun.bytes];
    const told = seconds > 0 && bytesRead > 0;
    return {
      rows: count(rows),
      rate: told ? count(Math.round(rowsRead / seconds)) : '–',
      left: told ? duration(((size - bytes) * seconds) / bytesRead) : '–',
    };
  };
}

function barOn({ err }: Pick<CommandIo, 'err'>, now: () => number): ImportProgressView {
  const told = rates(now);
  let bar: { readonly file: string; readonly shown: SingleBar } | undefined;
  const end = (): void => {
    bar?.shown.stop();
    bar = undefined;
  };
  return {
    show: (value) => {
      const event = value as ImportEvent;
      const { file, stage, bytes, size } = event;
      if (stage !== 'reading') {
        // The next file may be read while this one is brought into the records.
        if (bar?.file === file) end();
        if (stage === 'applying') err(`${file}: ${APPLYING}\n`);
        return;
      }
      if (bar?.file !== file) {
        end();
        bar = { file, shown: new SingleBar({ ...BAR, stream: terminalOf(err) }) };
        err(`${file}\n`);
        bar.shown.start(size, bytes, told(event));
      }
      bar.shown.update(bytes, told(event));
    },
    end,
  };
}

const APPLYING = 'read to its end, now brought into the records';

const BAR = {
  // Fits into 80 columns: the name of the file is on the line above.
  format: '[{bar}] {percentage} %, {rows} rows, {rate} rows/s, {left} left',
  barsize: 24,
  barCompleteChar: '#',
  barIncompleteChar: '.',
  fps: 5,
  clearOnComplete: true,
  // What is changed of a terminal stays so when the command is killed.
  linewrap: true,
  hideCursor: null,
  gracefulExit: false,
} as const;

/** A terminal that writes where the command does. */
const terminalOf = (write: (text: string) => void): NodeJS.WritableStream =>
  Object.assign(
    new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        write(text);
        done();
      },
    }),
    { isTTY: true, columns: 200 },
  );

function linesOn({ err }: Pick<CommandIo, 'err'>, now: () => number): ImportProgressView {
  const told = rates(now);
  let last: { readonly file: string; readonly at: number } | undefined;
  return {
    show: (value) => {
      const event = value as ImportEvent;
      const { file, stage, bytes, size } = event;
      if (stage === 'applying') err(`${file}: ${APPLYING}\n`);
      if (stage !== 'reading') return;
      const { rows, rate, left } = told(event);
      // The first one has nothing to tell yet but that the reading has begun.
      if (last?.file === file && now() - last.at < LINE_EVERY_MS) return;
      last = { file, at: now() };
      const share = String(size === 0 ? 100 : Math.floor((100 * bytes) / size));
      err(`${file}: ${share} %, ${rows} rows, ${rate} rows/s, ${left} left\n`);
    },
    end: () => undefined,
  };
}

/** `1,234,567`. */
export const count = (number: number): string => COUNT.format(number);

const COUNT = new Intl.NumberFormat('en-GB');

/** `4 s`, `2 min 5 s`, `1 h 20 min`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes < 60) return `${String(minutes)} min ${String(rest)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

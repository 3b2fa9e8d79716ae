/** What the processes that this one has started use, read from Linux's /proc. Elsewhere nothing is known of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const PAGE_BYTES = 4_096;

/** Processor time in milliseconds, of the threads that still run; resident memory in bytes. */
export function useOfStarted(): { readonly cpuMs: number; readonly rssBytes: number } {
  let cpuMs = 0;
  let rssBytes = 0;
  for (const pid of startedByThis()) {
    const [, pages = 0] = numbersIn(`/proc/${pid}/statm`);
    rssBytes += pages * PAGE_BYTES;
    for (const thread of threadsOf(pid)) {
      const [nanoseconds = 0] = numbersIn(`/proc/${pid}/task/${thread}/schedstat`);
      cpuMs += nanoseconds / 1e6;
    }
  }
  return { cpuMs, rssBytes };
}

const startedByThis = (): readonly string[] =>
  threadsOf('self').flatMap((thread) =>
    textOf(`/proc/self/task/${thread}/children`)
      .split(' ')
      .filter((pid) => pid !== ''),
  );

const threadsOf = (pid: string): readonly string[] => {
  const folder = `/proc/${pid}/task`;
  return existsSync(folder) ? readdirSync(folder) : [];
};

const numbersIn = (file: string): readonly number[] => textOf(file).split(' ').map(Number);

/** Empty when the process has ended. */
const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
};

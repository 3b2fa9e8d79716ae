/** Work that goes on between requests. */

/** How many hold it back. */
let holds = 0;

/**
 * Holds back all such work of this process that has not begun. Returns how to let it go on: what was due meanwhile is done
 * after one more pause. For a process that has to be filled before it can do anything else.
 */
export function holdRepeatedWork(): () => void {
  let isHeld = true;
  holds += 1;
  return () => {
    if (isHeld) holds -= 1;
    isHeld = false;
  };
}

/**
 * Runs work again and again, with a pause between the end of one run and the start of the next.
 *
 * @param pauseMs the pause, in milliseconds
 * @returns stops, and resolves when no run is going on
 */
export function repeatedly(
  work: () => Promise<void>,
  pauseMs: number,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const wait = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      if (holds > 0) wait();
      else running = work().catch(failed).finally(wait);
    }, pauseMs);
    timer.unref();
  };
  wait();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

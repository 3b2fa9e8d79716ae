/** Work that goes on between requests. */

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
      running = work().catch(failed).finally(wait);
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

/** Whether a port's system is down. Errors of such ports carry `code: 'unavailable'`, whatever their class. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'unavailable';

/** When a client may come back whose answer needed a system that is down, in seconds. */
export const SOURCE_BACK_SECONDS = 5;

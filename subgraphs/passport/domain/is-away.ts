/** Whether a port failed because what is behind it does not answer: its errors carry `code: 'unavailable'`. */
export const isAway = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'unavailable';

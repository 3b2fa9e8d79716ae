/** Structured logs: one JSON object a line, without personal data. */
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Creates a process's log. What is logged is chosen by hand: ids, codes, counts and times. The redaction here is the
 * second line, for an object that slips in whole.
 */
export function createLog(
  { name, level }: { readonly name: string; readonly level: string },
  destination?: DestinationStream,
): Logger {
  const options = {
    name,
    level,
    base: { process: name },
    redact: {
      paths: [
        'authorization',
        'password',
        'token',
        '*.authorization',
        '*.password',
        '*.token',
        'headers',
        '*.headers',
      ],
      remove: true,
    },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The parts of an error that a log may hold: its class, its stable code and where it came from. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    code,
    message: error.message.slice(0, 500),
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

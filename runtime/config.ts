/** Settings: read once from the environment, checked as a whole, every fault reported in one message. */
import { z } from 'zod';

/** Settings that cannot be used. The process ends with exit code 78 (`EX_CONFIG` of sysexits.h). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config_invalid';
}

const PATIENCE = 'LANYARD_PATIENCE';
/** Multiplies deadlines, see {@link withPatience}. */
const patience = z.coerce.number().min(0.1).max(60).default(1);

/** Settings that every process has. Spread into a process's own shape. */
export const processSettings = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),
};

/** Read once: every request asks several times, and the environment answers slowly. */
let factor = patience.safeParse(process.env[PATIENCE]).data ?? 1;

/**
 * How long this process waits for others.
 *
 * A machine with too much to do answers late without anything being wrong. `LANYARD_PATIENCE` multiplies every deadline
 * there: 1 on servers, more on a slow laptop and for tests, which then judge what happens and never how fast it does.
 *
 * @param ms the deadline of a server, in milliseconds
 * @returns the deadline here, in milliseconds
 */
export const withPatience = (ms: number): number => ms * factor;

/**
 * Changes how patient this process is, for tests of what happens past a deadline.
 *
 * @returns how patient it was
 */
export function setPatience(next: number): number {
  const before = factor;
  factor = next;
  return before;
}

/** A TCP port. 0 lets the system choose. */
export const portNumber = z.coerce.number().int().min(0).max(65_535);

/** JSON text in a setting, checked by `shape`. */
export const jsonSetting = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A check of a whole shape: in production the named addresses are encrypted (`https:`, `ldaps:`, or an `ldap:` one
 * `X_URL` with `X_STARTTLS`), or stay on this machine.
 */
export const encryptedInProduction =
  (...names: readonly string[]) =>
  (settings: object, context: z.core.$RefinementCtx): void => {
    const given = settings as Readonly<Record<string, unknown>>;
    if (given['NODE_ENV'] !== 'production') return;
    for (const name of names) {
      const { protocol, hostname } = new URL(String(given[name]));
      if (['https:', 'ldaps:'].includes(protocol) || LOOPBACK.has(hostname)) continue;
      if (protocol === 'ldap:' && given[name.replace(/URL$/, 'STARTTLS')] === true) continue;
      const message = `must be ${protocol.replace(':', '')}s in production`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  };

/** 32 random bytes or more, base64url. */
export const secretSetting = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43,}$/, 'is not 32 or more bytes in base64url');

/**
 * Reads and checks settings from the environment.
 *
 * @param prefix names that start with this belong to the process, and one that the shape does not know is an error
 * @throws {ConfigError} naming every wrong setting at once, never its value
 */
export function readConfig<Shape extends z.ZodObject>(
  shape: Shape,
  env: NodeJS.ProcessEnv,
  prefix: string,
): z.infer<Shape> {
  const result = shape.safeParse(env);
  const faults = result.success
    ? []
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${wording(issue, env)}`);
  if (!patience.safeParse(env[PATIENCE]).success) faults.push(`${PATIENCE}: is not 0.1 to 60`);
  const known = new Set([...Object.keys(shape.shape), PATIENCE]);
  const unknown = Object.keys(env).filter((name) => name.startsWith(prefix) && !known.has(name));
  faults.push(...unknown.map((name) => `${name}: there is no such setting`));
  if (!result.success || faults.length > 0) {
    throw new ConfigError(`Settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
  return result.data;
}

/** Zod's messages can quote what was given, which may be a secret: keep those that cannot. */
function wording(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  if (env[String(issue.path[0])] === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be a ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

/** Keeps the process that holds the PKCS #11 module running, and asks it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { withPatience } from '../../../../runtime/config.ts';
import { KeeperRefused, KeeperUnavailable } from '../../domain/ports/key-keeper.ts';
import {
  numberedAnswer,
  type TokenAnswer,
  type TokenFault,
  type TokenRequest,
} from './token-messages.ts';

/** Which token, and what opens it. */
export interface TokenSettings {
  /** The module's file. */
  readonly module: string;
  /** The token's label. */
  readonly token: string;
  readonly pin: string;
  /** The environment of the process that holds the module. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Asks the token. */
export interface TokenClient {
  /**
   * Starts the process and signs in to the token.
   *
   * @throws {KeeperRefused} when PIN, token or module are wrong
   * @throws {KeeperUnavailable} when it does not come up in time
   */
  readonly start: () => Promise<void>;
  /**
   * Carries out a request.
   *
   * @throws {KeeperRefused} as `start`
   * @throws {KeeperUnavailable} when the process is down, has too much to do, or does not answer in time
   */
  readonly ask: (request: Exclude<TokenRequest, { kind: 'start' }>) => Promise<TokenAnswer>;
  /** The number of the process that holds the module; `undefined` while there is none. */
  readonly pid: () => number | undefined;
  readonly close: () => Promise<void>;
}

/** How long a request may take, waiting included, in milliseconds. */
const DEADLINE_MS = 5_000;
/** How long signing in to the token may take, in milliseconds. */
const START_DEADLINE_MS = 15_000;
/** Most requests that wait at once. */
const MAX_WAITING = 1_000;
/** The pause before the process is started again: doubled from the first to the last, in milliseconds. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;

interface Waiting {
  readonly settle: (outcome: TokenAnswer | KeeperUnavailable) => void;
}

interface Running {
  readonly child: ChildProcess;
  readonly waiting: Map<number, Waiting>;
  readonly ready: Promise<void>;
  answeredAt: number;
}

const REFUSALS: Partial<Readonly<Record<TokenFault, string>>> = {
  module_unusable: 'the PKCS #11 module cannot be loaded',
  token_missing: 'the PKCS #11 module has no token with that label',
  pin_refused: 'the PKCS #11 token refused the PIN',
};

/**
 * Creates a client.
 *
 * @param stopped told that the process ended without being asked to
 */
export function tokenClient(settings: TokenSettings, stopped: () => void): TokenClient {
  let running: Running | undefined;
  /** Once the token has refused the PIN, nobody tries again: a token counts wrong PINs and locks itself. */
  let refusal: KeeperRefused | undefined;
  let failures = 0;
  let restart: NodeJS.Timeout | undefined;
  let closed = false;
  let lastId = 0;

  const launch = (): Running => {
    const child = fork(fileURLToPath(new URL('./token-process.ts', import.meta.url)), {
      env: settings.environment,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.unref();
    child.channel?.unref();
    const waiting = new Map<number, Waiting>();
    const { module, token, pin } = settings;
    const signedIn = send({ child, waiting }, { kind: 'start', module, token, pin }, () => {
      child.kill('SIGKILL');
    });
    const started: Running = {
      child,
      waiting,
      answeredAt: performance.now(),
      ready: signedIn.then((answer) => {
        if (answer.ok) return;
        const reason = REFUSALS[answer.fault];
        if (reason === undefined) throw new KeeperUnavailable('the PKCS #11 token did not open');
        refusal = new KeeperRefused(reason);
        child.disconnect();
        throw refusal;
      }),
    };
    started.ready.catch(() => undefined);
    child.on('message', (message) => {
      const parsed = numberedAnswer.safeParse(message);
      const entry = parsed.success ? waiting.get(parsed.data.id) : undefined;
      if (!parsed.success || entry === undefined) return;
      waiting.delete(parsed.data.id);
      started.answeredAt = performance.now();
      if (parsed.data.answer.ok) failures = 0;
      entry.settle(parsed.data.answer);
    });
    const ended = (): void => {
      if (running !== started) return;
      running = undefined;
      for (const { settle } of waiting.values()) {
        settle(new KeeperUnavailable('the process of the PKCS #11 module ended'));
      }
      waiting.clear();
      if (closed || refusal !== undefined) return;
      stopped();
      restart = setTimeout(
        () => {
          if (!closed) running = launch();
        },
        Math.min(FIRST_PAUSE_MS * 2 ** failures, LAST_PAUSE_MS),
      );
      restart.unref();
      failures += 1;
    };
    child.once('exit', ended);
    child.on('error', () => {
      // It never came to be, so it will not exit either.
      if (child.pid === undefined) ended();
    });
    return started;
  };

  const send = (
    to: Pick<Running, 'child' | 'waiting'>,
    request: TokenRequest,
    tooLate: () => void,
  ): Promise<TokenAnswer> =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1);
      const timer = setTimeout(
        () => {
          // The entry stays until its answer comes: it goes on counting as work of the process.
          reject(new KeeperUnavailable('the PKCS #11 token did not answer in time'));
          tooLate();
        },
        withPatience(request.kind === 'start' ? START_DEADLINE_MS : DEADLINE_MS),
      );
      const settle: Waiting['settle'] = (outcome) => {
        clearTimeout(timer);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      to.waiting.set(id, { settle });
      to.child.send({ id, request }, (error) => {
        if (error === null) return;
        to.waiting.delete(id);
        settle(new KeeperUnavailable('the process of the PKCS #11 module is gone'));
      });
    });

  const ready = async (): Promise<Running> => {
    if (refusal !== undefined) throw refusal;
    if (running === undefined) {
      throw new KeeperUnavailable('the process of the PKCS #11 module is not up');
    }
    const current = running;
    await current.ready;
    return current;
  };

  return {
    start: async () => {
      running ??= launch();
      await running.ready;
    },
    ask: async (request) => {
      const current = await ready();
      if (current.waiting.size >= MAX_WAITING) {
        throw new KeeperUnavailable('the PKCS #11 token has too much to do');
      }
      return send(current, request, () => {
        // Slow is not hung: it is killed only when nothing at all came back for the whole time.
        if (performance.now() - current.answeredAt >= withPatience(DEADLINE_MS))
          current.child.kill('SIGKILL');
      });
    },
    pid: () => running?.child.pid,
    close: async () => {
      closed = true;
      clearTimeout(restart);
      const child = running?.child;
      if (child === undefined) return;
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      const insist = setTimeout(() => child.kill('SIGKILL'), withPatience(DEADLINE_MS));
      await exited;
      clearTimeout(insist);
    },
  };
}

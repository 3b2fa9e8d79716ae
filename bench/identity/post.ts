/** Requests on connections that are kept, so that what is measured is the server. */
import { Pool } from 'undici';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Sends one request. `body` is a form or JSON. */
export type Post = (
  path: string,
  body: URLSearchParams | Readonly<Record<string, unknown>>,
  authorization?: string,
) => Promise<Answer>;

/** Opens connections to one server. */
export function connections(
  origin: string,
  count: number,
): { post: Post; close: () => Promise<void> } {
  const pool = new Pool(origin, { connections: count });
  return {
    post: async (path, body, authorization) => {
      const form = body instanceof URLSearchParams;
      const { statusCode, body: answer } = await pool.request({
        path,
        method: 'POST',
        headers: {
          'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: form ? body.toString() : JSON.stringify(body),
      });
      return { status: statusCode, body: (await answer.json()) as Record<string, unknown> };
    },
    close: () => pool.close(),
  };
}

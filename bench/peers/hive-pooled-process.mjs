/** Hive Gateway with its Rust planner, and with another HTTP client, an undici pool. */
import { serveHive } from './hive.mjs';
import { pools } from './pools.mjs';

const settings = JSON.parse(process.argv[2]);
const pool = pools(settings.subgraphs);

/** As much of `fetch` as its transport uses. */
async function fetch(url, { method, headers, body, signal }) {
  const answer = await pool(url).request({
    method,
    path: new URL(url).pathname,
    headers,
    body,
    signal,
  });
  return {
    ok: answer.statusCode >= 200 && answer.statusCode < 300,
    status: answer.statusCode,
    headers: new Headers(answer.headers),
    body: null,
    text: () => answer.body.text(),
    json: () => answer.body.json(),
  };
}
await serveHive(settings, { fetchAPI: { fetch } });

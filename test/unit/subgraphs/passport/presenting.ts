/** Holders and verifiers around a started passport subgraph: what they send reaches its routes, without a network. */
import type { Database } from '../../../../runtime/database.ts';
import type { PassportTables } from '../../../../subgraphs/passport/postgres/tables.ts';
import {
  createPresentingWallet,
  type Fetching,
  type HeldCredential,
} from '../../standards/openid4vp/presenting-wallet.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  operations,
  type PresentationAnswer,
  PUBLIC_URL,
  type RequestAnswer,
} from './passport-bench.ts';

/** Calls to the public URL, answered by the subgraph. */
export const reaching =
  ({ app }: Bench): Fetching =>
  async (url, init) => {
    if (!url.startsWith(`${PUBLIC_URL}/`)) throw new Error('nothing else is reached');
    // `Request` works out the body's type, as `fetch` does.
    const request = new Request(url, { ...init, redirect: 'manual' });
    const answer = await app.inject({
      method: request.method as 'GET',
      url: url.slice(PUBLIC_URL.length),
      headers: Object.fromEntries(request.headers),
      payload: await request.text(),
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const one of [value ?? []].flat()) headers.append(name, String(one));
    }
    const empty = answer.statusCode === 204 || answer.statusCode === 304;
    return new Response(empty ? null : answer.body, { status: answer.statusCode, headers });
  };

/** A browser: it keeps cookies, and follows nothing by itself. */
export function newBrowser(fetching: Fetching) {
  const cookies = new Map<string, string>();
  return {
    async open(url: string, init: RequestInit = {}): Promise<Response> {
      const headers = new Headers(init.headers);
      headers.set('accept', 'text/html');
      const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      if (sent !== '') headers.set('cookie', sent);
      const response = await fetching(url, { ...init, headers });
      for (const set of response.headers.getSetCookie()) {
        const [pair = ''] = set.split(';');
        const at = pair.indexOf('=');
        cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return response;
    },
  };
}

/** The link to the wallet on a page. */
export function walletLink(html: string): string {
  const [, link = ''] = /href="((?:openid4vp|haip-vp):[^"]+)"/.exec(html) ?? [];
  return link.replaceAll('&amp;', '&');
}

/** Certificates of the anchors: base64 DER. */
export async function anchorsOf(database: Database): Promise<readonly string[]> {
  const rows = await database
    .schema<PassportTables>('passport')
    .selectFrom('issuer_key')
    .select('certificate')
    .where('use', '=', 'anchor')
    .execute();
  return rows.map(({ certificate }) => certificate);
}

/** Everybody around one subgraph. */
export async function presentingTo(bench: Bench, database: Database, now?: () => Date) {
  const fetching = reaching(bench);
  const anchors = await anchorsOf(database);
  const walletWith = (held: readonly HeldCredential[], encs?: readonly string[]) =>
    createPresentingWallet({
      fetch: fetching,
      held,
      anchors,
      ...(encs === undefined ? {} : { encs }),
      ...(now === undefined ? {} : { now }),
    });
  return {
    fetch: fetching,
    anchors,
    walletWith,
    browser: () => newBrowser(fetching),
    /** Issues credentials to one person and gives them a wallet with all of them. */
    async walletOf(staffId: string, types: readonly string[], encs?: readonly string[]) {
      const held: HeldCredential[] = [];
      for (const type of types) {
        const { sdJwt, wallet } = await issueTo(bench, { staffId, odsCode: 'RZ1', type });
        held.push({ sdJwt, signer: wallet.signer });
      }
      return { held, wallet: walletWith(held, encs) };
    },
    /** Asks as HR of a trust; by default for a given name, of whoever stands at the desk. */
    async ask(input: object = {}, odsCode = 'RZ2'): Promise<RequestAnswer> {
      const asked = await bench.ask(callers.hr(odsCode), operations.request, {
        input: {
          idempotencyKey: newKey(),
          credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
          sameDevice: false,
          ...input,
        },
      });
      const { request, errors } = asked.data?.presentationRequest ?? {};
      if (request == null) throw new Error(errors?.[0]?.code ?? asked.errors?.[0]?.extensions.code);
      return request;
    },
    /** What the verifier sees. */
    async look(id: string, odsCode = 'RZ2'): Promise<PresentationAnswer | null | undefined> {
      const seen = await bench.ask(callers.hr(odsCode), operations.presentation, { id });
      return seen.data?.presentation;
    },
    /** Hands in what a browser gave to a page of that origin, and answers the outcome or why it was refused. */
    async handIn(requestId: string, origin: string, credential: string): Promise<string> {
      const answered = await bench.ask(callers.hr('RZ2'), operations.verify, {
        input: {
          requestId,
          digitalCredential: { origin, credential: JSON.parse(credential) as object },
        },
      });
      const { result, errors } = answered.data?.presentationVerify ?? {};
      return result?.outcome ?? errors?.[0]?.code ?? 'no answer';
    },
    /** The outcome, or the first check that failed. */
    async outcome(id: string): Promise<string | undefined> {
      const seen = await this.look(id);
      const { result, state } = seen ?? {};
      const checks = [...(result?.credentials ?? []), ...(result == null ? [] : [result])].flatMap(
        (one) => one.checks,
      );
      const failed = checks.find(({ outcome }) => outcome === 'FAILED');
      return failed?.code ?? result?.outcome ?? state;
    },
  };
}

/** Everybody around one subgraph. */
export type Presenting = Awaited<ReturnType<typeof presentingTo>>;

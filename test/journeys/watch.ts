/** A client that watches one thing change, over `/graphql/stream` (graphql-sse, distinct connections mode). */

/** What is watched, and by whom. */
export interface Watched {
  readonly token: string;
  readonly purpose?: string;
  /** The subscription, as text or by the id of a registered one. */
  readonly document: { readonly query: string } | { readonly documentId: string };
  readonly id: string;
}

/** A stream that is open. */
export interface Watching<Data> {
  readonly status: number;
  /** What was told last before the stream ended, or once it fits. Waits two minutes at most. */
  readonly until: (fits: (data: Data | null) => boolean) => Promise<Data | null>;
  readonly leave: () => void;
}

const LIMIT_MS = 120_000;
const NEXT = /^event: (?<event>\w+)\ndata: (?<data>.*)$/m;

/** Opens a stream. `Data` is what the one field answers. */
export async function watch<Data>(
  graph: string,
  { token, purpose, document, id }: Watched,
): Promise<Watching<Data>> {
  const left = new AbortController();
  const response = await fetch(`${graph}/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      ...(purpose === undefined ? {} : { 'lanyard-purpose': purpose }),
    },
    body: JSON.stringify({ ...document, variables: { id } }),
    signal: AbortSignal.any([left.signal, AbortSignal.timeout(LIMIT_MS)]),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let last: Data | null = null;
  const until = async (fits: (data: Data | null) => boolean): Promise<Data | null> => {
    for (;;) {
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const { event, data = '' } = NEXT.exec(text.slice(0, end))?.groups ?? {};
        text = text.slice(end + 2);
        if (event === 'complete') return last;
        if (event !== 'next') continue;
        const told = JSON.parse(data) as { data?: Readonly<Record<string, Data | null>> | null };
        last = Object.values(told.data ?? {})[0] ?? null;
        if (fits(last)) return last;
      }
      const part = await reader?.read();
      if (part === undefined || part.done) return last;
      text += part.value;
    }
  };
  return {
    status: response.status,
    until,
    leave: () => {
      left.abort();
    },
  };
}

/** A credential's state, now and whenever it changes. */
export const WATCH_CREDENTIAL = {
  query: `subscription WatchCredential($id: ID!) { credentialStatusChanged(id: $id) { id state reason } }`,
};

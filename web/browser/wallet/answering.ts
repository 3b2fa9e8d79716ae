/** A request between the pages on which it is read, decided on and answered, in this browser alone. */
import type { OpenedRequestObject } from '../../../standards/openid4vp/open-request-object.ts';
import type { WalletStore } from './wallet-store.ts';

/** A request that has been read. */
export interface Answering {
  readonly staffId: string;
  readonly request: OpenedRequestObject;
  /** Its name in its verifier's addresses. */
  readonly presentationId: string;
  /** Of whoever asks, as their certificate says; `undefined` when nobody vouches for them. */
  readonly odsCode: string | undefined;
}

const NAME = 'answering';

/** Notes it, in place of any other. */
export const noteAnswering = (store: WalletStore, answering: Answering): Promise<void> =>
  store.note(NAME, answering);

/** The request that this person is answering, if it is the one with that name. */
export async function findAnswering(
  store: WalletStore,
  staffId: string,
  presentationId: string,
): Promise<Answering | undefined> {
  const noted = (await store.noted(NAME)) as Answering | undefined;
  return noted?.staffId === staffId && noted.presentationId === presentationId ? noted : undefined;
}

/** Takes it, so that it is answered once. */
export const takeAnswering = async (store: WalletStore): Promise<Answering | undefined> =>
  (await store.take(NAME)) as Answering | undefined;

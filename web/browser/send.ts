/** Sends what its person has just agreed to with their passkey, and nothing else. */
import { isEnough } from '../../standards/openid4vp/choose-credentials.ts';
import { choicesFor, openCredentials } from './wallet/open-credentials.ts';
import { sendAnswer } from './wallet/send-answer.ts';
import { findAnswering, takeAnswering } from './wallet/answering.ts';
import { openWalletStore } from './wallet/indexed-db.ts';
import { given, outside, part, showOnly } from './wallet/parts-of-page.ts';

const page = part('send');

page.hidden = false;
void send().catch(() => {
  showOnly(page, 'failed');
});

async function send(): Promise<void> {
  const store = await openWalletStore();
  const staffId = given(page, 'staff');
  const answering = await findAnswering(store, staffId, given(page, 'request'));
  await takeAnswering(store);
  if (answering?.odsCode === undefined) throw new Error('nothing is being answered');
  const agreed = new Set(given(page, 'chosen').split(' '));
  const credentials = await openCredentials(await store.list(staffId));
  const chosen = choicesFor(answering.request, credentials).filter(
    ({ queryId, held }) =>
      held !== undefined && agreed.has(queryId.toUpperCase().replaceAll('-', '_')),
  );
  const names = chosen.map(({ queryId }) => queryId);
  if (!isEnough(answering.request.query, names)) throw new Error('not enough');
  const next = await sendAnswer(answering.request, chosen, outside);
  location.replace(next ?? `/passport/history/${answering.presentationId}`);
}

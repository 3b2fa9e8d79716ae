/** Says no to somebody whom nobody vouches for. */
import { sendRefusal } from './wallet/post-answer.ts';
import { takeAnswering } from './wallet/answering.ts';
import { openWalletStore } from './wallet/indexed-db.ts';
import { outside } from './wallet/parts-of-page.ts';

const form = document.querySelector<HTMLFormElement>('form[data-wallet="refuse"]');
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void openWalletStore()
    .then(takeAnswering)
    .then((answering) => answering && sendRefusal(answering.request, outside))
    .catch(() => undefined)
    .finally(() => {
      form.submit();
    });
});

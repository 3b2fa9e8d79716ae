/** Adding what the trust has ready: the person is sent to say yes, and comes back to `added.ts`. */
import { beginCollecting } from './wallet/collect.ts';
import { openWalletStore } from './wallet/indexed-db.ts';
import { given, onSend, outside, part } from './wallet/parts-of-page.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-wallet="add"]')) {
  onSend(form, async () => {
    try {
      const asked = {
        issuer: given(form, 'issuer'),
        configurationIds: given(form, 'wanted').split(' '),
        staffId: given(form, 'staff'),
        redirectUri: given(form, 'back'),
      };
      const store = await openWalletStore();
      location.assign(await beginCollecting(asked, { ...outside, store }));
    } catch {
      part('problem').hidden = false;
    }
  });
}

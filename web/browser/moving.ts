/** Moving to this device: collects every offer, then has the old device's credentials stopped. */
import { collectOffer, readOffer } from './wallet/collect.ts';
import { askToKeep, openWalletStore } from './wallet/indexed-db.ts';
import { given, outside, part } from './wallet/parts-of-page.ts';

const form = part('moving') as HTMLFormElement;
const staffId = given(form, 'staff');

part('working').hidden = false;
void move().catch(() => {
  part('working').textContent = given(form, 'failed');
});

async function move(): Promise<void> {
  const store = await openWalletStore();
  await askToKeep();
  const parts = { ...outside, store };
  const done: string[] = [];
  for (const one of form.querySelectorAll<HTMLElement>('[data-offer]')) {
    const offer = await readOffer(given(one, 'uri'), outside);
    const { added } = await collectOffer(
      { offer, transactionCode: given(one, 'code'), staffId },
      parts,
    );
    if (added.length > 0) done.push(given(one, 'offer'));
  }
  const field = form.querySelector<HTMLInputElement>('[name="offers"]');
  if (field !== null) field.value = done.join(' ');
  form.submit();
}

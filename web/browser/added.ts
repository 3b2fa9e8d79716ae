/** Back from saying yes: collects, and tells how far it has got. */
import { finishCollecting } from './wallet/collect.ts';
import { openWalletStore } from './wallet/indexed-db.ts';
import { given, outside, part, showOnly } from './wallet/parts-of-page.ts';

const page = part('added');
const answer = new URLSearchParams(location.search);
// The code is of no use a second time, and need not stand in the history.
history.replaceState(null, '', location.pathname);

page.hidden = false;
void collect();

async function collect(): Promise<void> {
  try {
    const store = await openWalletStore();
    const onProgress = (done: number, all: number): void => {
      const words = given(page, 'progress').replace('COUNT', String(done));
      part('progress').textContent = words.replace('ALL', String(all));
    };
    const parts = { ...outside, store, onProgress };
    const collected = await finishCollecting(answer, given(page, 'staff'), parts);
    if (collected === undefined) {
      showOnly(page, 'nothing');
      return;
    }
    const { added, later, refused } = collected;
    showOnly(
      page,
      ...(added.length > 0 ? ['done'] : []),
      ...(later.length > 0 ? ['later'] : []),
      ...(refused.length > 0 ? ['some'] : []),
    );
  } catch {
    showOnly(page, 'nothing');
  }
}

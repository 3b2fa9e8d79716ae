/** Reads a request, which goes out once, and leads on: to what is asked, or to a warning when nobody vouches for whoever asks. */
import { z } from 'zod';

import { parseRequestReference } from '../../standards/openid4vp/authorization-request-link.ts';
import { choicesFor, openCredentials } from './wallet/open-credentials.ts';
import { openRequest } from './wallet/open-request.ts';
import { type Answering, findAnswering, noteAnswering } from './wallet/answering.ts';
import { openWalletStore } from './wallet/indexed-db.ts';
import { given, outside, part, showOnly } from './wallet/parts-of-page.ts';

const page = part('answer');
const info = z.object({ purpose: z.string(), retention_days: z.number() });

// Without script nobody checks anything, and the page does not say so.
page.hidden = false;
void read().catch(() => {
  showOnly(page, 'gone');
});

async function read(): Promise<void> {
  const store = await openWalletStore();
  const staffId = given(page, 'staff');
  const held = await store.list(staffId);
  if (held.length === 0) {
    showOnly(page, 'nothing');
    return;
  }
  const reference = parseRequestReference(new URLSearchParams(location.search));
  const anchors = z.array(z.string()).parse(JSON.parse(given(page, 'anchors')));
  const presentationId = new URL(reference.requestUri).pathname.split('/').at(-1) ?? '';
  // It goes out once: whoever comes back to it has it already.
  const earlier = await findAnswering(store, staffId, presentationId);
  const request = earlier?.request ?? (await openRequest(reference, anchors, outside));
  const verifiers = `${given(page, 'passport')}/verifiers/`;
  const odsCode = request.vouchedFor
    ?.find((address) => address.startsWith(verifiers))
    ?.slice(verifiers.length);
  const answering: Answering = { staffId, request, presentationId, odsCode };
  await noteAnswering(store, answering);
  if (odsCode === undefined) {
    location.replace('/passport/share/unverified');
    return;
  }
  const { purpose, retention_days: days } = info.parse(request.verifierInfo.get('lanyard_purpose'));
  const choices = choicesFor(request, await openCredentials(held));
  const typesOf = (needed: boolean): string =>
    choices
      .filter((one) => one.needed === needed)
      .map(({ queryId }) => typeOf(queryId))
      .join(' ');
  const query = new URLSearchParams({
    request: presentationId,
    ods: odsCode,
    purpose,
    days: String(days),
    needed: typesOf(true),
    optional: typesOf(false),
  });
  location.replace(`/passport/share/check?${query.toString()}`);
}

/** Requests name what they ask for by its kind: `right-to-work` is `RIGHT_TO_WORK`. */
const typeOf = (queryId: string): string => queryId.toUpperCase().replaceAll('-', '_');

/** One person's passport as its trust sees it, and pausing all of it at once. */
import { z } from 'zod';

import {
  administrationWaitingStops,
  pausePassport,
} from '../../operations/operations.generated.ts';
import { PASSPORT, PAUSE_REASONS, untilWords } from '../../words/administration/passports.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { action, definePage, goTo, notFound, view } from '../page.ts';
import {
  credentialPath,
  credentialsOf,
  findPerson,
  nameOf,
  passportPath,
} from './held-passport.ts';
import { stopPath } from './stop-record.ts';

const ENTRY = '/admin';

/** The page. */
export const passportPage = definePage({
  path: '/admin/passports/:staff',
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const { ask, form, person } = visit;
    const [held, { data }] = await Promise.all([
      findPerson(visit),
      ask(administrationWaitingStops, {}),
    ]);
    if (held === undefined) return notFound;
    const waiting = data.passportStops?.edges.find(({ node }) => node.staff.id === held.id);
    const credentials = credentialsOf(held);
    const ours = credentials.filter(({ issuer }) => issuer.odsCode === person.odsCode);
    const post = held.assignments?.find(({ primary }) => primary) ?? held.assignments?.[0];
    return view('administration/passport.njk', {
      title: nameOf(held),
      back: { href: ENTRY, text: PASSPORT.back },
      isWide: true,
      admin: PASSPORT,
      facts: [
        [PASSPORT.job, post?.positionTitle],
        [PASSPORT.mail, held.mailboxes?.map(({ mail }) => mail).join(', ')],
        [PASSPORT.status, codeWords('PassportStatus', held.passport?.status)],
      ].filter(([, value]) => value != null && value !== ''),
      head: [PASSPORT.what, PASSPORT.status, PASSPORT.from, PASSPORT.issued, PASSPORT.until],
      rows: credentials.map((one) => [
        { text: codeWords('CredentialType', one.type), href: credentialPath(held.id, one.id) },
        { tag: stateTag('CredentialState', one.state) },
        { text: one.issuer.name ?? one.issuer.odsCode },
        { text: dayWords(one.issuedAt) },
        { text: untilWords(one.expiresAt) },
      ]),
      offerHead: [PASSPORT.offered, PASSPORT.offerState, PASSPORT.from, PASSPORT.until],
      offerRows: (held.passport?.offers ?? []).map(({ types, state, issuer, expiresAt }) => [
        { text: types.map((type) => codeWords('CredentialType', type)).join(', ') },
        { text: codeWords('CredentialOfferState', state) },
        { text: issuer.name ?? issuer.odsCode },
        { text: dayWords(expiresAt) },
      ]),
      waitingHref: waiting === undefined ? undefined : stopPath(waiting.node.id),
      canPause: ours.some(({ state }) => state === 'ACTIVE'),
      stopHref: ours.some(({ state }) => state === 'ACTIVE' || state === 'SUSPENDED')
        ? `${passportPath(held.id)}/stop`
        : undefined,
      reasons: PAUSE_REASONS.map((value) => ({
        value,
        text: codeWords('StatusReason', value),
        checked: form.values['reason'] === value,
      })),
    });
  },
  actions: {
    pause: action(
      z.object({ reason: z.enum(PAUSE_REASONS, { error: PASSPORT.whyMissing }) }),
      async (visit, { reason }) => {
        const { staff = '' } = visit.params;
        const input = { idempotencyKey: visit.key, staffId: staff, reason };
        const { data } = await visit.ask(pausePassport, { input });
        const { paused, errors } = data.passportPause;
        return goTo(
          passportPath(staff),
          errors.length === 0
            ? { kind: 'success', text: PASSPORT.pausedAll(paused ?? 0) }
            : { kind: 'information', text: PASSPORT.nothingToPause },
        );
      },
    ),
  },
});

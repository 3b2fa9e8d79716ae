/** One credential with its timeline, and turning it back on. */
import { z } from 'zod';

import {
  reinstateCredential,
  type StoppableCredentialFragment,
} from '../../operations/operations.generated.ts';
import { CREDENTIAL, PROGRESS, untilWords } from '../../words/administration/passports.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view } from '../page.ts';
import { credentialPath, findCredential, livePath, nameOf, passportPath } from './held-passport.ts';

/** What happened to it, the latest first. */
function timelineOf(credential: StoppableCredentialFragment, now: Date) {
  const issuer = credential.issuer.name ?? credential.issuer.odsCode;
  return [
    ...credential.statusHistory.map(({ state, reason, at, organisation }) => [
      { tag: stateTag('CredentialState', state) },
      { text: momentWords(at, now) },
      { text: organisation.name ?? organisation.odsCode },
      { text: reason === null ? '' : codeWords('StatusReason', reason) },
    ]),
    [
      { text: CREDENTIAL.made },
      { text: momentWords(credential.issuedAt, now) },
      { text: issuer },
      { text: '' },
    ],
  ];
}

/** The page. Follows changes that somebody else makes. */
export const credentialPage = definePage({
  path: '/admin/passports/:staff/:credential',
  roles: ['ADMINISTRATOR'],
  entry: '/admin',
  show: async (visit) => {
    const found = await findCredential(visit);
    if (found === undefined) return notFound;
    const { held, credential } = found;
    const now = new Date();
    const here = credentialPath(held.id, credential.id);
    const { state, issuer } = credential;
    const isOurs = issuer.odsCode === visit.person.odsCode;
    const isHalted = state === 'SUSPENDED' || state === 'REVOKED';
    return view('administration/credential.njk', {
      title: codeWords('CredentialType', credential.type),
      back: { href: passportPath(held.id), text: CREDENTIAL.back },
      scripts: ['progress'],
      admin: CREDENTIAL,
      live: livePath(credential.id),
      ended: PROGRESS.ended,
      whose: nameOf(held),
      state: stateTag('CredentialState', state),
      facts: [
        [
          CREDENTIAL.reason,
          isHalted && credential.reason !== null
            ? codeWords('StatusReason', credential.reason)
            : undefined,
        ],
        [CREDENTIAL.issuedBy, issuer.name ?? issuer.odsCode],
        [CREDENTIAL.issued, dayWords(credential.issuedAt)],
        [CREDENTIAL.until, untilWords(credential.expiresAt)],
        [
          CREDENTIAL.inWallet,
          credential.holderEvent === null
            ? CREDENTIAL.noNews
            : `${codeWords('HolderEvent', credential.holderEvent)}, ${momentWords(credential.holderEventAt, now)}`,
        ],
        [CREDENTIAL.where, CREDENTIAL.whereText],
        [CREDENTIAL.reference, credential.id],
      ].filter(([, value]) => value !== undefined),
      head: [CREDENTIAL.what, CREDENTIAL.when, CREDENTIAL.by, CREDENTIAL.why],
      rows: timelineOf(credential, now),
      isOurs,
      stopHref: isOurs && state !== 'REVOKED' && state !== 'EXPIRED' ? `${here}/stop` : undefined,
      isPaused: isOurs && state === 'SUSPENDED',
      isStopped: state === 'REVOKED',
      progressHref: credential.statusHistory.length > 0 ? `${here}/progress` : undefined,
    });
  },
  actions: {
    reinstate: action(z.object({}), async (visit) => {
      const { staff = '', credential = '' } = visit.params;
      const { data } = await visit.ask(reinstateCredential, {
        input: { idempotencyKey: visit.key, credentialId: credential, reason: 'REINSTATED' },
      });
      const [error] = data.credentialReinstate.errors;
      return error === undefined
        ? goTo(credentialPath(staff, credential), {
            kind: 'success',
            text: CREDENTIAL.reinstated,
          })
        : invalid({ field: 'reinstate', text: codeWords('ErrorCode', error.code) });
    }),
  },
});

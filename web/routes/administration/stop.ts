/** Pausing or stopping one credential: what and why, what comes of it, and the passkey before it is stopped for good. */
import { z } from 'zod';

import { pauseCredential, stopCredential } from '../../operations/operations.generated.ts';
import { readPublishedStatus } from '../../status-list/published-status.ts';
import { CONFIRM, STOP, STOP_REASONS } from '../../words/administration/passports.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view } from '../page.ts';
import { credentialPath, findCredential, nameOf } from './held-passport.ts';

const reason = z.enum(STOP_REASONS, { error: STOP.whyMissing });

/** Where it is said what is to be done, and why. */
export const stopPage = definePage({
  path: '/admin/passports/:staff/:credential/stop',
  roles: ['ADMINISTRATOR'],
  entry: '/admin',
  show: async (visit) => {
    const found = await findCredential(visit);
    if (found === undefined) return notFound;
    const { held, credential, others } = found;
    if (credential.issuer.odsCode !== visit.person.odsCode) return notFound;
    const { values } = visit.form;
    return view('administration/stop.njk', {
      title: STOP.title,
      back: { href: credentialPath(held.id, credential.id), text: STOP.back },
      admin: STOP,
      caption: `${nameOf(held)}, ${codeWords('CredentialType', credential.type)}`,
      facts: [
        [
          STOP.issuedBy,
          `${credential.issuer.name ?? ''} (${credential.issuer.odsCode})`.trimStart(),
        ],
        [STOP.issued, dayWords(credential.issuedAt)],
        [STOP.state, codeWords('CredentialState', credential.state)],
        [STOP.others, String(others)],
      ],
      whats: [
        { value: 'pause', text: STOP.pause, hint: { text: STOP.pauseHint } },
        { value: 'stop', text: STOP.stop, hint: { text: STOP.stopHint } },
      ].map((one) => ({ ...one, checked: values['what'] === one.value })),
      reasons: STOP_REASONS.map((value) => ({
        value,
        text: codeWords('StatusReason', value),
        checked: values['reason'] === value,
      })),
      version: values['version'] ?? credential.version,
    });
  },
  actions: {
    send: action(
      z.object({
        what: z.enum(['pause', 'stop'], { error: STOP.whatMissing }),
        reason,
        version: z.coerce.number().int(),
      }),
      async (visit, { what, reason: why, version }) => {
        const { staff = '', credential = '' } = visit.params;
        const here = credentialPath(staff, credential);
        if (what === 'stop') {
          const query = new URLSearchParams({ reason: why, version: String(version) });
          return goTo(`${here}/confirm?${query.toString()}`);
        }
        const { data } = await visit.ask(pauseCredential, {
          input: {
            idempotencyKey: visit.key,
            credentialId: credential,
            reason: why,
            expectedVersion: version,
          },
        });
        const [error] = data.credentialSuspend.errors;
        return error === undefined
          ? goTo(`${here}/progress`)
          : invalid({ field: 'what', text: codeWords('ErrorCode', error.code) });
      },
    ),
  },
});

const decided = z.object({ reason, version: z.coerce.number().int().min(0) });

/** What comes of it, in numbers, before it is done. */
export const confirmPage = definePage({
  path: '/admin/passports/:staff/:credential/confirm',
  roles: ['ADMINISTRATOR'],
  entry: '/admin',
  query: decided.partial(),
  show: async (visit) => {
    const found = await findCredential(visit);
    const given = decided.safeParse(visit.query);
    if (found === undefined || !given.success) return notFound;
    const { held, credential, others } = found;
    if (credential.issuer.odsCode !== visit.person.odsCode) return notFound;
    const here = credentialPath(held.id, credential.id);
    const published = await readPublishedStatus(credential, visit.service.passportUrl);
    return view('administration/confirm.njk', {
      title: CONFIRM.title,
      back: { href: `${here}/stop`, text: CONFIRM.back },
      admin: CONFIRM,
      consequences: [
        CONFIRM.seen(
          codeWords('CredentialType', credential.type),
          nameOf(held),
          published?.ttlSeconds,
        ),
        CONFIRM.others(others),
        CONFIRM.noUndo,
        `${CONFIRM.because} ${codeWords('StatusReason', given.data.reason).toLowerCase()}.`,
      ],
      state: stateTag('CredentialState', credential.state),
      reason: given.data.reason,
      version: given.data.version,
      keep: here,
    });
  },
  actions: {
    stop: action(decided, async (visit, { reason: why, version }) => {
      const { staff = '', credential = '' } = visit.params;
      const { data } = await visit.ask(stopCredential, {
        input: {
          idempotencyKey: visit.key,
          credentialId: credential,
          reason: why,
          expectedVersion: version,
        },
      });
      const [error] = data.credentialRevoke.errors;
      return goTo(
        error === undefined
          ? `${credentialPath(staff, credential)}/progress`
          : credentialPath(staff, credential),
        error === undefined
          ? undefined
          : { kind: 'information', text: codeWords('ErrorCode', error.code) },
      );
    }),
  },
});

/** Pausing or stopping a whole passport or one credential: what and why, what comes of it, and asking a second person. */
import { z } from 'zod';

import { holdsNhsNumber } from '../../../standards/nhs-number.ts';
import { holdsNiNumber } from '../../../standards/ni-number.ts';
import {
  administrationStopOutlook,
  askForStop,
  pauseCredential,
  pausePassport,
} from '../../operations/operations.generated.ts';
import { readPublishedStatuses } from '../../status-list/published-status.ts';
import { PASSPORT } from '../../words/administration/passports.ts';
import {
  CONFIRM,
  LONGEST_NOTE,
  STOP,
  STOP_REASONS,
  URGENT_REASONS,
} from '../../words/administration/stops.ts';
import { codeWords } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import {
  action,
  definePage,
  goTo,
  invalid,
  notFound,
  type Shown,
  view,
  type Visit,
} from '../page.ts';
import {
  credentialPath,
  credentialsOf,
  findCredential,
  findPerson,
  type HeldPerson,
  nameOf,
  passportPath,
} from './held-passport.ts';
import { stopPath } from './stop-record.ts';

const reasons = (chosen: unknown) =>
  STOP_REASONS.map((value) => ({
    value,
    text: codeWords('StatusReason', value),
    checked: chosen === value,
  }));

const whats = (chosen: unknown) =>
  [
    { value: 'pause', text: STOP.pause, hint: { text: STOP.pauseHint } },
    { value: 'stop', text: STOP.stop, hint: { text: STOP.stopHint } },
  ].map((one) => ({ ...one, checked: chosen === one.value }));

const note = z
  .string()
  .trim()
  // Browsers send a line's end as two characters.
  .transform((text) => text.replaceAll('\r\n', '\n'))
  .refine((text) => text.length <= LONGEST_NOTE, STOP.noteLong)
  .refine((text) => !holdsNhsNumber(text) && !holdsNiNumber(text), STOP.noteNumber);

const wanted = (whyMissing: string) =>
  z.object({
    what: z.enum(['pause', 'stop'], { error: STOP.whatMissing }),
    reason: z.enum(STOP_REASONS, { error: whyMissing }),
    note,
  });

/** What is kept between the two pages: what was noted is about a person, and goes into no address. */
const decided = z.object({
  credentialId: z.string().optional(),
  reason: z.enum(STOP_REASONS),
  note: z.string(),
});

/** What of somebody's passport is this trust's to stop. */
const oursOf = (held: HeldPerson, odsCode: string | undefined) =>
  credentialsOf(held).filter(
    ({ state, issuer }) =>
      issuer.odsCode === odsCode && (state === 'ACTIVE' || state === 'SUSPENDED'),
  );

/** Where it is said what is to be done with all of a passport, and why. */
export const stopPassportPage = definePage({
  path: '/admin/passports/:staff/stop',
  roles: ['ADMINISTRATOR'],
  entry: '/admin',
  show: async (visit) => {
    const held = await findPerson(visit);
    if (held === undefined) return notFound;
    const ours = oursOf(held, visit.person.odsCode);
    const [first] = ours;
    if (first === undefined) return notFound;
    const { values } = visit.form;
    return view('administration/stop.njk', {
      title: STOP.titlePassport,
      back: { href: passportPath(held.id), text: STOP.backToPassport },
      admin: STOP,
      caption: nameOf(held),
      facts: [
        [STOP.issuedBy, first.issuer.name ?? first.issuer.odsCode],
        [STOP.inside, String(ours.length)],
      ],
      whats: whats(values['what']),
      reasons: reasons(values['reason']),
      longestNote: LONGEST_NOTE,
    });
  },
  actions: {
    send: action(wanted(STOP.whyMissingPassport), async (visit, given): Promise<Shown> => {
      const { staff = '' } = visit.params;
      if (given.what === 'stop') {
        const { reason, note: noted } = given;
        return goTo(`${passportPath(staff)}/confirm/${await visit.keep({ reason, note: noted })}`);
      }
      const input = { idempotencyKey: visit.key, staffId: staff, reason: given.reason };
      const { data } = await visit.ask(pausePassport, { input });
      const { paused, errors } = data.passportPause;
      return goTo(
        passportPath(staff),
        errors.length === 0
          ? { kind: 'success', text: PASSPORT.pausedAll(paused ?? 0) }
          : { kind: 'information', text: PASSPORT.nothingToPause },
      );
    }),
  },
});

/** Where it is said what is to be done with one credential, and why. */
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
      title: STOP.titleCredential,
      back: { href: credentialPath(held.id, credential.id), text: STOP.backToCredential },
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
      whats: whats(values['what']),
      reasons: reasons(values['reason']),
      longestNote: LONGEST_NOTE,
      version: values['version'] ?? credential.version,
    });
  },
  actions: {
    send: action(
      wanted(STOP.whyMissingCredential).extend({ version: z.coerce.number().int() }),
      async (visit, { what, reason, note: noted, version }) => {
        const { staff = '', credential = '' } = visit.params;
        if (what === 'stop') {
          const kept = await visit.keep({ credentialId: credential, reason, note: noted });
          return goTo(`${passportPath(staff)}/confirm/${kept}`);
        }
        const { data } = await visit.ask(pauseCredential, {
          input: {
            idempotencyKey: visit.key,
            credentialId: credential,
            reason,
            expectedVersion: version,
          },
        });
        const [error] = data.credentialSuspend.errors;
        return error === undefined
          ? goTo(`${credentialPath(staff, credential)}/progress`)
          : invalid({ field: 'what', text: codeWords('ErrorCode', error.code) });
      },
    ),
  },
});

const keptFor = async ({ kept, params }: Pick<Visit, 'kept' | 'params'>) =>
  decided.safeParse(await kept(params['kept'] ?? '')).data;

/** Where to begin again when what was entered is no longer kept. */
const again = ({ params }: Pick<Visit, 'params'>): Shown =>
  goTo(passportPath(params['staff'] ?? ''), { kind: 'information', text: CONFIRM.gone });

async function asks(visit: Visit, urgent: boolean): Promise<Shown> {
  const given = await keptFor(visit);
  if (given === undefined) return again(visit);
  const { credentialId, reason, note: noted } = given;
  const { staff = '' } = visit.params;
  const { data } = await visit.ask(askForStop, {
    input: {
      idempotencyKey: visit.key,
      staffId: staff,
      reason,
      urgent,
      ...(credentialId === undefined ? {} : { credentialId }),
      ...(noted === '' ? {} : { note: noted }),
    },
  });
  const { stop, errors } = data.passportStopRequest;
  const [error] = errors;
  if (stop !== null) return goTo(stopPath(stop.id));
  return goTo(passportPath(staff), {
    kind: 'information',
    text: CONFIRM.problems[error?.rule ?? ''] ?? codeWords('ErrorCode', error?.code),
  });
}

/** What comes of it, in numbers, before anybody is asked. */
export const confirmPage = definePage({
  path: '/admin/passports/:staff/confirm/:kept',
  roles: ['ADMINISTRATOR'],
  entry: '/admin',
  show: async (visit) => {
    const [held, given] = await Promise.all([findPerson(visit), keptFor(visit)]);
    if (held === undefined) return notFound;
    if (given === undefined) return again(visit);
    const { credentialId, reason } = given;
    const all = credentialsOf(held);
    const target = oursOf(held, visit.person.odsCode).filter(
      ({ id }) => credentialId === undefined || id === credentialId,
    );
    const { data } = await visit.ask(administrationStopOutlook, {
      staffId: held.id,
      ...(credentialId === undefined ? {} : { credentialId }),
    });
    const outlook = data.passportStopOutlook;
    if (outlook === null) return notFound;
    const { shownTo, days, keptBy, placedAt, openRequests } = outlook;
    const published = await readPublishedStatuses(target.slice(0, 1), visit.service.passportUrl);
    const others = all.filter(
      ({ id, state }) => state === 'ACTIVE' && !target.some((one) => one.id === id),
    ).length;
    const here =
      credentialId === undefined ? passportPath(held.id) : credentialPath(held.id, credentialId);
    return view('administration/confirm.njk', {
      title: credentialId === undefined ? CONFIRM.titlePassport : CONFIRM.titleCredential,
      back: { href: `${here}/stop`, text: CONFIRM.back },
      admin: CONFIRM,
      consequences: [
        `${CONFIRM.stops(nameOf(held), outlook.credentials)} ${CONFIRM.seen(published[0]?.ttlSeconds)}`,
        CONFIRM.shownTo(shownTo, days),
        ...(keptBy === 0 ? [] : [CONFIRM.keptBy(keptBy)]),
        ...(placedAt === 0 ? [] : [CONFIRM.placedAt(placedAt)]),
        ...(openRequests === 0 ? [] : [CONFIRM.openRequests(openRequests)]),
        CONFIRM.others(others),
        CONFIRM.noUndo,
        `${CONFIRM.because} ${codeWords('StatusReason', reason).toLowerCase()}.`,
      ],
      mayHurry: URGENT_REASONS.includes(reason),
      keep: here,
    });
  },
  actions: {
    ask: action(z.object({}), (visit) => asks(visit, false)),
    now: action(z.object({}), (visit) => asks(visit, true)),
  },
});

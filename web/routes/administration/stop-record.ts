/** One stop: who asked for what and why, a second person's answer, and how far it has got. */
import { z } from 'zod';

import { stepsOfStop, withReceivers } from '../../domain/administration/propagation.ts';
import {
  administrationStop,
  type AdministrationStopQuery,
  administrationStops,
  approveStop,
  refuseStop,
  reviewStop,
} from '../../operations/operations.generated.ts';
import { readPublishedStatuses } from '../../status-list/published-status.ts';
import { PROGRESS } from '../../words/administration/passports.ts';
import { STOP_RECORD, STOPS } from '../../words/administration/stops.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { momentWords, untilWords } from '../../words/dates.ts';
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
import { nameOf, passportPath } from './held-passport.ts';
import { stepWords } from './progress.ts';
import { findReach, unreachedWords } from './reach.ts';

const ENTRY = '/admin/approvals';
const LIST = '/admin/stops';

/** Where a stop is. */
export const stopPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

/** What a stop is about, in words. */
export const stopWhat = (credential: { readonly type: string } | null): string =>
  credential === null ? STOP_RECORD.whole : codeWords('CredentialType', credential.type);

/** The heading of a stop where it stands. */
export const stopTitle = (state: string, isWhole: boolean, stopped: number | null): string => {
  if (state !== 'STOPPED')
    return STOP_RECORD.titles[state] ?? codeWords('PassportStopState', state);
  if (stopped === 0) return STOP_RECORD.nothingLeft;
  return isWhole ? STOP_RECORD.stoppedPassport : STOP_RECORD.stoppedCredential;
};

type Stop = NonNullable<AdministrationStopQuery['passportStop']>;

const findStop = async ({ ask, params }: Pick<Visit, 'ask' | 'params'>) =>
  (await ask(administrationStop, { id: params['stop'] ?? '' })).data.passportStop ?? undefined;

function factsOf(stop: Stop, ownId: string, now: Date): readonly (readonly [string, string])[] {
  const who = (one: Stop['requestedBy'] | null): string | undefined =>
    one === null ? undefined : one.id === ownId ? STOP_RECORD.you : nameOf(one);
  const when = (by: string | undefined, at: string | null): string | undefined =>
    by === undefined || at === null ? undefined : `${by}, ${momentWords(at, now)}`;
  const decided = stop.urgent ? undefined : when(who(stop.decidedBy), stop.decidedAt);
  return (
    [
      [STOP_RECORD.whose, nameOf(stop.staff)],
      [STOP_RECORD.what, stopWhat(stop.credential)],
      [STOP_RECORD.credentials, String(stop.stopped ?? stop.credentials.length)],
      [STOP_RECORD.why, codeWords('StatusReason', stop.reason)],
      [STOP_RECORD.note, stop.note ?? undefined],
      [
        stop.urgent ? STOP_RECORD.stoppedAlone : STOP_RECORD.askedBy,
        when(who(stop.requestedBy), stop.requestedAt),
      ],
      [STOP_RECORD.until, stop.state === 'WAITING' ? untilWords(stop.expiresAt, now) : undefined],
      [stop.state === 'STOPPED' ? STOP_RECORD.approvedBy : STOP_RECORD.refusedBy, decided],
      [
        STOP_RECORD.reviewDue,
        stop.urgent && stop.reviewedAt === null ? untilWords(stop.reviewDueAt, now) : undefined,
      ],
      [
        STOP_RECORD.reviewed,
        stop.review === null
          ? undefined
          : `${when(who(stop.reviewedBy), stop.reviewedAt) ?? ''}. ${codeWords('PassportStopReview', stop.review)}`,
      ],
      [STOP_RECORD.reference, stop.id],
    ] as const
  ).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

const refusedBy = (
  field: string,
  [error]: readonly { readonly code: string; readonly rule: string | null }[],
): Shown | undefined =>
  error &&
  invalid({
    field,
    text: STOP_RECORD.problems[error.rule ?? ''] ?? codeWords('ErrorCode', error.code),
  });

/** The page. Follows what becomes of it. */
export const stopRecordPage = definePage({
  path: `${LIST}/:stop`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const stop = await findStop(visit);
    if (stop === undefined) return notFound;
    const { staffId } = visit.person;
    const now = new Date();
    const isOwn = stop.requestedBy.id === staffId;
    const isOwnPassport = stop.staff.id === staffId;
    const isWaiting = stop.state === 'WAITING';
    const isToReview = stop.urgent && stop.reviewedAt === null;
    const isStopped = stop.state === 'STOPPED';
    // One that is over without having stopped anything gets nowhere.
    const goesOn = isWaiting || (isStopped && stop.credentials.length > 0);
    const [seen, reach] = isStopped
      ? await Promise.all([
          readPublishedStatuses(stop.credentials, visit.service.passportUrl),
          findReach(visit.ask, { stopId: stop.id }),
        ])
      : [[], null];
    const steps = withReceivers(
      stepsOfStop(
        stop,
        stop.credentials.map((recorded, index) => ({ recorded, published: seen[index] })),
        now,
      ),
      reach,
    );
    return view('administration/stop-record.njk', {
      title: stopTitle(stop.state, stop.credential === null, stop.stopped),
      back: { href: ENTRY, text: STOP_RECORD.back },
      scripts: ['progress'],
      admin: { ...PROGRESS, ...STOP_RECORD },
      caption: `${nameOf(stop.staff)}, ${stopWhat(stop.credential)}`,
      facts: factsOf(stop, staffId, now),
      isDone: isStopped,
      steps: goesOn ? steps.map(stepWords) : [],
      unreached: unreachedWords(reach),
      live: goesOn ? `/admin/live/stops/${encodeURIComponent(stop.id)}` : undefined,
      here: stopPath(stop.id),
      passportHref: passportPath(stop.staff.id),
      hint: !isWaiting
        ? isToReview && isOwn
          ? STOP_RECORD.reviewYours
          : undefined
        : isOwn
          ? STOP_RECORD.isYours
          : isOwnPassport
            ? STOP_RECORD.isOwnPassport
            : undefined,
      mayApprove: isWaiting && !isOwn && !isOwnPassport,
      mayTakeBack: isWaiting && isOwn,
      reviews:
        isToReview && !isOwn && !isOwnPassport
          ? (['RIGHT', 'WRONG'] as const).map((value) => ({
              value,
              text: value === 'RIGHT' ? STOP_RECORD.right : STOP_RECORD.wrong,
              checked: visit.form.values['outcome'] === value,
            }))
          : undefined,
    });
  },
  actions: {
    approve: action(z.object({}), async ({ ask, key, params }) => {
      const stopId = params['stop'] ?? '';
      const { data } = await ask(approveStop, { input: { idempotencyKey: key, stopId } });
      return (
        refusedBy('title', data.passportStopApprove.errors) ??
        goTo(stopPath(stopId), { kind: 'success', text: STOP_RECORD.approved })
      );
    }),
    refuse: action(z.object({}), async ({ ask, key, params }) => {
      const stopId = params['stop'] ?? '';
      const { data } = await ask(refuseStop, { input: { idempotencyKey: key, stopId } });
      const { stop, errors } = data.passportStopRefuse;
      return (
        refusedBy('title', errors) ??
        goTo(stopPath(stopId), {
          kind: 'success',
          text: stop?.state === 'WITHDRAWN' ? STOP_RECORD.takenBack : STOP_RECORD.refused,
        })
      );
    }),
    review: action(
      z.object({ outcome: z.enum(['RIGHT', 'WRONG'], { error: STOP_RECORD.reviewMissing }) }),
      async ({ ask, key, params }, { outcome }) => {
        const stopId = params['stop'] ?? '';
        const { data } = await ask(reviewStop, { input: { idempotencyKey: key, stopId, outcome } });
        return (
          refusedBy('outcome', data.passportStopReview.errors) ??
          goTo(stopPath(stopId), { kind: 'success', text: STOP_RECORD.reviewSaved })
        );
      },
    ),
  },
});

/** Stops that are settled, the latest first. */
export const stopsPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(300) }).partial(),
  show: async ({ ask, query }) => {
    const { data } = await ask(
      administrationStops,
      query.after === undefined ? {} : { after: query.after },
    );
    const { edges = [], pageInfo } = data.passportStops ?? {};
    const now = new Date();
    return view('administration/stops.njk', {
      title: STOPS.settled,
      back: { href: ENTRY, text: STOP_RECORD.back },
      isWide: true,
      admin: STOPS,
      head: [
        STOP_RECORD.whose,
        STOP_RECORD.what,
        STOPS.state,
        STOP_RECORD.askedBy,
        STOP_RECORD.asked,
      ],
      rows: edges.map(({ node }) => [
        { text: nameOf(node.staff), href: stopPath(node.id) },
        { text: stopWhat(node.credential) },
        { tag: stateTag('PassportStopState', node.state) },
        { text: nameOf(node.requestedBy) },
        { text: momentWords(node.requestedAt, now) },
      ]),
      next:
        pageInfo?.hasNextPage === true
          ? `${LIST}?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`
          : undefined,
    });
  },
});

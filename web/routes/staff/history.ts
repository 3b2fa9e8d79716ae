/** What the person was asked for and shared, and what they can do about it. */
import { z } from 'zod';

import type { Answer } from '../../domain/operation.ts';
import {
  askForDeletion,
  refuseToShare,
  reportRequester,
  type SharedFragment,
  staffSharing,
  type StaffSharingQuery,
} from '../../operations/operations.generated.ts';
import { claimLabels } from '../../words/claims.ts';
import { codeWords } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { spokenName } from '../../words/names.ts';
import {
  HISTORY,
  KEPT_REASONS,
  REPORT_REASONS,
  SHARED,
  SHARING_STATE,
} from '../../words/staff/history.ts';
import { becauseOf, CHECK } from '../../words/staff/share.ts';
import { action, definePage, goTo, notFound, type Shown, view, type Visit } from '../page.ts';

const ENTRY = '/passport/history';
/** Most pages of the list that are gone through for one request. */
const MOST_PAGES = 5;

const STATE_TAGS: Readonly<Record<string, string>> = {
  ASKED: 'nhsuk-tag--blue',
  SHARED: 'nhsuk-tag--green',
  FAILED: 'nhsuk-tag--red',
};

const stateOf = (state: string) => ({
  text: SHARING_STATE[state] ?? state,
  classes: STATE_TAGS[state] ?? 'nhsuk-tag--grey',
});

const itemsOf = ({ shared }: SharedFragment): readonly string[] =>
  shared.map(({ type }) => codeWords('CredentialType', type));

/** The list. */
export const historyPage = definePage({
  path: ENTRY,
  roles: ['STAFF'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(200) }).partial(),
  show: async ({ ask, query }) => {
    const { data } = await ask(
      staffSharing,
      query.after === undefined ? {} : { after: query.after },
    );
    const now = new Date();
    const { edges = [], pageInfo } = data.me?.sharing ?? {};
    return view('staff/history.njk', {
      title: HISTORY.title,
      staff: HISTORY,
      requests: edges.map(({ node }) => ({
        id: node.id,
        trust: node.requester.name ?? node.requester.odsCode,
        when: momentWords(node.answeredAt ?? node.requestedAt, now),
        items: itemsOf(node).join(', ') || HISTORY.nothing,
        state: stateOf(node.state),
      })),
      isKnown: data.me?.sharing != null,
      after: pageInfo?.hasNextPage === true ? pageInfo.endCursor : undefined,
    });
  },
});

/** One of the person's own requests. */
async function findShared({ ask, params }: Visit): Promise<SharedFragment | undefined> {
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Answer<StaffSharingQuery> = await ask(staffSharing, { after });
    const { edges = [], pageInfo } = answer.data.me?.sharing ?? {};
    const found = edges.find(({ node }) => node.id === params['id']);
    if (found !== undefined || pageInfo?.hasNextPage !== true) return found?.node;
    after = pageInfo.endCursor;
  }
  return undefined;
}

const here = ({ params }: Visit): string => `${ENTRY}/${params['id'] ?? ''}`;

/** What came of an action: its words, or that it was too late. */
const told = (visit: Visit, errors: readonly unknown[], text: string): Shown =>
  goTo(
    here(visit),
    errors.length === 0 ? { kind: 'success', text } : { kind: 'information', text: SHARED.tooLate },
  );

/** One request. */
export const sharedPage = definePage({
  path: `${ENTRY}/:id`,
  roles: ['STAFF'],
  entry: ENTRY,
  show: async (visit) => {
    const found = await findShared(visit);
    if (found === undefined) return notFound;
    const now = new Date();
    const { deletion, report } = found;
    return view('staff/shared.njk', {
      title: found.requester.name ?? found.requester.odsCode,
      back: { href: ENTRY, text: HISTORY.title },
      staff: SHARED,
      state: stateOf(found.state),
      because: becauseOf(found.purpose),
      requestedBy: spokenName(found.requestedBy),
      requested: momentWords(found.requestedAt, now),
      answered: found.answeredAt === null ? undefined : momentWords(found.answeredAt, now),
      keptUntil: found.keptUntil === null ? undefined : dayWords(found.keptUntil),
      items: found.shared.map(({ type, claims }) => ({
        name: codeWords('CredentialType', type),
        claims: claims
          .filter((name) => Object.hasOwn(claimLabels(type ?? ''), name))
          .map((name) => claimLabels(type ?? '')[name])
          .join(', '),
      })),
      canAnswer: found.state === 'ASKED',
      link: `${visit.service.passportUrl}/present/${found.id}`,
      canAskDeletion: found.state === 'SHARED' && deletion === null,
      deletion:
        deletion === null
          ? undefined
          : deletion.state === 'DELETED'
            ? SHARED.deleted
            : deletion.state === 'KEPT'
              ? `${SHARED.keptBecause} ${KEPT_REASONS[deletion.reason ?? ''] ?? ''}.`
              : `${SHARED.deletionAsked} ${dayWords(deletion.answerBy)}.`,
      reported: report === null ? undefined : SHARED.reported,
      reasons: Object.entries(REPORT_REASONS).map(([value, text]) => ({ value, text })),
      refuse: CHECK.refuse,
    });
  },
  actions: {
    delete: action(z.object({}), async (visit) => {
      const input = { idempotencyKey: visit.key, presentationId: visit.params['id'] ?? '' };
      const { data } = await visit.ask(askForDeletion, { input });
      return told(visit, data.deletionRequest.errors, SHARED.askedNotice);
    }),
    report: action(
      z.object({
        reason: z.enum(['NOT_EXPECTED', 'TOO_MUCH', 'NOT_WHO_THEY_SAY', 'PRESSED'], {
          error: SHARED.reportMissing,
        }),
      }),
      async (visit, { reason }) => {
        const input = {
          idempotencyKey: visit.key,
          presentationId: visit.params['id'] ?? '',
          reason,
        };
        const { data } = await visit.ask(reportRequester, { input });
        return told(visit, data.requesterReport.errors, SHARED.reportedNotice);
      },
    ),
    refuse: action(z.object({}), async (visit) => {
      const input = { idempotencyKey: visit.key, presentationId: visit.params['id'] ?? '' };
      const { data } = await visit.ask(refuseToShare, { input });
      return told(visit, data.presentationRefuse.errors, SHARED.refusedNotice);
    }),
  },
});

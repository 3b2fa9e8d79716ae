/** Everything that waits for a second person, the oldest first. */
import { z } from 'zod';

import {
  administrationApprovals,
  type AdministrationApprovalsQuery,
  approveHold,
} from '../../operations/operations.generated.ts';
import { APPROVALS } from '../../words/administration/organisation.ts';
import { LONG_MS, STOP_RECORD, STOPS } from '../../words/administration/stops.ts';
import { codeWords } from '../../words/codes.ts';
import { momentWords, untilWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, view } from '../page.ts';
import { agreementPath } from './agreements.ts';
import { nameOf } from './held-passport.ts';
import { roleGrants, waitingRecoveries } from './identity-answers.ts';
import { matchPath } from './matches.ts';
import { changePath } from './registry-changes.ts';
import { rolePath } from './roles.ts';
import { stopPath, stopWhat } from './stop-record.ts';

const ENTRY = '/admin/approvals';

interface Waiting {
  readonly text: string;
  readonly href?: string;
  readonly by: string;
  readonly since: string;
}

type StopEdge = NonNullable<AdministrationApprovalsQuery['waiting']>['edges'][number];

/** When it was asked for, and that it waits long. */
const sinceWords = (since: string, now: Date): string =>
  `${untilWords(since, now)}${now.getTime() - new Date(since).getTime() > LONG_MS ? ` (${STOPS.long})` : ''}`;

/** The page. */
export const approvalsPage = definePage({
  path: ENTRY,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const { ask, person } = visit;
    const now = new Date();
    const [{ data }, grants, recoveries] = await Promise.all([
      ask(administrationApprovals, { odsCode: person.odsCode ?? '' }),
      roleGrants(visit),
      waitingRecoveries(visit, now),
    ]);
    const who = (id: string): string =>
      id === person.staffId ? APPROVALS.you : id.startsWith('stf_') ? APPROVALS.colleague : id;
    const stopRow = ({ node }: StopEdge) => ({
      text: STOPS.text(nameOf(node.staff), stopWhat(node.credential)),
      href: stopPath(node.id),
      by: node.requestedBy.id === person.staffId ? APPROVALS.you : nameOf(node.requestedBy),
      since: node.requestedAt,
    });
    const waiting: readonly Waiting[] = [
      ...(data.waiting?.edges ?? []).map(stopRow),
      ...data.matchingCases.edges.map(({ node }) => ({
        text: APPROVALS.match(codeWords('MatchingQueue', node.queue)),
        href: matchPath(node.id),
        by: who(node.decision?.by.id ?? ''),
        since: node.decision?.at ?? node.openedAt,
      })),
      ...data.sharingAgreements.edges
        .map(({ node }) => node)
        .filter(
          ({ state, proposedTo }) => state === 'PROPOSED' && proposedTo.odsCode === person.odsCode,
        )
        .map(({ id, reference, proposedBy, proposedAt }) => ({
          text: APPROVALS.agreement(reference, proposedBy.name ?? proposedBy.odsCode),
          href: agreementPath(id),
          by: proposedBy.name ?? proposedBy.odsCode,
          since: proposedAt,
        })),
      ...data.registryChanges.edges.map(({ node }) => ({
        text: APPROVALS.register(node.organisation.name ?? node.organisation.odsCode),
        href: changePath(node.id),
        by: node.isMine
          ? APPROVALS.you
          : node.mayApprove
            ? APPROVALS.somebody
            : APPROVALS.registerKeeper,
        since: node.proposedAt,
      })),
      ...grants
        .filter(({ state }) => state === 'REQUESTED')
        .map(({ id, role, mail, requestedBy, requestedAt }) => ({
          text: APPROVALS.role(codeWords('Role', role), mail),
          href: rolePath(id),
          by: who(requestedBy),
          since: requestedAt,
        })),
      ...recoveries.map(({ requestedBy, requestedAt }) => ({
        text: APPROVALS.recovery,
        by: who(requestedBy),
        since: requestedAt,
      })),
    ].toSorted((a, b) => a.since.localeCompare(b.since));
    return view('administration/approvals.njk', {
      title: APPROVALS.title,
      isWide: true,
      admin: APPROVALS,
      head: [APPROVALS.what, APPROVALS.who, APPROVALS.since],
      rows: waiting.map(({ text, href, by, since }) => [
        { text, href },
        { text: by },
        { text: sinceWords(since, now) },
      ]),
      stops: STOPS,
      reviewHead: [APPROVALS.what, STOPS.by, STOPS.stopped, STOPS.reviewBy],
      reviewRows: (data.toReview?.edges ?? []).map((edge) => {
        const { text, href, since } = stopRow(edge);
        const { requestedBy, reviewDueAt } = edge.node;
        const isLate = reviewDueAt !== null && new Date(reviewDueAt) < now;
        return [
          { text, href },
          { text: requestedBy.id === person.staffId ? STOP_RECORD.you : nameOf(requestedBy) },
          { text: momentWords(since, now) },
          { text: `${untilWords(reviewDueAt, now)}${isLate ? ` (${STOPS.late})` : ''}` },
        ];
      }),
      settledHref: '/admin/stops',
      holds: data.staffEventHolds
        .filter(({ releasedAt }) => releasedAt === null)
        .map(({ id, people, heldAt, approvedAt }) => ({
          id,
          text: APPROVALS.hold(people),
          held: momentWords(heldAt, now),
          once: approvedAt !== null,
        })),
    });
  },
  actions: {
    hold: action(z.object({ hold: z.string().max(100) }), async ({ ask }, { hold }) => {
      const { data } = await ask(approveHold, { input: { holdId: hold } });
      const { errors, hold: found } = data.staffEventHoldApprove;
      const [error] = errors;
      return error === undefined
        ? goTo(ENTRY, {
            kind: 'success',
            text: found?.releasedAt == null ? APPROVALS.holdApproved : APPROVALS.holdReleased,
          })
        : invalid({ field: 'hold', text: codeWords('ErrorCode', error.code) });
    }),
  },
});

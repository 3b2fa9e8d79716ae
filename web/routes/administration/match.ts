/** One case: both sides with the evidence, what somebody decides, a second person's approval, and taking it back. */
import { z } from 'zod';

import { sideBySide } from '../../domain/administration/side-by-side.ts';
import {
  administrationMatch,
  type AdministrationMatchQuery,
  administrationMatches,
  approveMatch,
  decideMatch,
  undoMatch,
} from '../../operations/operations.generated.ts';
import { fieldWords, MATCH, outcomeWords } from '../../words/administration/matches.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { momentWords } from '../../words/dates.ts';
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
import { nameOf } from './held-passport.ts';
import { matchPath } from './matches.ts';

const ENTRY = '/admin/matches';

type Case = NonNullable<AdministrationMatchQuery['matchingCase']>;
type Candidate = Case['candidates'][number];

const titleOf = ({ staffMember, account, accountId }: Candidate): string =>
  `${nameOf(staffMember)}, ${account?.mail ?? accountId}`;

const candidateView = (candidate: Candidate, index: number) => ({
  title: MATCH.candidate(index + 1, titleOf(candidate)),
  rows: sideBySide(candidate.staffMember, candidate.account ?? undefined, candidate.evidence).map(
    ({ field, record, directory, outcome }) => [
      { text: fieldWords(field) },
      { text: record ?? MATCH.notHeld },
      { text: directory ?? MATCH.notHeld },
      { text: outcome === undefined ? MATCH.notCompared : outcomeWords(outcome) },
    ],
  ),
  score: candidate.bits === null ? undefined : MATCH.scoreText(candidate.bits),
  linked: candidate.linked === null ? undefined : codeWords('LinkAssurance', candidate.linked),
});

/** What can be said of a case: which candidate it is, when there are several. */
const answersTo = (candidates: readonly Candidate[], chosen: unknown) =>
  [
    ...candidates.map((candidate, index) => ({
      value: `same:${String(index)}`,
      text: candidates.length === 1 ? MATCH.same : MATCH.sameAs(titleOf(candidate)),
    })),
    { value: 'different', text: MATCH.different },
    { value: 'unsure', text: MATCH.notSure },
  ].map((one) => ({ ...one, checked: one.value === chosen }));

const findCase = async ({ ask, params }: Pick<Visit, 'ask' | 'params'>) =>
  (await ask(administrationMatch, { id: params['id'] ?? '' }, 'DIRECTORY_MATCHING')).data
    .matchingCase ?? undefined;

const why = z.string().trim().min(1, MATCH.reasonMissing).max(200, MATCH.reasonLong);
const version = z.coerce.number().int().min(0);

const refusedBy = (
  field: string,
  [error]: readonly { readonly code: string }[],
): Shown | undefined =>
  error && invalid({ field, text: codeWords('MatchingCaseErrorCode', error.code) });

/** Where to go after one is saved: the next that waits for a decision. */
async function nextOf({ ask, person }: Visit, id: string): Promise<string | undefined> {
  const { data } = await ask(administrationMatches, { odsCode: person.odsCode ?? '' });
  return data.matchingCases.edges.find(
    ({ node }) => node.id !== id && node.state !== 'AWAITING_SECOND_PERSON',
  )?.node.id;
}

/** The page. */
export const matchPage = definePage({
  path: `${ENTRY}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const found = await findCase(visit);
    if (found === undefined) return notFound;
    const { form, person } = visit;
    const now = new Date();
    const isOpen = ['OPEN', 'ASSIGNED', 'HANDED_OVER'].includes(found.state);
    const isWaiting = found.state === 'AWAITING_SECOND_PERSON';
    return view('administration/match.njk', {
      title: MATCH.title,
      back: { href: ENTRY, text: MATCH.back },
      isWide: true,
      admin: MATCH,
      state: stateTag('MatchingCaseState', found.state),
      because: codeWords('MatchingQueue', found.queue),
      version: found.version,
      head: [MATCH.field, MATCH.record, MATCH.directory, MATCH.outcome],
      candidates: found.candidates.map(candidateView),
      answers: isOpen ? answersTo(found.candidates, form.values['decision']) : undefined,
      decision:
        found.decision === null
          ? undefined
          : `${codeWords('MatchingDecision', found.decision.decision)}. ${found.decision.reason}`,
      approvals:
        isWaiting && found.decision?.by.id !== person.staffId
          ? [
              { value: 'yes', text: MATCH.approve, hint: { text: MATCH.approveHint } },
              { value: 'no', text: MATCH.refuse },
            ].map((one) => ({ ...one, checked: form.values['approve'] === one.value }))
          : undefined,
      canUndo: found.state === 'RESOLVED',
      historyHead: [MATCH.when, MATCH.action, MATCH.who, MATCH.why],
      historyRows: found.history.map((act) => [
        { text: momentWords(act.at, now) },
        { text: codeWords('MatchingCaseAction', act.action) },
        { text: nameOf(act.by) },
        { text: act.reason ?? '' },
      ]),
    });
  },
  actions: {
    decide: action(
      z.object({
        decision: z
          .string({ error: MATCH.decideMissing })
          .regex(/^(same:\d{1,2}|different|unsure)$/, MATCH.decideMissing),
        reason: why,
        version,
      }),
      async (visit, { decision, reason, version: expectedVersion }) => {
        const found = await findCase(visit);
        if (found === undefined) return notFound;
        const chosen = decision.startsWith('same:')
          ? found.candidates[Number(decision.slice(5))]
          : undefined;
        if (decision.startsWith('same:') && chosen === undefined) {
          return invalid({ field: 'decision', text: MATCH.decideMissing });
        }
        const { data } = await visit.ask(
          decideMatch,
          {
            input: {
              idempotencyKey: visit.key,
              caseId: found.id,
              expectedVersion,
              decision:
                chosen !== undefined
                  ? 'SAME_PERSON'
                  : decision === 'different'
                    ? 'DIFFERENT_PEOPLE'
                    : 'NOT_SURE',
              reason,
              ...(chosen === undefined
                ? {}
                : { pairs: [{ staffId: chosen.staffMember.id, accountId: chosen.accountId }] }),
            },
          },
          'DIRECTORY_MATCHING',
        );
        const { errors, matchingCase } = data.matchingCaseDecide;
        const refused = refusedBy('decision', errors);
        if (refused !== undefined) return refused;
        const waits = matchingCase?.state === 'AWAITING_SECOND_PERSON';
        const next = await nextOf(visit, found.id);
        return goTo(next === undefined ? ENTRY : matchPath(next), {
          kind: 'success',
          text: waits ? MATCH.savedWaits : next === undefined ? MATCH.nothingMore : MATCH.saved,
        });
      },
    ),
    approve: action(
      z.object({
        approve: z.enum(['yes', 'no'], { error: MATCH.approveMissing }),
        reason: why,
        version,
      }),
      async (visit, { approve, reason, version: expectedVersion }) => {
        const { id = '' } = visit.params;
        const { data } = await visit.ask(
          approveMatch,
          {
            input: {
              idempotencyKey: visit.key,
              caseId: id,
              expectedVersion,
              approve: approve === 'yes',
              reason,
            },
          },
          'DIRECTORY_MATCHING',
        );
        return (
          refusedBy('approve', data.matchingCaseApprove.errors) ??
          goTo('/admin/approvals', {
            kind: 'success',
            text: approve === 'yes' ? MATCH.approved : MATCH.refused,
          })
        );
      },
    ),
    undo: action(
      z.object({ undoReason: why, version }),
      async (visit, { undoReason: reason, version: expectedVersion }) => {
        const { id = '' } = visit.params;
        const { data } = await visit.ask(
          undoMatch,
          { input: { idempotencyKey: visit.key, caseId: id, expectedVersion, reason } },
          'DIRECTORY_MATCHING',
        );
        return (
          refusedBy('undoReason', data.matchingCaseUndo.errors) ??
          goTo(matchPath(id), { kind: 'success', text: MATCH.undone })
        );
      },
    ),
  },
});

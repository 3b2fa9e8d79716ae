/** One request: what to show the new starter, then the verdict, how it was found, and the six checks. */
import { renderSVG } from 'uqr';
import { z } from 'zod';

import {
  hrChecks,
  type HrChecksQuery,
  hrClose,
  hrRequest,
  type HrRequestQuery,
  hrRequestState,
  nameOfOrganisation,
} from '../../operations/operations.generated.ts';
import { howChecked } from '../../domain/hr/how-checked.ts';
import { codeInParts } from '../../domain/short-code.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, momentWords, untilWords } from '../../words/dates.ts';
import { REQUEST } from '../../words/hr.ts';
import { action, definePage, goTo, notFound, type Shown, view, type Visit } from '../page.ts';

type Request = NonNullable<HrRequestQuery['presentation']>;
type Result = NonNullable<Request['result']>;
type Check = NonNullable<HrChecksQuery['employmentChecks']>['checks'][number];

const back = { href: '/hr', text: 'New starters' };
/** A passport that was checked in the last minute was checked "just now"; in milliseconds. */
const JUST_NOW_MS = 60_000;

const nameClaims = z.object({ given_name: z.string(), family_name: z.string() });

/** The name that was shared; `undefined` when none was. */
export const sharedName = (result: Pick<Result, 'credentials'> | null | undefined) => {
  const identity = result?.credentials.find(({ type }) => type === 'IDENTITY');
  const { data } = nameClaims.safeParse(identity?.claims);
  return data === undefined ? undefined : `${data.given_name} ${data.family_name}`;
};

/** The page. */
export const requestPage = definePage({
  path: '/hr/requests/:id',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  query: z.object({ state: z.literal('only').optional() }),
  show: async (visit) => {
    const id = visit.params['id'] ?? '';
    if (visit.query.state === 'only') return stateAlone(visit, id);
    const { data } = await visit.ask(hrRequest, { id }, 'PRE_EMPLOYMENT');
    const request = data.presentation;
    if (request == null) return notFound;
    switch (request.state) {
      case 'ANSWERED':
        return answered(visit, request);
      case 'REFUSED':
      case 'EXPIRED':
        return view('hr/request-ended.njk', {
          title: request.reference ?? REQUEST.somebody,
          back,
          hr: REQUEST,
          what: REQUEST.ended[request.state],
          againHref: `/hr/ask?again=${request.id}`,
          isClosed: request.closedAt !== null,
        });
      default:
        return waiting(visit, request);
    }
  },
  actions: { close: closing(true), reopen: closing(false) },
});

/** Says that the desk has done with it, or has not after all. */
function closing(done: boolean) {
  return action(z.object({}), async ({ ask, key, params }) => {
    const presentationId = params['id'] ?? '';
    const { data } = await ask(hrClose, { input: { idempotencyKey: key, presentationId, done } });
    if (data.presentationClose.errors.length > 0) return notFound;
    return done
      ? goTo('/hr', { kind: 'success', text: REQUEST.closed })
      : goTo(`/hr/requests/${presentationId}`, { kind: 'success', text: REQUEST.reopened });
  });
}

/** For the script of the waiting page: the state in a word. */
async function stateAlone({ ask }: Visit, id: string): Promise<Shown> {
  const { data } = await ask(hrRequestState, { id }, 'PRE_EMPLOYMENT');
  if (data.presentation == null) return notFound;
  return {
    kind: 'file',
    name: 'state.txt',
    type: 'text/plain; charset=utf-8',
    content: data.presentation.state,
  };
}

async function waiting({ ask, codes, person }: Visit, request: Request): Promise<Shown> {
  const odsCode = person.odsCode ?? '';
  const [code, { data }] = await Promise.all([
    codes.make({ kind: 'request', link: request.link }),
    ask(nameOfOrganisation, { odsCode }),
  ]);
  const trust = data.organisation?.name ?? odsCode;
  const until = untilWords(request.expiresAt, new Date());
  const message = REQUEST.messageOf(trust, request.link, until);
  return view('hr/request-waiting.njk', {
    title: REQUEST.title,
    back,
    hr: REQUEST,
    scripts: ['wait', 'copy'],
    caption: request.reference,
    state: codeWords('PresentationState', request.state),
    stateCode: request.state,
    qr: renderSVG(request.link, { border: 2 }),
    link: request.link,
    code: codeInParts(code),
    works: REQUEST.works(until),
    againHref: `/hr/requests/${request.id}`,
    // A link that works for days is sent; one for minutes is for somebody at the desk.
    isSent: isSentLink(request),
    message,
    mailto: `mailto:?subject=${encodeURIComponent(REQUEST.subject(trust))}&body=${encodeURIComponent(message)}`,
  });
}

async function answered({ ask }: Visit, request: Request): Promise<Shown> {
  const { result } = request;
  if (result == null) return notFound;
  const { data } = await ask(hrChecks, { presentationId: request.id }, 'PRE_EMPLOYMENT');
  const checks = data.employmentChecks?.checks ?? [];
  const facts = result.credentials.reduce(
    (count, { disclosed, claims }) => count + (claims == null ? 0 : disclosed.length),
    0,
  );
  return view('hr/request-answered.njk', {
    title: sharedName(result) ?? request.reference ?? REQUEST.somebody,
    back,
    hr: REQUEST,
    caption: [
      ...(request.startsOn == null ? [] : [REQUEST.starting(dayWords(request.startsOn))]),
      ...(request.reference == null ? [] : [request.reference]),
    ].join(', '),
    isClosed: request.closedAt !== null,
    isValid: result.outcome === 'VALID',
    verdict: verdictOf(result, new Date()),
    age: ageOf(result, new Date()),
    how: result.credentials.map((credential) => ({
      title: REQUEST.howTitle(codeWords('CredentialType', credential.type), trustOf(credential)),
      tag: stateTag('VerificationOutcome', credential.outcome),
      steps: howChecked(credential.checks).map(({ step, outcome, codes }) => ({
        outcome: REQUEST.outcomes[outcome],
        text: REQUEST.steps[step],
        codes: codes.join(', '),
      })),
      age:
        credential.statusAsOf === null
          ? undefined
          : REQUEST.readAt(momentWords(credential.statusAsOf, new Date())),
    })),
    done: REQUEST.done(checks.filter(({ settled }) => settled).length, checks.length),
    checks: checks.map((check) => ({
      href: `/hr/requests/${request.id}/checks/${check.check}`,
      title: { text: codeWords('EmploymentCheck', check.check) },
      hint: { text: evidenceWords(check) },
      // Tags only for what somebody has to do something about.
      status: check.settled
        ? { text: resultWords(check) }
        : { tag: stateTag('EmploymentCheckOutcome', outcomeToShow(check)) },
    })),
    prefill: facts === 0 ? undefined : REQUEST.prefill(facts),
    prefillHref: `/hr/requests/${request.id}/answers`,
  });
}

/** Longer than anybody stands at a desk, in milliseconds. */
const AT_DESK_MS = 3_600_000;

const isSentLink = ({ createdAt, expiresAt }: Request): boolean =>
  Date.parse(expiresAt) - Date.parse(createdAt) > AT_DESK_MS;

const trustOf = ({ issuer }: Result['credentials'][number]): string =>
  issuer?.name ?? issuer?.odsCode ?? REQUEST.theTrust;

/** The credential that the verdict is about. */
const decisive = ({ credentials, outcome }: Result) =>
  credentials.find((credential) => credential.outcome === outcome);

/** The verdict in words. */
function verdictOf(result: Result, now: Date): string {
  const { outcome, checkedAt } = result;
  const isJustNow = now.getTime() - new Date(checkedAt).getTime() < JUST_NOW_MS;
  if (outcome === 'VALID' && !isJustNow) return REQUEST.checkedAt(momentWords(checkedAt, now));
  const words = Object.hasOwn(REQUEST.verdicts, outcome)
    ? REQUEST.verdicts[outcome]
    : REQUEST.verdicts.INVALID;
  if (typeof words === 'string') return words;
  const about = decisive(result);
  return words(about === undefined ? REQUEST.theTrust : trustOf(about));
}

/** How old the status is that could not be relied on. */
function ageOf(result: Result, now: Date): string | undefined {
  const asOf = decisive(result)?.statusAsOf;
  return result.outcome === 'CANNOT_CHECK' && asOf != null
    ? REQUEST.readAt(momentWords(asOf, now))
    : undefined;
}

type Standing = Pick<Check, 'outcome' | 'settled'>;

/** A check that passed and is not settled waits for somebody here: to see the originals, say. */
const outcomeToShow = ({ outcome, settled }: Standing): string =>
  outcome === 'PASS' && !settled ? 'NEEDS_LOCAL_CHECK' : outcome;

/** One that is settled without holding was passed over. */
const isPassedOver = ({ outcome, settled }: Standing): boolean =>
  settled && outcome !== 'PASS' && outcome !== 'NOT_APPLICABLE';

/** How a check stands, the same in the list and on its own page. */
export const resultWords = (check: Standing): string =>
  isPassedOver(check)
    ? REQUEST.passedOver
    : codeWords('EmploymentCheckOutcome', outcomeToShow(check));

/** Who checked, when and to what standard; or why it is not settled. */
function evidenceWords(check: Check): string {
  const { settled, reasons, assurance, outcome, endsOn } = check;
  if (isPassedOver(check)) return codeWords('EmploymentCheckReason', 'BYPASSED');
  const ends = endsOn == null ? '' : `. Until ${dayWords(endsOn)}`;
  const [reason] = reasons;
  if (!settled || assurance == null) {
    return reason === undefined
      ? codeWords('EmploymentCheckOutcome', outcome)
      : codeWords('EmploymentCheckReason', reason) + ends;
  }
  const by = assurance.name ?? assurance.organisation?.name ?? assurance.organisation?.odsCode;
  const on = assurance.at == null ? '' : ` on ${dayWords(assurance.at)}`;
  return `${by === undefined ? 'Checked' : `Checked by ${by}`}${on}${ends}`;
}

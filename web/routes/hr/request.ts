/** One request: what to show the new starter, then the verdict, how it was found, and the six checks. */
import { renderSVG } from 'uqr';
import { z } from 'zod';

import {
  hrChecks,
  type HrChecksQuery,
  hrRequest,
  type HrRequestQuery,
  hrRequestState,
} from '../../operations/operations.generated.ts';
import { codeInParts } from '../../domain/short-code.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, momentWords, timeWords } from '../../words/dates.ts';
import { REQUEST } from '../../words/hr.ts';
import { definePage, notFound, type Shown, view, type Visit } from '../page.ts';

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
        });
      default:
        return waiting(visit, request);
    }
  },
});

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

async function waiting({ codes }: Visit, request: Request): Promise<Shown> {
  const code = await codes.make({ kind: 'request', link: request.link });
  return view('hr/request-waiting.njk', {
    title: REQUEST.title,
    back,
    hr: REQUEST,
    scripts: ['wait'],
    caption: request.reference,
    state: codeWords('PresentationState', request.state),
    stateCode: request.state,
    qr: renderSVG(request.link, { border: 2 }),
    link: request.link,
    code: codeInParts(code),
    works: REQUEST.works(timeWords(request.expiresAt)),
  });
}

async function answered({ ask }: Visit, request: Request): Promise<Shown> {
  const { result } = request;
  if (result == null) return notFound;
  const { data } = await ask(hrChecks, { presentationId: request.id }, 'PRE_EMPLOYMENT');
  const checks = data.employmentChecks?.checks ?? [];
  const isJustNow = Date.now() - new Date(result.checkedAt).getTime() < JUST_NOW_MS;
  const verdict = REQUEST.verdicts[result.outcome] as string | undefined;
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
    isValid: result.outcome === 'VALID',
    verdict:
      isJustNow || result.outcome !== 'VALID'
        ? (verdict ?? REQUEST.verdicts.INVALID)
        : `${REQUEST.checkedAt(momentWords(result.checkedAt, new Date()))} It was valid.`,
    parts: result.credentials,
    steps: result.checks,
    done: REQUEST.done(checks.filter(({ settled }) => settled).length, checks.length),
    checks: checks.map((check) => ({
      href: `/hr/requests/${request.id}/checks/${check.check}`,
      title: { text: codeWords('EmploymentCheck', check.check) },
      hint: { text: evidenceWords(check) },
      // Tags only for what somebody has to do something about.
      status: check.settled
        ? { text: codeWords('EmploymentCheckOutcome', 'PASS') }
        : { tag: stateTag('EmploymentCheckOutcome', outcomeToShow(check)) },
    })),
    prefill: facts === 0 ? undefined : REQUEST.prefill(facts),
    prefillHref: `/hr/requests/${request.id}/answers`,
  });
}

/** A check that passed and is not settled waits for somebody here: to see the originals, say. */
const outcomeToShow = ({ outcome }: Check): string =>
  outcome === 'PASS' ? 'NEEDS_LOCAL_CHECK' : outcome;

/** Who checked, when and to what standard; or why it is not settled. */
function evidenceWords({ settled, reasons, assurance, outcome, endsOn }: Check): string {
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

/** One employment check: what it rests on, and what the desk does about it. */
import { z } from 'zod';

import {
  hrCheckBypass,
  hrCheckRecord,
  hrChecks,
  hrCheckWithdraw,
} from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { ONE_CHECK, REQUEST } from '../../words/hr.ts';
import { spokenName } from '../../words/names.ts';
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
import { resultWords } from './request.ts';

const CHOICES = ['originals', 'passed', 'failed', 'bypass'] as const;

const find = async ({ ask, params }: Pick<Visit, 'ask' | 'params'>) => {
  const { data } = await ask(hrChecks, { presentationId: params['id'] ?? '' }, 'PRE_EMPLOYMENT');
  const all = data.employmentChecks;
  const check = all?.checks.find((each) => each.check === params['check']);
  const staffId = all?.holder?.id;
  return check === undefined || staffId === undefined ? undefined : { check, staffId };
};

type Found = NonNullable<Awaited<ReturnType<typeof find>>>['check'];

const organisation = (given: { odsCode: string; name: string | null } | null | undefined): string =>
  given?.name ?? given?.odsCode ?? 'Not known';

/** Rows of the summary list: only what is there. */
function rowsOf(check: Found, now: Date) {
  const { assurance, register } = check;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [ONE_CHECK.outcome, resultWords(check)],
    [
      ONE_CHECK.why,
      check.reasons.map((reason) => codeWords('EmploymentCheckReason', reason)).join('. ') ||
        undefined,
    ],
    [
      ONE_CHECK.checkedBy,
      assurance == null ? undefined : (assurance.name ?? organisation(assurance.organisation)),
    ],
    [ONE_CHECK.standard, assurance?.standard],
    [ONE_CHECK.checkedOn, assurance?.at == null ? undefined : dayWords(assurance.at)],
    [
      ONE_CHECK.evidence,
      check.evidence
        .map(
          ({ type, issuer, outcome }) =>
            `${codeWords('CredentialType', type)} from ${organisation(issuer)}: ${codeWords('VerificationOutcome', outcome)}`,
        )
        .join('. ') || undefined,
    ],
    [
      ONE_CHECK.register,
      register == null
        ? undefined
        : `${register.body} ${register.number}: ${codeWords('RegistrationStatus', register.status)}, read ${momentWords(register.readAt, now)}`,
    ],
    [ONE_CHECK.ends, check.endsOn == null ? undefined : dayWords(check.endsOn)],
  ];
  return rows.flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: { text: key }, value: { text: value } }],
  );
}

/** The page. */
export const oneCheckPage = definePage({
  path: '/hr/requests/:id/checks/:check',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  show: async (visit) => {
    const found = await find(visit);
    if (found === undefined) return notFound;
    const { check } = found;
    const { values } = visit.form;
    return view('hr/one-check.njk', {
      title: codeWords('EmploymentCheck', check.check),
      back: { href: `/hr/requests/${visit.params['id'] ?? ''}`, text: ONE_CHECK.back },
      hr: ONE_CHECK,
      rows: rowsOf(check, new Date()),
      originals:
        check.check === 'IDENTITY' || check.check === 'RIGHT_TO_WORK'
          ? REQUEST.originals
          : undefined,
      decisions: [check.originalsSeen, check.checkedLocally, check.bypass].flatMap((decision) =>
        decision == null
          ? []
          : [
              {
                ...decision,
                text: `${decision.reason} (${spokenName(decision.decidedBy)}, ${dayWords(decision.decidedAt)})`,
              },
            ],
      ),
      choices: CHOICES.map((value) => ({
        value,
        text: ONE_CHECK.choices[value],
        checked: values['what'] === value,
        ...(value === 'bypass' ? { hint: { text: ONE_CHECK.bypassHint } } : {}),
      })),
    });
  },
  actions: {
    decide: action(
      z.object({
        what: z.enum(CHOICES, ONE_CHECK.whatMissing),
        reason: z.string().trim().min(1, ONE_CHECK.reasonMissing).max(500, ONE_CHECK.reasonLong),
      }),
      async (visit, given) => {
        const found = await find(visit);
        if (found === undefined) return notFound;
        const { check, staffId } = found;
        const about = { idempotencyKey: visit.key, staffId, check: check.check };
        const { reason, what } = given;
        const errors =
          what === 'bypass'
            ? (await visit.ask(hrCheckBypass, { input: { ...about, reason } }, 'PRE_EMPLOYMENT'))
                .data.employmentCheckBypass.errors
            : (
                await visit.ask(
                  hrCheckRecord,
                  {
                    input: {
                      ...about,
                      standard: reason,
                      ...(what === 'originals'
                        ? {}
                        : { outcome: what === 'passed' ? 'PASS' : 'FAIL' }),
                    },
                  },
                  'PRE_EMPLOYMENT',
                )
              ).data.employmentCheckRecord.errors;
        return afterwards(visit, errors, ONE_CHECK.saved);
      },
    ),
    withdraw: action(z.object({ decision: z.string().max(100) }), async (visit, { decision }) => {
      const { data } = await visit.ask(
        hrCheckWithdraw,
        { input: { idempotencyKey: visit.key, decisionId: decision } },
        'PRE_EMPLOYMENT',
      );
      return afterwards(visit, data.employmentCheckWithdraw.errors, ONE_CHECK.withdrawn);
    }),
  },
});

/** Back to the checks, or what was wrong. */
function afterwards(
  { params }: Visit,
  [error]: readonly { readonly code: string }[],
  text: string,
): Shown {
  return error === undefined
    ? goTo(`/hr/requests/${params['id'] ?? ''}`, { kind: 'success', text })
    : invalid({ field: 'what', text: codeWords('ErrorCode', error.code) });
}

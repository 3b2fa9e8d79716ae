/** Policies for employment checks: versions, what a version would change, whom it would fail, and putting it in force. */
import { z } from 'zod';

import {
  type PolicyContent,
  policyLines,
  type PolicyLine,
} from '../../domain/administration/policy-lines.ts';
import {
  activatePolicy,
  administrationPolicies,
  administrationPolicyBlueprint,
  administrationPolicyDryRun,
  draftPolicy,
  type DraftPolicyMutationVariables,
  importPolicies,
  type PolicyInForceFragment,
} from '../../operations/operations.generated.ts';
import {
  POLICIES,
  POLICY,
  POLICY_FIELDS,
  POLICY_VALUES,
} from '../../words/administration/policies.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';
import { nameOf } from './held-passport.ts';

const ENTRY = '/admin';
const LIST = '/admin/policies';
const CONFIDENCES = ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'] as const;
const LEVELS = ['BASIC', 'STANDARD', 'ENHANCED', 'ENHANCED_WITH_BARRED_LISTS'] as const;
const WORKFORCES = ['ADULT', 'CHILD', 'ADULT_AND_CHILD'] as const;

const policyPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

const groupWords = (group: string | null): string =>
  group === null ? POLICIES.everybody : codeWords('StaffGroup', group);

/** Every version, with what holds for everybody while the organisation has written nothing for them. */
async function versionsOf({
  ask,
  person,
}: Pick<Visit, 'ask' | 'person'>): Promise<readonly PolicyInForceFragment[]> {
  const usual = `pol_default-${person.odsCode ?? ''}`;
  const { data } = await ask(administrationPolicies, { usual });
  const written = (data.checkPolicies?.edges ?? []).map(({ node }) => node);
  const isReplaced = written.some(
    ({ state, staffGroup }) => state === 'IN_FORCE' && staffGroup === null,
  );
  return data.checkPolicy === null || isReplaced ? written : [...written, data.checkPolicy];
}

/** Every version, and sharing them with other trusts. */
export const policiesPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const versions = await versionsOf(visit);
    return view('administration/policies.njk', {
      title: POLICIES.title,
      back: { href: ENTRY, text: POLICIES.back },
      isWide: true,
      admin: POLICIES,
      head: [POLICIES.group, POLICIES.version, POLICIES.state, POLICIES.from, POLICIES.copiedFrom],
      rows: versions.map((one) => [
        { text: groupWords(one.staffGroup), href: policyPath(one.id) },
        { text: String(one.version) },
        { tag: stateTag('CheckPolicyState', one.state) },
        { text: one.inForceFrom === null ? '' : dayWords(one.inForceFrom) },
        { text: one.copiedFrom === null ? '' : (one.copiedFrom.name ?? one.copiedFrom.odsCode) },
      ]),
    });
  },
  actions: {
    blueprint: action(z.object({}), async ({ ask }) => {
      const { data } = await ask(administrationPolicyBlueprint, {});
      return data.checkPolicyBlueprint === null
        ? goTo(LIST, { kind: 'information', text: POLICIES.noBlueprint })
        : {
            kind: 'file',
            name: POLICIES.blueprintName,
            type: 'application/jwt',
            content: data.checkPolicyBlueprint.jwt,
          };
    }),
    import: action(
      z.object({
        blueprint: z
          .string()
          .trim()
          .min(1, POLICIES.pasteMissing)
          .max(50_000, POLICIES.pasteWrong)
          .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, POLICIES.pasteWrong),
      }),
      async ({ ask, key }, { blueprint }) => {
        const { data } = await ask(importPolicies, { input: { idempotencyKey: key, blueprint } });
        const { policies, errors } = data.checkPolicyImport;
        return errors.length > 0
          ? invalid({ field: 'blueprint', text: POLICIES.pasteWrong })
          : goTo(LIST, { kind: 'success', text: POLICIES.imported(policies.length) });
      },
    ),
  },
});

/** A value of a line in words. */
function valueWords(line: PolicyLine, value: PolicyLine['after'] | undefined): string {
  if (value === undefined) return '';
  if (value === null) return POLICY_VALUES.any;
  if (typeof value === 'boolean') return value ? POLICY_VALUES.yes : POLICY_VALUES.no;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    return line.field === 'minimumConfidence'
      ? codeWords('IdentityConfidence', value)
      : line.field === 'level'
        ? codeWords('DbsLevel', value)
        : codeWords('DbsWorkforce', value);
  }
  const kind = line.field === 'notApplicable' ? 'EmploymentCheck' : 'CredentialType';
  const words = value.map((one) =>
    typeof one === 'string'
      ? codeWords(kind, one)
      : `${codeWords('CstfSubject', one.subject)} (${POLICY_VALUES.months(one.renewalMonths)})`,
  );
  return words.length === 0 ? POLICY_VALUES.nothing : words.join(', ');
}

/** What of the form is a number, and between which two. */
const NUMBERS = {
  onlineMaxAgeSeconds: [60, 86_400],
  offlineMaxAgeSeconds: [60, 604_800],
  readWithinHours: [1, 744],
  hcpcReadWithinHours: [1, 744],
  months: [0, 120],
  gapDays: [0, 366],
  years: [1, 3],
} as const;

const wholeNumber = ([from, to]: readonly [number, number]) =>
  z.coerce
    .number({ error: POLICY.number(from, to) })
    .int(POLICY.number(from, to))
    .min(from, POLICY.number(from, to))
    .max(to, POLICY.number(from, to));

const draftForm = z.object({
  onlineMaxAgeSeconds: wholeNumber(NUMBERS.onlineMaxAgeSeconds),
  offlineMaxAgeSeconds: wholeNumber(NUMBERS.offlineMaxAgeSeconds),
  readWithinHours: wholeNumber(NUMBERS.readWithinHours),
  hcpcReadWithinHours: wholeNumber(NUMBERS.hcpcReadWithinHours),
  months: wholeNumber(NUMBERS.months),
  gapDays: wholeNumber(NUMBERS.gapDays),
  years: wholeNumber(NUMBERS.years),
  minimumConfidence: z.enum(CONFIDENCES),
  level: z.enum(LEVELS),
  workforce: z.union([z.literal(''), z.enum(WORKFORCES)]),
  flags: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((flags) => [flags].flat()),
});

type DraftContent = DraftPolicyMutationVariables['input']['content'];

/** What the form says, with what it does not speak of as the version before has it. */
const contentOf = (
  base: PolicyInForceFragment,
  form: z.output<typeof draftForm>,
): DraftContent => ({
  notApplicable: [...base.content.notApplicable],
  requiredTypes: [...base.content.requiredTypes],
  status: {
    onlineMaxAgeSeconds: form.onlineMaxAgeSeconds,
    offlineMaxAgeSeconds: form.offlineMaxAgeSeconds,
  },
  identity: { minimumConfidence: form.minimumConfidence },
  registration: {
    readRecord: form.flags.includes('readRecord'),
    readWithinHours: form.readWithinHours,
    hcpcReadWithinHours: form.hcpcReadWithinHours,
  },
  history: { months: form.months, gapDays: form.gapDays },
  criminalRecord: {
    level: form.level,
    workforce: form.workforce === '' ? null : form.workforce,
    years: form.years,
    portableInTraining: form.flags.includes('portableInTraining'),
  },
  workHealth: { exposureProneProcedures: form.flags.includes('exposureProneProcedures') },
  training: base.content.training.map(({ subject, level, renewalMonths }) => ({
    subject,
    level,
    renewalMonths,
  })),
});

const numberFields = (content: PolicyContent, given: Visit['form']) => {
  const held: Readonly<Record<keyof typeof NUMBERS, number>> = {
    ...content.status,
    ...content.history,
    readWithinHours: content.registration.readWithinHours,
    hcpcReadWithinHours: content.registration.hcpcReadWithinHours,
    years: content.criminalRecord.years,
  };
  return (Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map((name) => ({
    name,
    text: POLICY_FIELDS[name],
    value: given.values[name] ?? String(held[name]),
    error: given.errors[name],
  }));
};

const options = (
  kind: Parameters<typeof codeWords>[0],
  codes: readonly string[],
  chosen: unknown,
) => codes.map((value) => ({ value, text: codeWords(kind, value), selected: value === chosen }));

/** One version beside the one in force. */
export const policyPage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(300), look: z.literal('1') }).partial(),
  show: async (visit) => {
    const { ask, form, params, query } = visit;
    const versions = await versionsOf(visit);
    const found = versions.find(({ id }) => id === params['id']);
    if (found === undefined) return notFound;
    const inForce = versions.find(
      ({ state, staffGroup }) => state === 'IN_FORCE' && staffGroup === found.staffGroup,
    );
    const dryRun =
      query.look === undefined
        ? undefined
        : (
            await ask(administrationPolicyDryRun, {
              id: found.id,
              ...(query.after === undefined ? {} : { after: query.after }),
            })
          ).data.checkPolicyDryRun;
    const { content } = found;
    const flags = {
      readRecord: content.registration.readRecord,
      portableInTraining: content.criminalRecord.portableInTraining,
      exposureProneProcedures: content.workHealth.exposureProneProcedures,
    };
    const sent = form.values['flags'];
    const isSent = Object.keys(form.values).length > 0;
    return view('administration/policy.njk', {
      title: groupWords(found.staffGroup),
      back: { href: LIST, text: POLICY.back },
      isWide: true,
      admin: POLICY,
      caption: POLICY.caption(found.version),
      state: stateTag('CheckPolicyState', found.state),
      head: [POLICY.what, POLICY.now, POLICY.here, POLICY.change],
      rows: policyLines(inForce?.content, content).map((line) => [
        { text: POLICY_FIELDS[line.field] },
        { text: valueWords(line, line.before) },
        { text: valueWords(line, line.after) },
        { text: line.before === undefined ? '' : line.isChanged ? POLICY.changed : POLICY.same },
      ]),
      canActivate: found.state === 'DRAFT',
      lookHref: `${policyPath(found.id)}?look=1`,
      dryRun:
        dryRun == null
          ? undefined
          : {
              looked: POLICY.looked(dryRun.looked),
              head: [POLICY.person, POLICY.checks, POLICY.needed],
              rows: dryRun.edges.map(({ node }) => [
                { text: nameOf(node.person) },
                {
                  text: node.checks
                    .map(({ check }) => codeWords('EmploymentCheck', check))
                    .join(', '),
                },
                {
                  text: [
                    ...node.missing.map((type) => codeWords('CredentialType', type)),
                    ...node.training.map(({ subject }) => codeWords('CstfSubject', subject)),
                  ].join(', '),
                },
              ]),
              next: dryRun.pageInfo.hasNextPage
                ? `${policyPath(found.id)}?look=1&after=${encodeURIComponent(dryRun.pageInfo.endCursor ?? '')}`
                : undefined,
            },
      fields: POLICY_FIELDS,
      numbers: numberFields(content, form),
      confidences: options(
        'IdentityConfidence',
        CONFIDENCES,
        form.values['minimumConfidence'] ?? content.identity.minimumConfidence,
      ),
      levels: options('DbsLevel', LEVELS, form.values['level'] ?? content.criminalRecord.level),
      workforces: [
        { value: '', text: POLICY_VALUES.any },
        ...options(
          'DbsWorkforce',
          WORKFORCES,
          form.values['workforce'] ?? content.criminalRecord.workforce,
        ),
      ],
      flags: Object.entries(flags).map(([value, isSet]) => ({
        value,
        text: POLICY_FIELDS[value as keyof typeof flags],
        checked: isSent ? [sent].flat().includes(value) : isSet,
      })),
    });
  },
  actions: {
    activate: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const { data } = await ask(activatePolicy, { input: { idempotencyKey: key, policyId: id } });
      const [error] = data.checkPolicyActivate.errors;
      return error === undefined
        ? goTo(policyPath(id), { kind: 'success', text: POLICY.activated })
        : invalid({ field: 'activate', text: codeWords('ErrorCode', error.code) });
    }),
    draft: action(draftForm, async (visit, form) => {
      const base = (await versionsOf(visit)).find(({ id }) => id === visit.params['id']);
      if (base === undefined) return notFound;
      const { data } = await visit.ask(draftPolicy, {
        input: {
          idempotencyKey: visit.key,
          ...(base.staffGroup === null ? {} : { staffGroup: base.staffGroup }),
          content: contentOf(base, form),
        },
      });
      const { policy, errors } = data.checkPolicyDraft;
      const [error] = errors;
      return error === undefined
        ? goTo(policy === null ? LIST : policyPath(policy.id), {
            kind: 'success',
            text: POLICY.drafted,
          })
        : invalid({
            field: error.path.at(-1) ?? 'level',
            text: codeWords('ErrorCode', error.code),
          });
    }),
  },
});

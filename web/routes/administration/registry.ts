/** The register of organisations: who may issue, who may check, whom to ask, and asking for a change. */
import { z } from 'zod';

import {
  administrationRegistry,
  administrationRegistryDryRun,
  administrationRegistryEntry,
  type CredentialType,
  proposeRegistryChange,
  type RegisteredInWordsFragment,
} from '../../operations/operations.generated.ts';
import { CHANGE, CHANGE_FORM, REGISTERED, REGISTRY } from '../../words/administration/registry.ts';
import { CODE_WORDS, codeWords } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';
import { changePath, effectWords, lineRows } from './registry-changes.ts';

const ENTRY = '/admin';
const LIST = '/admin/registry';
const TYPES = Object.keys(CODE_WORDS.CredentialType) as readonly CredentialType[];

const entryPath = (odsCode: string): string => `${LIST}/${encodeURIComponent(odsCode)}`;

const yesOrNo = (value: boolean): string => (value ? REGISTRY.yes : REGISTRY.no);

const nameOf = ({ organisation }: RegisteredInWordsFragment): string =>
  organisation.name ?? organisation.odsCode;

/** The list. */
export const registryPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(64).optional() }),
  show: async ({ ask, query }) => {
    const { data } = await ask(administrationRegistry, { after: query.after ?? null });
    const { edges, pageInfo } = data.registeredOrganisations;
    return view('administration/registry.njk', {
      title: REGISTRY.title,
      back: { href: ENTRY, text: REGISTRY.back },
      isWide: true,
      admin: REGISTRY,
      changesHref: '/admin/registry-changes',
      head: [
        REGISTRY.organisation,
        REGISTRY.code,
        REGISTRY.mayIssue,
        REGISTRY.mayCheck,
        REGISTRY.certificate,
        REGISTRY.contact,
      ],
      rows: edges.map(({ node }) => [
        { text: nameOf(node), href: entryPath(node.organisation.odsCode) },
        { text: node.organisation.odsCode },
        {
          text:
            node.mayIssue.length === 0 ? REGISTRY.nothing : REGISTRY.kinds(node.mayIssue.length),
        },
        { text: yesOrNo(node.mayCheck) },
        {
          text: node.certificateEndsAt === null ? REGISTRY.none : dayWords(node.certificateEndsAt),
        },
        { text: node.contact?.team ?? REGISTRY.nobody },
      ]),
      next: pageInfo.hasNextPage
        ? `${LIST}?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`
        : undefined,
    });
  },
});

async function findEntry({
  ask,
  params,
}: Pick<Visit, 'ask' | 'params'>): Promise<RegisteredInWordsFragment | undefined> {
  const odsCode = params['odsCode'] ?? '';
  const { data } = await ask(administrationRegistryEntry, { odsCode });
  return data.registeredOrganisation ?? undefined;
}

/** One organisation. */
export const registeredPage = definePage({
  path: `${LIST}/:odsCode`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const found = await findEntry(visit);
    if (found === undefined) return notFound;
    const { contact, mayIssue, mayCheck, certificateEndsAt, changedAt } = found;
    const now = new Date();
    return view('administration/registered.njk', {
      title: nameOf(found),
      back: { href: LIST, text: REGISTERED.back },
      admin: REGISTERED,
      facts: [
        [REGISTRY.code, found.organisation.odsCode],
        [REGISTRY.mayCheck, yesOrNo(mayCheck)],
        [
          REGISTRY.certificate,
          certificateEndsAt === null ? REGISTRY.none : dayWords(certificateEndsAt),
        ],
        [REGISTERED.team, contact?.team ?? REGISTRY.nobody],
        [REGISTERED.mail, contact?.mail],
        [REGISTERED.phone, contact?.phone],
        [REGISTERED.changed, changedAt === null ? undefined : momentWords(changedAt, now)],
      ].filter(([, value]) => value != null),
      head: [REGISTERED.kind, REGISTERED.from, REGISTERED.until],
      rows: mayIssue.map(({ type, from, until }) => [
        { text: codeWords('CredentialType', type) },
        { text: dayWords(from) },
        { text: until === null ? REGISTERED.noEnd : dayWords(until) },
      ]),
      changeHref: `${entryPath(found.organisation.odsCode)}/change`,
    });
  },
});

const optional = (text: string): string | undefined => (text === '' ? undefined : text);

const changeForm = z.object({
  types: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [given ?? []].flat())
    .transform((given) => TYPES.filter((type) => given.includes(type))),
  issuesUntil: z
    .string()
    .trim()
    .transform(optional)
    .pipe(z.iso.date(CHANGE_FORM.untilMissing).optional()),
  mayCheck: z.enum(['yes', 'no'], { error: CHANGE_FORM.mayCheckMissing }),
  team: z.string().trim().min(1, CHANGE_FORM.teamMissing).max(100, CHANGE_FORM.teamMissing),
  mail: z.string().trim().pipe(z.email(CHANGE_FORM.mailMissing)),
  phone: z
    .string()
    .trim()
    .transform(optional)
    .pipe(
      z
        .string()
        .regex(/^\+?\d[\d ]{5,24}$/, CHANGE_FORM.phoneMissing)
        .optional(),
    ),
  reason: z.string().trim().min(1, CHANGE_FORM.reasonMissing).max(300, CHANGE_FORM.reasonMissing),
});

/** What was filled in, until somebody is asked. */
const keptChange = z.object({
  reason: z.string(),
  wanted: z.object({
    odsCode: z.string(),
    mayIssue: z.array(z.enum(TYPES)),
    issuesUntil: z.string().optional(),
    mayCheck: z.boolean(),
    contact: z.object({ team: z.string(), mail: z.string(), phone: z.string().optional() }),
  }),
});

type KeptChange = z.infer<typeof keptChange>;

/** Where in the form something is wrong, by the last part of where it is in the input. */
const FIELDS: Readonly<Record<string, readonly [string, string]>> = {
  mayIssue: ['types', CHANGE_FORM.problems['issuer_kind_wrong'] ?? ''],
  issuesUntil: ['issuesUntil', CHANGE_FORM.untilMissing],
  team: ['team', CHANGE_FORM.teamMissing],
  mail: ['mail', CHANGE_FORM.mailMissing],
  phone: ['phone', CHANGE_FORM.phoneMissing],
  reason: ['reason', CHANGE_FORM.reasonMissing],
};

/** What is wrong with a change, in words. */
function faultOf({
  code,
  path,
  rule,
}: {
  readonly code: string;
  readonly path: readonly string[];
  readonly rule: string | null;
}) {
  const [field, words] = FIELDS[path.at(-1) ?? ''] ?? ['reason', undefined];
  const text =
    CHANGE_FORM.problems[rule ?? ''] ??
    (code === 'UNCHANGED' ? CHANGE_FORM.unchanged : (words ?? codeWords('ErrorCode', code)));
  return { field, text };
}

/** Asking for a change: the form. */
export const registryFormPage = definePage({
  path: `${LIST}/:odsCode/change`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const found = await findEntry(visit);
    if (found === undefined) return notFound;
    const { values } = visit.form;
    const isSent = values['step'] !== undefined;
    const sentTypes = [values['types'] ?? []].flat();
    const held = found.mayIssue.map(({ type }) => type);
    const { contact } = found;
    const may = isSent ? values['mayCheck'] : found.mayCheck ? 'yes' : 'no';
    return view('administration/registry-form.njk', {
      title: CHANGE_FORM.title,
      back: { href: entryPath(found.organisation.odsCode), text: CHANGE_FORM.back },
      admin: CHANGE_FORM,
      caption: nameOf(found),
      types: TYPES.map((type) => ({
        value: type,
        text: codeWords('CredentialType', type),
        checked: isSent ? sentTypes.includes(type) : held.includes(type),
      })),
      mayCheck: [
        { value: 'yes', text: REGISTRY.yes, checked: may === 'yes' },
        { value: 'no', text: REGISTRY.no, checked: may === 'no' },
      ],
      given: isSent
        ? values
        : { team: contact?.team ?? '', mail: contact?.mail ?? '', phone: contact?.phone ?? '' },
    });
  },
  actions: {
    look: action(changeForm, async ({ ask, keep, params }, given) => {
      const odsCode = params['odsCode'] ?? '';
      const { types, issuesUntil, mayCheck, team, mail, phone, reason } = given;
      const kept: KeptChange = {
        reason,
        wanted: {
          odsCode,
          mayIssue: types,
          issuesUntil,
          mayCheck: mayCheck === 'yes',
          contact: { team, mail, phone },
        },
      };
      const { data } = await ask(administrationRegistryDryRun, { wanted: kept.wanted });
      const { errors, lines } = data.registryDryRun;
      const [error] = errors;
      if (error !== undefined) return invalid(faultOf(error));
      if (lines.length === 0) return invalid({ field: 'types', text: CHANGE_FORM.unchanged });
      return goTo(`${entryPath(odsCode)}/change/${await keep(kept)}`);
    }),
  },
});

async function findKept({ kept, params }: Visit): Promise<KeptChange | undefined> {
  const found = keptChange.safeParse(await kept(params['kept'] ?? '')).data;
  return found?.wanted.odsCode === params['odsCode'] ? found : undefined;
}

/** What it would alter, and asking for it. */
export const registryDryRunPage = definePage({
  path: `${LIST}/:odsCode/change/:kept`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const form = `${entryPath(visit.params['odsCode'] ?? '')}/change`;
    const found = await findKept(visit);
    if (found === undefined) return goTo(form, { kind: 'information', text: CHANGE.gone });
    const { data } = await visit.ask(administrationRegistryDryRun, { wanted: found.wanted });
    const { lines, effect, needsKeeper } = data.registryDryRun;
    const { issuesUntil } = found.wanted;
    return view('administration/registry-dry-run.njk', {
      title: CHANGE.dryRunTitle,
      back: { href: form, text: CHANGE.backToForm },
      isWide: true,
      admin: CHANGE,
      caption: found.wanted.odsCode,
      head: [CHANGE.what, CHANGE.before, CHANGE.after],
      rows: lineRows(lines),
      effects: effectWords(effect),
      facts: [
        [CHANGE.until, issuesUntil === undefined ? undefined : dayWords(issuesUntil)],
        [CHANGE.why, found.reason],
      ].filter(([, value]) => value !== undefined),
      who: needsKeeper ? CHANGE.keeper : CHANGE.colleague,
    });
  },
  actions: {
    ask: action(z.object({}), async (visit) => {
      const found = await findKept(visit);
      if (found === undefined) {
        const form = `${entryPath(visit.params['odsCode'] ?? '')}/change`;
        return goTo(form, { kind: 'information', text: CHANGE.gone });
      }
      const { data } = await visit.ask(proposeRegistryChange, {
        input: { idempotencyKey: visit.key, ...found },
      });
      const { change, errors } = data.registryChangePropose;
      const [error] = errors;
      return error === undefined && change !== null
        ? goTo(changePath(change.id), { kind: 'success', text: CHANGE.asked })
        : invalid({
            field: 'ask',
            text: error === undefined ? codeWords('ErrorCode', undefined) : faultOf(error).text,
          });
    }),
  },
});

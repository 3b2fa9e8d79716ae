/** The audit trail: what was done, by filters that are in the address, as a page and as a file. Values are never shown. */
import { z } from 'zod';

import {
  administrationAuditEvents,
  type AdministrationAuditEventsQuery,
} from '../../operations/operations.generated.ts';
import { AUDIT_ACTIONS, AUDIT_TRAIL } from '../../words/administration/audit.ts';
import { spelledOut } from '../../words/codes.ts';
import { momentWords } from '../../words/dates.ts';
import { definePage, type Shown, view, type Visit } from '../page.ts';
import { nameOf } from './held-passport.ts';

const ENTRY = '/admin/audit';
const HERE = '/admin/audit/events';
/** Events in a page of the file, and most pages. */
const PAGE = 100;
const MOST_PAGES = 10;
const DAY_MS = 24 * 3_600_000;

/** References alone: nothing in an address names a person. */
const reference = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_.-]{0,100}$/)
  .catch('');
/** What is no day is none. */
const day = z.union([z.literal(''), z.iso.date()]).catch('');

const filters = z
  .object({
    action: z.enum(['', ...Object.keys(AUDIT_ACTIONS)]).catch(''),
    from: day,
    until: day,
    actor: reference,
    subject: reference,
    after: z.string().max(300),
    file: z.literal('csv'),
  })
  .partial();
type Filters = z.infer<typeof filters>;

const given = (text: string | undefined): text is string => text !== undefined && text !== '';

const whereOf = ({ action, from, until, actor, subject }: Filters) => ({
  ...(given(action) ? { actions: [action] } : {}),
  ...(given(from) ? { from: `${from}T00:00:00Z` } : {}),
  ...(given(until)
    ? { until: new Date(Date.parse(`${until}T00:00:00Z`) + DAY_MS).toISOString() }
    : {}),
  ...(given(actor) ? { actor } : {}),
  ...(given(subject) ? { subject } : {}),
});

type Event = NonNullable<AdministrationAuditEventsQuery['auditEvents']>['edges'][number]['node'];

const actionWords = (action: string): string =>
  AUDIT_ACTIONS[action] ?? spelledOut(action.replaceAll(/[.-]/g, '_'));

const whoWords = ({ actor, person }: Event): string =>
  person !== null
    ? nameOf(person)
    : actor === 'operator'
      ? AUDIT_TRAIL.operator
      : actor === 'lanyard-passport'
        ? AUDIT_TRAIL.itself
        : actor;

/** A field of the file; one that a spreadsheet would take for a formula is text. */
const field = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

async function fileOf(ask: Visit['ask'], where: ReturnType<typeof whereOf>): Promise<Shown> {
  const lines = ['at,actor,action,subject,request'];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data } = await ask(
      administrationAuditEvents,
      { where, first: PAGE, ...(after === undefined ? {} : { after }) },
      'AUDIT',
    );
    for (const { node } of data.auditEvents?.edges ?? []) {
      const { at, actor, action, subject, requestId } = node;
      lines.push([at, actor, action, subject, requestId ?? ''].map(field).join(','));
    }
    const info = data.auditEvents?.pageInfo;
    if (info?.hasNextPage !== true || info.endCursor === null) break;
    after = info.endCursor;
  }
  return {
    kind: 'file',
    name: 'audit.csv',
    type: 'text/csv; charset=utf-8',
    content: `${lines.join('\r\n')}\r\n`,
  };
}

const addressOf = (query: Filters, more: Readonly<Record<string, string>>): string => {
  const { action, from, until, actor, subject } = query;
  const kept = Object.entries({ action, from, until, actor, subject, ...more });
  const set = new URLSearchParams(kept.filter((one): one is [string, string] => given(one[1])));
  return `${HERE}?${set.toString()}`;
};

/** The page, and the file of the same. */
export const auditTrailPage = definePage({
  path: HERE,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: filters,
  show: async ({ ask, query }): Promise<Shown> => {
    const where = whereOf(query);
    if (query.file !== undefined) return fileOf(ask, where);
    const { data } = await ask(
      administrationAuditEvents,
      { where, first: 20, ...(query.after === undefined ? {} : { after: query.after }) },
      'AUDIT',
    );
    const { edges = [], pageInfo } = data.auditEvents ?? {};
    const chain = data.auditChain;
    const now = new Date();
    return view('administration/audit-trail.njk', {
      title: AUDIT_TRAIL.title,
      back: { href: ENTRY, text: AUDIT_TRAIL.back },
      isWide: true,
      admin: AUDIT_TRAIL,
      isBroken: chain?.unbroken === false,
      chain:
        chain?.at == null
          ? AUDIT_TRAIL.unsealed
          : chain.unbroken
            ? AUDIT_TRAIL.unbroken(momentWords(chain.at, now), chain.events)
            : AUDIT_TRAIL.broken(momentWords(chain.at, now)),
      query,
      actions: [
        { value: '', text: AUDIT_TRAIL.all },
        ...Object.entries(AUDIT_ACTIONS).map(([value, text]) => ({
          value,
          text,
          selected: query.action === value,
        })),
      ],
      head: [
        AUDIT_TRAIL.when,
        AUDIT_TRAIL.who,
        AUDIT_TRAIL.action,
        AUDIT_TRAIL.subjectHead,
        AUDIT_TRAIL.request,
      ],
      rows: edges.map(({ node }) => [
        { text: momentWords(node.at, now) },
        { text: whoWords(node), href: addressOf(query, { actor: node.actor }) },
        { text: actionWords(node.action) },
        { text: node.subject, href: addressOf(query, { subject: node.subject }) },
        { text: node.requestId ?? '' },
      ]),
      fileHref: addressOf(query, { file: 'csv' }),
      next:
        pageInfo?.hasNextPage === true
          ? addressOf(query, { after: pageInfo.endCursor ?? '' })
          : undefined,
    });
  },
});

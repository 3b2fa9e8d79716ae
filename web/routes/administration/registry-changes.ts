/** Changes of the register that were asked for: what each alters, whom it touches, and deciding about it. */
import { z } from 'zod';

import {
  administrationRegistryChange,
  administrationRegistryChanges,
  approveRegistryChange,
  type RegistryChangeInListFragment,
  type RegistryEffectInWordsFragment,
  type RegistryLineInWordsFragment,
  turnDownRegistryChange,
} from '../../operations/operations.generated.ts';
import { CHANGE } from '../../words/administration/registry.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view } from '../page.ts';

const ENTRY = '/admin';
const LIST = '/admin/registry-changes';

/** Where a change is. */
export const changePath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

const nameOf = (one: { readonly odsCode: string; readonly name: string | null }): string =>
  one.name ?? one.odsCode;

const valueWords = (value: string | null): string =>
  value === null ? CHANGE.nothing : (CHANGE.values[value] ?? value);

const subjectWords = ({ what, credentialType }: RegistryLineInWordsFragment): string =>
  what === 'MAY_ISSUE'
    ? CHANGE.subjects.MAY_ISSUE(codeWords('CredentialType', credentialType))
    : CHANGE.subjects[what];

/** Rows of a table: what, now, then. */
export const lineRows = (lines: readonly RegistryLineInWordsFragment[]) =>
  lines.map((line) => [
    { text: subjectWords(line) },
    { text: valueWords(line.before) },
    { text: valueWords(line.after) },
  ]);

/** Whom a change touches; nothing when nobody loses anything. */
export const effectWords = (effect: RegistryEffectInWordsFragment | null): readonly string[] =>
  effect === null
    ? []
    : [
        ...(effect.credentialsInForce === 0 ? [] : [CHANGE.credentials(effect.credentialsInForce)]),
        ...(effect.offersOpen === 0 ? [] : [CHANGE.offers(effect.offersOpen)]),
        ...(effect.requestsOpen === 0 ? [] : [CHANGE.requests(effect.requestsOpen)]),
      ];

/** The list. */
export const registryChangesPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(64).optional() }),
  show: async ({ ask, query }) => {
    const { data } = await ask(administrationRegistryChanges, { after: query.after ?? null });
    const { edges, pageInfo } = data.registryChanges;
    const now = new Date();
    return view('administration/registry-changes.njk', {
      title: CHANGE.list,
      back: { href: '/admin/registry', text: CHANGE.backToRegistry },
      isWide: true,
      admin: CHANGE,
      head: [CHANGE.organisation, CHANGE.why, CHANGE.state, CHANGE.when],
      rows: edges.map(({ node }) => [
        { text: nameOf(node.organisation), href: changePath(node.id) },
        { text: node.reason },
        { tag: stateTag('RegistryChangeState', node.state) },
        { text: momentWords(node.proposedAt, now) },
      ]),
      next: pageInfo.hasNextPage
        ? `${LIST}?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`
        : undefined,
    });
  },
});

const whoApproves = (one: RegistryChangeInListFragment): string =>
  one.mayApprove
    ? CHANGE.passkey
    : one.isMine
      ? CHANGE.mine
      : one.needsKeeper
        ? CHANGE.notYours
        : CHANGE.colleague;

/** One change. */
export const registryChangePage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, params }) => {
    const { data } = await ask(administrationRegistryChange, { id: params['id'] ?? '' });
    const found = data.registryChange;
    if (found === null) return notFound;
    const now = new Date();
    const { issuesUntil, decidedAt, decidedFor } = found;
    const isWaiting = found.state === 'WAITING';
    return view('administration/registry-change.njk', {
      title: nameOf(found.organisation),
      back: { href: LIST, text: CHANGE.back },
      isWide: true,
      admin: CHANGE,
      state: stateTag('RegistryChangeState', found.state),
      head: [CHANGE.what, CHANGE.before, CHANGE.after],
      rows: lineRows(found.lines),
      effects: effectWords(found.effect),
      facts: [
        [CHANGE.until, issuesUntil === null ? undefined : dayWords(issuesUntil)],
        [CHANGE.why, found.reason],
        [CHANGE.by, found.isMine ? CHANGE.you : CHANGE.from(nameOf(found.proposedFor))],
        [CHANGE.when, momentWords(found.proposedAt, now)],
        [
          CHANGE.decided,
          decidedAt === null || decidedFor === null
            ? undefined
            : CHANGE.decidedWords(momentWords(decidedAt, now), nameOf(decidedFor)),
        ],
      ].filter(([, value]) => value !== undefined),
      isWaiting,
      canApprove: found.mayApprove,
      who: whoApproves(found),
      turnDown: found.isMine ? CHANGE.takeBack : CHANGE.turnDown,
    });
  },
  actions: {
    approve: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const { data } = await ask(approveRegistryChange, {
        input: { idempotencyKey: key, changeId: id },
      });
      const [error] = data.registryChangeApprove.errors;
      if (error === undefined) {
        return goTo(changePath(id), { kind: 'success', text: CHANGE.approved });
      }
      const text =
        error.code === 'RESOURCE_VERSION_MISMATCH'
          ? CHANGE.outOfDate
          : (CHANGE.problems[error.rule ?? ''] ?? codeWords('ErrorCode', error.code));
      return invalid({ field: 'approve', text });
    }),
    down: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const { data } = await ask(turnDownRegistryChange, {
        input: { idempotencyKey: key, changeId: id },
      });
      const [error] = data.registryChangeTurnDown.errors;
      return error === undefined
        ? goTo(changePath(id), { kind: 'success', text: CHANGE.turnedDown })
        : invalid({ field: 'down', text: codeWords('ErrorCode', error.code) });
    }),
  },
});

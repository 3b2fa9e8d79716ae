/** Sharing: where it begins, who asks and what for, the passkey before it leaves, and the way to the trust. */
import { z } from 'zod';

import {
  consentToShare,
  nameOfOrganisation,
  refuseToShare,
  staffSharing,
} from '../../operations/operations.generated.ts';
import { claimLabels } from '../../words/claims.ts';
import { codeWords } from '../../words/codes.ts';
import { ANSWER, becauseOf, CHECK, SEND, SHARE, UNVERIFIED } from '../../words/staff/share.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';

const back = { href: '/passport', text: 'Back' } as const;
const PRESENTATION = /^prq_[\w-]{22}$/;
const presentationId = z.string().regex(PRESENTATION);

const linkOf = ({ service }: Pick<Visit, 'service'>, id: string): string =>
  `${service.passportUrl}/present/${id}`;

/** The link that was typed or pasted, or that a code stands for. */
async function linkFor(typed: string, visit: Visit): Promise<string | undefined> {
  const prefix = linkOf(visit, '');
  if (typed.startsWith(prefix)) {
    const id = typed.slice(prefix.length);
    return PRESENTATION.test(id) ? linkOf(visit, id) : undefined;
  }
  const found = await visit.codes.find(typed, visit.person.staffId);
  return found?.kind === 'request' ? found.link : undefined;
}

/** Where a link or a code is entered, and requests wait. */
export const sharePage = definePage({
  path: '/passport/share',
  roles: ['STAFF'],
  entry: '/passport',
  show: async (visit) => {
    const { data } = await visit.ask(staffSharing, {});
    return view('staff/share.njk', {
      title: SHARE.title,
      back,
      staff: SHARE,
      waiting: (data.me?.sharing?.edges ?? [])
        .filter(({ node }) => node.state === 'ASKED')
        .map(({ node }) => ({
          text: SHARE.asks(node.requester.name ?? node.requester.odsCode),
          href: linkOf(visit, node.id),
        })),
    });
  },
  actions: {
    send: action(
      z.object({ code: z.string().trim().min(1, SHARE.missing).max(300, SHARE.unknown) }),
      async (visit, { code }) => {
        const link = await linkFor(code, visit);
        return link === undefined ? invalid({ field: 'code', text: SHARE.unknown }) : goTo(link);
      },
    ),
  },
});

const reference = z.object({
  client_id: z.string().max(1_024),
  request_uri: z.string().max(2_048),
  request_uri_method: z.enum(['get', 'post']).optional(),
});

/** Where the wallet in this browser fetches a request, which goes out once, and finds out who asks. */
export const answerPage = definePage({
  path: '/passport/share/answer',
  roles: ['STAFF'],
  entry: '/passport',
  query: reference.partial(),
  show: ({ person, query, service }) => {
    const given = reference.safeParse(query);
    if (!given.success) return Promise.resolve(notFound);
    return Promise.resolve(
      view('staff/answer.njk', {
        title: ANSWER.title,
        back,
        staff: ANSWER,
        scripts: ['answer'],
        wallet: { staffId: person.staffId, passportUrl: service.passportUrl },
        anchors: service.anchors,
        walletUri: `openid4vp://?${new URLSearchParams(given.data as Record<string, string>).toString()}`,
      }),
    );
  },
});

const types = z
  .string()
  .max(1_000)
  .transform((text) => text.split(' ').filter((type) => /^[A-Z_]{1,64}$/.test(type)));
const checkQuery = z.object({
  request: presentationId,
  ods: z.string().regex(/^[A-Z0-9]{2,10}$/),
  purpose: z.string().regex(/^[A-Z_]{1,40}$/),
  days: z.coerce.number().int().min(0).max(400),
  needed: types,
  optional: types,
});

/**
 * Who asks, why, what, what not, and for how long. What the address says is compared with the signed request in the browser
 * before the form is shown, and by the passport before anything is agreed.
 */
export const checkPage = definePage({
  path: '/passport/share/check',
  roles: ['STAFF'],
  entry: '/passport',
  query: checkQuery.partial(),
  show: async ({ ask, form, person, query }) => {
    const given = checkQuery.safeParse({
      ...query,
      needed: query.needed?.join(' '),
      optional: query.optional?.join(' '),
    });
    if (!given.success) return notFound;
    const { request, ods, purpose, days, needed, optional } = given.data;
    const { data } = await ask(nameOfOrganisation, { odsCode: ods });
    const trust = data.organisation?.name ?? ods;
    // A box that is not ticked is not sent: a form that comes back keeps it so.
    const isBack = Object.keys(form.errors).length > 0;
    const ticked = form.values['share'] ?? (isBack ? [] : undefined);
    const item = (type: string, isNeeded: boolean) => {
      const name = codeWords('CredentialType', type);
      return {
        type,
        text: isNeeded ? CHECK.needed(name) : name,
        checked: ticked === undefined ? isNeeded : [ticked].flat().includes(type),
        labels: JSON.stringify(claimLabels(type)),
      };
    };
    return view('staff/check.njk', {
      title: CHECK.title(trust),
      back,
      staff: CHECK,
      scripts: ['check'],
      staffId: person.staffId,
      because: becauseOf(purpose),
      trusted: CHECK.trusted(ods),
      keep: CHECK.keep(days),
      request,
      ods,
      items: [
        ...needed.map((type) => item(type, true)),
        ...optional.map((type) => item(type, false)),
      ],
      needed: needed.join(' '),
      withoutScript: ANSWER.withoutScript,
    });
  },
  actions: {
    share: action(
      z.object({
        request: presentationId,
        ods: z.string(),
        needed: types,
        share: z.union([z.string(), z.array(z.string())], { error: CHECK.chooseNeeded }),
      }),
      async (visit, { request, ods, needed, share }) => {
        const chosen = [share].flat();
        if (!needed.every((type) => chosen.includes(type))) {
          return invalid({ field: 'share', text: CHECK.chooseNeeded });
        }
        const { data } = await visit.ask(consentToShare, {
          input: {
            idempotencyKey: visit.key,
            presentationId: request,
            requester: ods,
            types: chosen as never,
          },
        });
        if (data.sharingConsent.errors.length > 0) {
          return invalid({ field: 'share', text: CHECK.ended });
        }
        return goTo(`/passport/share/send?kept=${await visit.keep({ request, chosen })}`);
      },
    ),
    refuse: action(z.object({ request: presentationId }), async (visit, { request }) => {
      // One that was meant for nobody in particular is refused by the wallet alone.
      await visit.ask(refuseToShare, {
        input: { idempotencyKey: visit.key, presentationId: request },
      });
      return goTo('/passport', { kind: 'information', text: SEND.refused });
    }),
  },
});

const agreed = z.object({ request: presentationId, chosen: z.array(z.string()) });

/** Sends what was agreed to, right after the passkey. */
export const sendPage = definePage({
  path: '/passport/share/send',
  roles: ['STAFF'],
  entry: '/passport',
  query: z.object({ kept: z.uuid() }).partial(),
  show: async ({ kept, person, query }) => {
    const found = agreed.safeParse(await kept(query.kept ?? ''));
    if (!found.success) return notFound;
    return view('staff/send.njk', {
      title: SEND.title,
      staff: SEND,
      scripts: ['send'],
      staffId: person.staffId,
      request: found.data.request,
      chosen: found.data.chosen.join(' '),
      withoutScript: ANSWER.withoutScript,
    });
  },
});

/** Nobody vouches for whoever asks: nothing is ticked, and nothing can be. */
export const unverifiedPage = definePage({
  path: '/passport/share/unverified',
  roles: ['STAFF'],
  entry: '/passport',
  show: () =>
    Promise.resolve(
      view('staff/unverified.njk', {
        title: UNVERIFIED.title,
        staff: UNVERIFIED,
        scripts: ['unverified'],
      }),
    ),
  actions: {
    send: action(z.object({}), () =>
      Promise.resolve(goTo('/passport', { kind: 'information', text: SEND.refused })),
    ),
  },
});

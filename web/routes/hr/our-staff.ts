/** Our own staff: finding somebody, what is in their passport, and offering it. */
import { z } from 'zod';

import { hrOffer, hrStaff, hrStaffSearch } from '../../operations/operations.generated.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { OUR_STAFF } from '../../words/hr.ts';
import { action, definePage, goTo, invalid, notFound, view } from '../page.ts';

/** Kinds that are taken from the staff record; for the others, the systems that hold them make the offer. */
const FROM_RECORD = [
  'IDENTITY',
  'EMPLOYMENT_ASSIGNMENT',
  'PROFESSIONAL_REGISTRATION',
  'CORE_SKILLS_TRAINING',
] as const;

const nameOf = (
  name: {
    readonly title: string | null;
    readonly given: string | null;
    readonly family: string;
  } | null,
): string =>
  name === null
    ? 'Somebody'
    : [name.title, name.given, name.family].filter((part) => part !== null).join(' ');

const kept = z.object({ text: z.string() });

/** The search. What was searched for is a name, so the address has a word that stands for it. */
export const ourStaffPage = definePage({
  path: '/hr/staff',
  roles: ['HR_OFFICER'],
  entry: '/hr/staff',
  query: z.object({ search: z.uuid().optional(), after: z.string().max(100).optional() }),
  show: async (visit) => {
    const { ask, form, person, query } = visit;
    const page = { title: OUR_STAFF.title, hr: OUR_STAFF };
    if (query.search === undefined) {
      return view('hr/our-staff.njk', { ...page, text: form.values['text'] });
    }
    const search = kept.safeParse(await visit.kept(query.search)).data;
    if (search === undefined) return view('hr/our-staff.njk', { ...page, gone: OUR_STAFF.gone });
    const { data } = await ask(hrStaffSearch, {
      text: search.text,
      ...(person.odsCode === undefined ? {} : { odsCode: person.odsCode }),
      ...(query.after === undefined ? {} : { after: query.after }),
    });
    const { edges, found, pageInfo, truncated } = data.staffSearch;
    return view('hr/our-staff.njk', {
      ...page,
      text: form.values['text'] ?? search.text,
      searched: true,
      people: edges.map(({ node }) => ({
        href: `/hr/staff/${node.id}`,
        name: nameOf(node.name),
        job: node.assignments?.[0]?.jobRole,
      })),
      found: truncated ? OUR_STAFF.many : OUR_STAFF.found(found),
      next: pageInfo.hasNextPage
        ? `/hr/staff?search=${query.search}&after=${pageInfo.endCursor ?? ''}`
        : undefined,
    });
  },
  actions: {
    search: action(
      z.object({ text: z.string().trim().min(1, OUR_STAFF.missing).max(100, OUR_STAFF.missing) }),
      async ({ keep }, { text }) => goTo(`/hr/staff?search=${await keep({ text })}`),
    ),
  },
});

/** One of them. */
export const staffMemberPage = definePage({
  path: '/hr/staff/:id',
  roles: ['HR_OFFICER'],
  entry: '/hr/staff',
  show: async ({ ask, form, params }) => {
    const { data } = await ask(hrStaff, { id: params['id'] ?? '' });
    if (data.staff == null) return notFound;
    const { name, passport } = data.staff;
    const chosen = [form.values['types'] ?? FROM_RECORD].flat();
    return view('hr/staff-member.njk', {
      title: nameOf(name),
      back: { href: '/hr/staff', text: 'Back' },
      hr: OUR_STAFF,
      credentials: (passport?.credentials.edges ?? []).map(({ node }) => ({
        title: { text: codeWords('CredentialType', node.type) },
        ...(node.expiresAt == null ? {} : { hint: { text: `Until ${dayWords(node.expiresAt)}` } }),
        status: { tag: stateTag('CredentialState', node.state) },
      })),
      offers: (passport?.offers ?? []).map((offer) => ({
        title: { text: offer.types.map((type) => codeWords('CredentialType', type)).join(', ') },
        hint: { text: `Offered ${dayWords(offer.createdAt)}, until ${dayWords(offer.expiresAt)}` },
        status: { text: codeWords('CredentialOfferState', offer.state) },
      })),
      types: FROM_RECORD.map((value) => ({
        value,
        text: codeWords('CredentialType', value),
        checked: chosen.includes(value),
      })),
      button_text: (passport?.offers.length ?? 0) > 0 ? OUR_STAFF.again : OUR_STAFF.offer,
    });
  },
  actions: {
    offer: action(
      z.object({
        types: z
          .union([z.string(), z.array(z.string())], OUR_STAFF.typesMissing)
          .transform((given) => [given].flat())
          .pipe(z.array(z.enum(FROM_RECORD)).min(1, OUR_STAFF.typesMissing)),
      }),
      async ({ ask, key, params }, { types }) => {
        const staffId = params['id'] ?? '';
        const { data } = await ask(
          hrOffer,
          { input: { idempotencyKey: key, staffId, types, deferred: true } },
          'CREDENTIAL_ISSUE',
        );
        const [error] = data.credentialOffer.errors;
        return error === undefined
          ? goTo(`/hr/staff/${staffId}`, { kind: 'success', text: OUR_STAFF.offered })
          : invalid({
              field: 'types',
              text: `${OUR_STAFF.failed}: ${codeWords('ErrorCode', error.code)}`,
            });
      },
    ),
  },
});

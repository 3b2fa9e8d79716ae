/** Agreements with other organisations on sharing staff. */
import { z } from 'zod';

import {
  acceptAgreement,
  administrationAgreements,
  type AgreementInListFragment,
  endAgreement,
  proposeAgreement,
} from '../../operations/operations.generated.ts';
import { AGREEMENTS } from '../../words/administration/organisation.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';

const ENTRY = '/admin';
const LIST = '/admin/agreements';
/** Most pages of the list that are gone through for one agreement. */
const MOST_PAGES = 10;

/** Where an agreement is. */
export const agreementPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

const otherSide = (
  { proposedBy, proposedTo }: AgreementInListFragment,
  odsCode: string | undefined,
): string => {
  const other = proposedBy.odsCode === odsCode ? proposedTo : proposedBy;
  return other.name ?? other.odsCode;
};

const day = (missing: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{4}-\d{2}-\d{2}$/, missing);

/** Which field of the form the graph means. */
const FIELDS: Readonly<Record<string, string>> = {
  odsCode: 'odsCode',
  reference: 'reference',
  startsOn: 'startsOn',
  endsOn: 'endsOn',
};
const MISSING: Readonly<Record<string, string>> = {
  odsCode: AGREEMENTS.odsMissing,
  reference: AGREEMENTS.referenceMissing,
  startsOn: AGREEMENTS.fromMissing,
  endsOn: AGREEMENTS.untilMissing,
};

/** The list, and proposing one. */
export const agreementsPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(300) }).partial(),
  show: async ({ ask, person, query }) => {
    const { data } = await ask(
      administrationAgreements,
      query.after === undefined ? {} : { after: query.after },
    );
    const { edges, pageInfo } = data.sharingAgreements;
    return view('administration/agreements.njk', {
      title: AGREEMENTS.title,
      back: { href: ENTRY, text: AGREEMENTS.back },
      isWide: true,
      admin: AGREEMENTS,
      head: [
        AGREEMENTS.reference,
        AGREEMENTS.withWhom,
        AGREEMENTS.from,
        AGREEMENTS.until,
        AGREEMENTS.state,
      ],
      rows: edges.map(({ node }) => [
        { text: node.reference, href: agreementPath(node.id) },
        { text: otherSide(node, person.odsCode) },
        { text: dayWords(node.startsOn) },
        { text: dayWords(node.endsOn) },
        { tag: stateTag('SharingAgreementState', node.state) },
      ]),
      next: pageInfo.hasNextPage
        ? `${LIST}?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`
        : undefined,
    });
  },
  actions: {
    send: action(
      z.object({
        odsCode: z
          .string()
          .trim()
          .toUpperCase()
          .regex(/^[A-Z0-9]{2,10}$/, AGREEMENTS.odsMissing),
        reference: z
          .string()
          .trim()
          .min(1, AGREEMENTS.referenceMissing)
          .max(100, AGREEMENTS.referenceMissing),
        startsOn: day(AGREEMENTS.fromMissing),
        endsOn: day(AGREEMENTS.untilMissing),
      }),
      async ({ ask, key }, given) => {
        const { data } = await ask(proposeAgreement, { input: { idempotencyKey: key, ...given } });
        const { agreement, errors } = data.agreementPropose;
        const [error] = errors;
        if (error === undefined) {
          return goTo(agreement === null ? LIST : agreementPath(agreement.id), {
            kind: 'success',
            text: AGREEMENTS.proposed,
          });
        }
        const field = FIELDS[error.path.at(-1) ?? ''] ?? 'odsCode';
        return invalid({
          field,
          text:
            error.code === 'INVALID_VALUE'
              ? (MISSING[field] ?? codeWords('ErrorCode', error.code))
              : codeWords('ErrorCode', error.code),
        });
      },
    ),
  },
});

async function findAgreement({ ask, params }: Pick<Visit, 'ask' | 'params'>) {
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Awaited<
      ReturnType<
        typeof ask<
          {
            readonly sharingAgreements: {
              readonly edges: readonly { readonly node: AgreementInListFragment }[];
              readonly pageInfo: {
                readonly hasNextPage: boolean;
                readonly endCursor: string | null;
              };
            };
          },
          { readonly after?: string | null }
        >
      >
    > = await ask(administrationAgreements, { after });
    const { edges, pageInfo } = answer.data.sharingAgreements;
    const found = edges.find(({ node }) => node.id === params['id']);
    if (found !== undefined) return found.node;
    if (!pageInfo.hasNextPage) return undefined;
    after = pageInfo.endCursor;
  }
  return undefined;
}

/** One agreement: accepting and ending it. */
export const agreementPage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const found = await findAgreement(visit);
    if (found === undefined) return notFound;
    const isTheirs = found.proposedTo.odsCode === visit.person.odsCode;
    const isProposed = found.state === 'PROPOSED';
    return view('administration/agreement.njk', {
      title: found.reference,
      back: { href: LIST, text: AGREEMENTS.backToList },
      admin: AGREEMENTS,
      facts: [
        [AGREEMENTS.withWhom, otherSide(found, visit.person.odsCode)],
        [AGREEMENTS.from, dayWords(found.startsOn)],
        [AGREEMENTS.until, dayWords(found.endsOn)],
      ],
      state: stateTag('SharingAgreementState', found.state),
      canAccept: isProposed && isTheirs,
      endButton: !['PROPOSED', 'ACCEPTED', 'IN_FORCE'].includes(found.state)
        ? undefined
        : !isProposed
          ? AGREEMENTS.end
          : isTheirs
            ? AGREEMENTS.turnDown
            : AGREEMENTS.takeBack,
      endText: isProposed ? undefined : AGREEMENTS.endText,
    });
  },
  actions: {
    accept: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const { data } = await ask(acceptAgreement, {
        input: { idempotencyKey: key, agreementId: id },
      });
      const [error] = data.agreementAccept.errors;
      return error === undefined
        ? goTo(agreementPath(id), { kind: 'success', text: AGREEMENTS.accepted })
        : invalid({ field: 'accept', text: codeWords('ErrorCode', error.code) });
    }),
    end: action(z.object({}), async ({ ask, key, params }) => {
      const id = params['id'] ?? '';
      const { data } = await ask(endAgreement, {
        input: { idempotencyKey: key, agreementId: id },
      });
      const [error] = data.agreementEnd.errors;
      return error === undefined
        ? goTo(agreementPath(id), { kind: 'success', text: AGREEMENTS.ended })
        : invalid({ field: 'end', text: codeWords('ErrorCode', error.code) });
    }),
  },
});

/** Asking for presentations, and what came of them. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { digitalCredentialRequest } from '../../../standards/openid4vp/digital-credentials.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { pageOf } from '../domain/page.ts';
import { presentationState, type StoredPresentation } from '../domain/presentation-request.ts';
import { requestObject } from '../domain/request-object.ts';
import { requestList } from '../domain/request-list.ts';
import { requestPresentation } from '../domain/request-presentation.ts';
import { refused } from '../domain/user-error.ts';
import {
  type DisclosedClaims,
  peopleOf,
  type StoredCheck,
  type StoredResult,
} from '../domain/verification-result.ts';
import { type HandedIn, verifyAnswer } from '../domain/verify-answer.ts';
import { walletUri } from '../domain/wallet-uri.ts';
import type { PresentedCredentialParent } from '../context.ts';
import { actingFor, requirePurpose } from './caller-rules.ts';
import type {
  MutationResolvers,
  PresentationRequestConnectionResolvers,
  PresentationRequestResolvers,
  PresentationVerifyInput,
  PresentedCredentialResolvers,
  QueryResolvers,
  VerificationCheck,
  VerificationResultResolvers,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';
import { wantedPage } from './wanted-page.ts';

/** Resolvers of `Query`. */
export const PresentationQuery: Pick<
  QueryResolvers,
  'presentation' | 'presentationRequests' | 'presentationLists'
> = {
  async presentationRequests(_parent, args, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    const page = wantedPage(args.first, args.after);
    const wanted = {
      odsCode,
      group: args.group,
      listId: args.listId ?? undefined,
      reference: args.reference ?? undefined,
      now: parts.now(),
    };
    const order = args.orderBy ?? { field: 'ASKED_AT', direction: 'DESC' };
    const rows = await parts.presentations.list({ ...wanted, order }, page);
    return {
      ...pageOf(rows, page, ({ request }) => request),
      wanted,
    };
  },
  async presentationLists(_parent, _args, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    return parts.presentations.lists(odsCode, MOST_LISTS);
  },
  async presentation(_parent, { id }, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    const request = await parts.presentations.find(id);
    return request?.odsCode === odsCode ? request : null;
  },
};

/** Most lists that are shown, the newest. */
const MOST_LISTS = 20;
/** How far requests are counted. */
const COUNTED_TO = 1_000;

/** Resolvers of `PresentationRequestConnection`. */
export const PresentationRequestConnection: PresentationRequestConnectionResolvers = {
  totalCount: ({ wanted }, _args, { parts }) => parts.presentations.count(wanted, COUNTED_TO),
};

const PREFIXES = {
  X509_HASH: 'x509_hash',
  X509_SAN_DNS: 'x509_san_dns',
  DECENTRALIZED_IDENTIFIER: 'decentralized_identifier',
} as const;

/** Resolvers of `Mutation`. */
export const PresentationMutation: Pick<
  MutationResolvers,
  'presentationRequest' | 'presentationVerify' | 'presentationListRequest' | 'presentationClose'
> = {
  async presentationRequest(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'passport:verify');
    const purpose = requirePurpose(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) {
      return { request: null, errors: userErrors(refused('INVALID_VALUE', 'idempotencyKey')) };
    }
    const outcome = await requestPresentation(
      {
        idempotencyKey: input.idempotencyKey,
        template: input.template ?? undefined,
        credentials: input.credentials?.map(({ type, claims, required }) => ({
          type,
          claims: claims ?? [],
          required: required ?? true,
        })),
        dcql: input.dcql ?? undefined,
        staffId: input.staffId ?? undefined,
        reference: input.reference ?? undefined,
        startsOn: input.startsOn ?? undefined,
        answerWithinMinutes: input.answerWithinMinutes ?? undefined,
        sameDevice: input.sameDevice ?? true,
        clientIdPrefix: PREFIXES[input.clientIdPrefix ?? 'X509_HASH'],
        encrypted: input.encrypted ?? true,
        origins: input.origins ?? [],
        purpose,
        by,
      },
      parts,
    );
    if ('kind' in outcome) return { request: null, errors: userErrors(outcome) };
    return { request: outcome, errors: [] };
  },

  async presentationListRequest(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'passport:verify');
    const purpose = requirePurpose(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) {
      return { listId: null, errors: userErrors(refused('INVALID_VALUE', 'idempotencyKey')) };
    }
    const lines = input.lines.map(({ reference, startsOn }) => ({
      reference,
      startsOn: startsOn ?? undefined,
    }));
    const outcome = await requestList(
      {
        idempotencyKey: input.idempotencyKey,
        template: input.template,
        answerWithinMinutes: input.answerWithinMinutes ?? 20_160,
        lines,
        purpose,
        by,
      },
      parts,
    );
    if ('kind' in outcome) return { listId: null, errors: userErrors(outcome) };
    return { listId: outcome.listId, errors: [] };
  },

  // It can be said as often as one likes, so its key has nothing to keep apart.
  async presentationClose(_parent, { input }, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) {
      return { request: null, errors: userErrors(refused('INVALID_VALUE', 'idempotencyKey')) };
    }
    const how = { odsCode, done: input.done ?? true, now: parts.now() };
    const request = await parts.presentations.close(input.presentationId, how);
    return request === undefined
      ? { request: null, errors: userErrors(refused('NOT_FOUND', 'presentationId')) }
      : { request, errors: [] };
  },

  async presentationVerify(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'passport:verify');
    requirePurpose(caller);
    const none = { request: null, result: null };
    const handedIn = handedInBy(input);
    if (handedIn === undefined) return { ...none, errors: userErrors(refused('INVALID_VALUE')) };
    const outcome = await verifyAnswer({ requestId: input.requestId, handedIn, by }, parts);
    if ('kind' in outcome) return { ...none, errors: userErrors(outcome) };
    const { request, result, claims } = outcome;
    return {
      request,
      result: {
        ...resultShape(request, result, () => Promise.resolve(claims)),
        // The check itself is in the log.
        readAbout: () => undefined,
      },
      errors: [],
    };
  },
};

/** Exactly one way, or none. */
function handedInBy(input: PresentationVerifyInput): HandedIn | undefined {
  const { presentation, vpToken, digitalCredential } = input;
  const ways = [
    ...(presentation == null ? [] : [{ kind: 'presentation', presentation } as const]),
    ...(vpToken == null ? [] : [{ kind: 'vp-token', vpToken } as const]),
    ...(digitalCredential == null
      ? []
      : [{ kind: 'digital-credential', ...digitalCredential } as const]),
  ];
  return ways.length === 1 ? ways[0] : undefined;
}

/** Resolvers of `PresentationRequest`. The organisation that asked has been checked. */
export const PresentationRequest: PresentationRequestResolvers = {
  state: (request, _args, { parts }) => presentationState(request, parts.now()),
  template: ({ template }) => template ?? null,
  reference: ({ reference }) => reference ?? null,
  startsOn: ({ startsOn }) => startsOn ?? null,
  dcql: ({ query }) => query,
  link: ({ id }, _args, { parts }) => parts.addresses.presentationPage(id),
  walletUri: (request, _args, { parts }) =>
    request.sameDevice ? null : walletUri(request, parts.addresses),
  async digitalCredentialRequest(request, _args, { parts, takeReads }) {
    const open = request.answeredAt === undefined && request.expiresAt > parts.now();
    if (request.origins.length === 0 || !open) return null;
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    return digitalCredentialRequest(await requestObject(request, 'page', parts));
  },
  audience: ({ odsCode }, _args, { parts }) => parts.addresses.verifier(odsCode),
  fetchedAt: ({ fetchedAt }) => fetchedAt ?? null,
  answeredAt: ({ answeredAt }) => answeredAt ?? null,
  refusedBecause: ({ refusedBecause }) => refusedBecause ?? null,
  closedAt: ({ closedAt }) => closedAt ?? null,
  listId: ({ listId }) => listId ?? null,
  result(request, _args, { caller, disclose, parts, takeReads }) {
    const { id, odsCode, result } = request;
    if (result === undefined || request.releasedAt === undefined) return null;
    let reading: Promise<DisclosedClaims | undefined> | undefined;
    const readClaims = () => {
      reading ??= takeReads(1)
        ? parts.presentations.disclosed(id, odsCode)
        : Promise.reject(publicError('INVALID_VALUE'));
      return reading;
    };
    return {
      ...resultShape(request, result, readClaims),
      readAbout: () => {
        requirePurpose(caller);
        for (const staffId of peopleOf(result)) disclose(staffId);
      },
    };
  },
};

/** Resolvers of `VerificationResult`. What came of a request is the organisation's own; whose it is and what they shared is read. */
export const VerificationResult: Pick<VerificationResultResolvers, 'holder' | 'credentials'> = {
  holder({ holder, readAbout }) {
    readAbout();
    return holder;
  },
  credentials({ credentials, readAbout }) {
    readAbout();
    return credentials;
  },
};

const resultShape = (
  { id }: StoredPresentation,
  { outcome, checkedAt, staffId, credentials, checks }: StoredResult,
  readClaims: PresentedCredentialParent['readClaims'],
) => ({
  outcome,
  checkedAt,
  holder: staffId === undefined ? null : { id: staffId },
  credentials: credentials.map((credential) => ({ ...credential, requestId: id, readClaims })),
  checks: checks.map(checkShape),
});

const checkShape = ({ name, section, outcome, code }: StoredCheck): VerificationCheck => ({
  name,
  section,
  outcome,
  code: code ?? null,
});

/** Resolvers of `PresentedCredential`. */
export const PresentedCredential: PresentedCredentialResolvers = {
  type: ({ type }) => type ?? null,
  issuer: ({ issuerOds }) => (issuerOds === undefined ? null : { odsCode: issuerOds }),
  credentialId: ({ credentialId }) => credentialId ?? null,
  issuedAt: ({ issuedAt }) => issuedAt ?? null,
  expiresAt: ({ expiresAt }) => expiresAt ?? null,
  statusAsOf: ({ statusAsOf }) => statusAsOf ?? null,
  claims: async ({ queryId, readClaims }) => (await readClaims())?.get(queryId) ?? null,
  checks: ({ checks }) => checks.map(checkShape),
};

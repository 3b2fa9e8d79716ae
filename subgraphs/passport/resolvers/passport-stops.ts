/** Stopping with a second person: for the administrators of the organisation that issued. */
import type { Caller } from '../../../runtime/caller-statement.ts';
import { publicError } from '../../../runtime/graphql-error.ts';
import type { PassportContext } from '../context.ts';
import type { Actor } from '../domain/actor.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { pageOf } from '../domain/page.ts';
import {
  approveStop,
  OUTLOOK_DAYS,
  type PassportStop as StoredStop,
  pausePassport,
  refuseStop,
  requestStop,
  reviewStop,
  stopStanding,
} from '../domain/passport-stop.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { actingFor, requirePurpose } from './caller-rules.ts';
import type {
  MutationResolvers,
  PassportStopResolvers,
  QueryResolvers,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';
import { wantedPage } from './wanted-page.ts';

/** Most credentials shown of one stop. */
const CREDENTIALS_SHOWN = 100;
const DAY_MS = 24 * 3_600_000;

/** A person who stops for an organisation: two of them are wanted, so no system will do. */
function stopping(caller: Caller): Actor {
  if (caller.kind !== 'person') throw publicError('FORBIDDEN');
  return actingFor(caller, 'passport:revoke');
}

/** Their queries. */
export const stopQueries: Pick<
  QueryResolvers,
  'passportStop' | 'passportStops' | 'passportStopOutlook'
> = {
  async passportStop(_parent, { id }, { caller, disclose, parts }) {
    const { odsCode } = stopping(caller);
    requirePurpose(caller);
    const found = await parts.stops.find(id, odsCode);
    if (found !== undefined) disclose(found.staffId);
    return found ?? null;
  },
  async passportStops(_parent, { group, first, after }, { caller, disclose, parts }) {
    const { odsCode } = stopping(caller);
    requirePurpose(caller);
    const wanted = wantedPage(first, after);
    const rows = await parts.stops.list(odsCode, group, wanted, parts.now());
    const page = pageOf(rows, wanted, (stop) => stop);
    for (const { node } of page.edges) disclose(node.staffId);
    return page;
  },
  async passportStopOutlook(_parent, { staffId, credentialId }, { caller, disclose, parts }) {
    const { odsCode } = stopping(caller);
    requirePurpose(caller);
    const now = parts.now();
    const outlook = await parts.stops.outlook(
      { staffId, odsCode, ...(credentialId == null ? {} : { credentialId }) },
      new Date(now.getTime() - OUTLOOK_DAYS * DAY_MS),
      now,
    );
    // Of somebody to whom this organisation issued nothing, nothing is told.
    if (outlook.credentials === 0) return null;
    disclose(staffId);
    return { ...outlook, days: OUTLOOK_DAYS };
  },
};

/** Their mutations. */
export const stopMutations: Pick<
  MutationResolvers,
  | 'passportPause'
  | 'passportStopRequest'
  | 'passportStopApprove'
  | 'passportStopRefuse'
  | 'passportStopReview'
> = {
  async passportPause(_parent, { input }, { caller, parts, disclose }) {
    const by = actingFor(caller, 'passport:revoke');
    if (!keyFits(input.idempotencyKey)) return { paused: null, errors: keyRefused };
    const outcome = await pausePassport({ ...input, by }, parts);
    if (typeof outcome !== 'number') return { paused: null, errors: userErrors(outcome) };
    disclose(input.staffId);
    return { paused: outcome, errors: [] };
  },
  async passportStopRequest(_parent, { input }, context) {
    const by = stopping(context.caller);
    if (!keyFits(input.idempotencyKey)) return { stop: null, errors: keyRefused };
    const { credentialId, note, urgent, ...wanted } = input;
    const request = {
      ...wanted,
      ...(credentialId == null ? {} : { credentialId }),
      ...(note == null ? {} : { note }),
      urgent: urgent ?? false,
      by,
    };
    return payload(await requestStop(request, context.parts), context);
  },
  async passportStopApprove(_parent, { input }, context) {
    const by = stopping(context.caller);
    if (!keyFits(input.idempotencyKey)) return { stop: null, errors: keyRefused };
    return payload(await approveStop({ ...input, by }, context.parts), context);
  },
  async passportStopRefuse(_parent, { input }, context) {
    const by = stopping(context.caller);
    if (!keyFits(input.idempotencyKey)) return { stop: null, errors: keyRefused };
    return payload(await refuseStop({ ...input, by }, context.parts), context);
  },
  async passportStopReview(_parent, { input }, context) {
    const by = stopping(context.caller);
    if (!keyFits(input.idempotencyKey)) return { stop: null, errors: keyRefused };
    return payload(await reviewStop({ ...input, by }, context.parts), context);
  },
};

const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;
const keyRefused = userErrors(refused('INVALID_VALUE', 'idempotencyKey'));

function payload(outcome: StoredStop | Refusal, { disclose }: Pick<PassportContext, 'disclose'>) {
  if ('kind' in outcome) return { stop: null, errors: userErrors(outcome) };
  disclose(outcome.staffId);
  return { stop: outcome, errors: [] };
}

const person = (id: string | undefined) => (id === undefined ? null : { id });

/** Resolvers of `PassportStop`. */
export const PassportStop: PassportStopResolvers = {
  staff: ({ staffId }) => ({ id: staffId }),
  async credential({ credentialId }, _args, { parts }) {
    return credentialId === undefined
      ? null
      : ((await parts.credentials.find(credentialId)) ?? null);
  },
  async credentials(stop, _args, { parts, takeReads }) {
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    return parts.stops.credentialsOf(stop, CREDENTIALS_SHOWN, parts.now());
  },
  note: ({ note }) => note ?? null,
  state: (stop, _args, { parts }) => stopStanding(stop, parts.now()),
  requestedBy: ({ requestedBy }) => ({ id: requestedBy }),
  decidedBy: ({ decidedBy }) => person(decidedBy),
  decidedAt: ({ decidedAt }) => decidedAt ?? null,
  stopped: ({ stopped }) => stopped ?? null,
  reviewDueAt: ({ reviewDueAt }) => reviewDueAt ?? null,
  reviewedBy: ({ reviewedBy }) => person(reviewedBy),
  reviewedAt: ({ reviewedAt }) => reviewedAt ?? null,
  review: ({ review }) => review ?? null,
};

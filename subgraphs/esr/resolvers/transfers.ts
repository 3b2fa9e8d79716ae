/** Transfers: the person sees those of their own record, an organisation those it is part of. */
import { z } from 'zod';

import { publicError } from '../../../runtime/graphql-error.ts';
import type { EsrContext } from '../context.ts';
import { parseEsrDate } from '../domain/esr-date.ts';
import { identifierFault } from '../domain/identifiers.ts';
import {
  completeTransfer,
  decideTransfer,
  giveConsent,
  requestTransfer,
  type TransferOutcome,
  type TransferRefusal,
  withdrawConsent,
} from '../domain/act-on-transfer.ts';
import { changedSince } from '../domain/staff-record.ts';
import type { StoredTransfer } from '../domain/transfer.ts';
import type { TransferActor, TransferView } from '../domain/transfer-ports.ts';
import { findStaff } from './find-staff.ts';
import { listArguments } from './list-arguments.ts';
import { parsePositionCursor, positionCursor } from './position-cursor.ts';
import type { MutationResolvers, QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 100;
const OWN_LIMIT = 100;

/** Queries about transfers. */
export const transferQueries: Pick<QueryResolvers, 'transfer' | 'transfers' | 'myTransfers'> = {
  transfer: async (_parent, { id }, context) => {
    for (const view of viewsOf(context)) {
      const found = await context.transfers.find(id, view);
      if (found !== undefined && mayRead(found, view)) return shown(found, context);
    }
    return null;
  },

  transfers: async (_parent, { state, first, after, ...args }, context) => {
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const { asOf, since } = listArguments(args);
    const odsCode = hrOf(context);
    const rows = await context.transfers.list(odsCode, {
      state: state ?? undefined,
      asOf,
      changedSince: since,
      after: after == null ? undefined : parsePositionCursor(after),
      limit: first + 1,
    });
    const page = rows.slice(0, first);
    const last = page.at(-1);
    return {
      edges: page.map((row) => ({ cursor: cursorOf(row), node: shown(row, context) })),
      pageInfo: {
        hasNextPage: rows.length > first,
        endCursor: last === undefined ? null : cursorOf(last),
      },
    };
  },

  myTransfers: async (_parent, args, { caller, transfers }) => {
    const { asOf, since } = listArguments(args);
    if (caller.kind !== 'person' || !caller.scopes.has('self:read')) return [];
    return changedSince(await transfers.listOf(caller.subject, OWN_LIMIT, asOf), since);
  },
};

/** What is done to transfers. */
export const transferMutations: Pick<
  MutationResolvers,
  | 'transferRequest'
  | 'transferConsentGive'
  | 'transferConsentWithdraw'
  | 'transferDecide'
  | 'transferComplete'
> = {
  transferRequest: async (_parent, { input }, context) => {
    const odsCode = hrOf(context);
    const { staffId, from, idempotencyKey } = input;
    const consentGivenOn = input.consentGivenOn ?? undefined;
    if (!keyFits(idempotencyKey)) return keyRefused;
    if (consentGivenOn !== undefined && parseEsrDate(consentGivenOn) !== consentGivenOn) {
      return payload({ kind: 'refused', code: 'INVALID_VALUE', field: 'consentGivenOn' }, context);
    }
    // An organisation asks about people that it may see itself.
    const unknown = identifierFault('odsCode', from) !== undefined;
    if (unknown || (await findStaff(staffId, context)) === null) {
      const field = unknown ? 'from' : 'staffId';
      return payload({ kind: 'refused', code: 'NOT_FOUND', field }, context);
    }
    const by = actorOf(context, odsCode);
    const request = { idempotencyKey, by, staffId, fromOds: from, toOds: odsCode, consentGivenOn };
    return payload(await requestTransfer(request, context), context);
  },

  transferConsentGive: async (_parent, { input }, context) => {
    requirePerson(context);
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    return payload(
      await giveConsent({ ...input, by: actorOf(context, undefined) }, context),
      context,
    );
  },

  transferConsentWithdraw: async (_parent, { input }, context) => {
    const { caller } = context;
    const self = caller.kind === 'person' && caller.scopes.has('self:share');
    // Whoever works in HR is staff too: what they do for their organisation has a purpose.
    const forOrganisation = caller.scopes.has('hr:read') && caller.purpose !== undefined;
    const odsCode = self && !forOrganisation ? undefined : hrOf(context);
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    return payload(
      await withdrawConsent({ ...input, by: actorOf(context, odsCode) }, context),
      context,
    );
  },

  transferDecide: async (_parent, { input }, context) => {
    const by = actorOf(context, hrOf(context));
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    const reason = decisionReason.safeParse(input.reason);
    if (!reason.success) {
      return payload({ kind: 'refused', code: 'INVALID_VALUE', field: 'reason' }, context);
    }
    const employeeNumber = input.employeeNumber ?? undefined;
    const decided = { ...input, employeeNumber, reason: reason.data, by };
    return payload(await decideTransfer(decided, context), context);
  },

  transferComplete: async (_parent, { input }, context) => {
    const by = actorOf(context, hrOf(context));
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    return payload(await completeTransfer({ ...input, by }, context), context);
  },
};

/** One line, without control characters. */
const decisionReason = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);

const keyFits = (key: string): boolean => key.length >= 1 && key.length <= 200;

const MESSAGES: Readonly<Record<TransferRefusal['code'], string>> = {
  INVALID_VALUE: 'This value is not allowed.',
  NOT_FOUND: 'There is no such thing, or you may not see it.',
  IDEMPOTENCY_KEY_REUSED: 'This key was used for something else. Use a new one.',
  SECOND_PERSON_REQUIRED: 'Somebody else has to decide this.',
  TOO_MANY: 'Too many moves of this person have been asked for.',
};

const userErrors = ({ code, field }: TransferRefusal) => [
  { code, message: MESSAGES[code], path: ['input', field] },
];
const keyRefused = {
  transfer: null,
  errors: userErrors({ kind: 'refused', code: 'INVALID_VALUE', field: 'idempotencyKey' }),
};

function payload(outcome: TransferOutcome, context: EsrContext) {
  if ('kind' in outcome) return { transfer: null, errors: userErrors(outcome) };
  return { transfer: shown(outcome, context), errors: [] };
}

/** A transfer that goes out: an organisation's reading of it is in the person's access log. */
function shown(transfer: StoredTransfer, { caller, disclose }: EsrContext): StoredTransfer {
  if (!transfer.personIds.includes(caller.subject)) disclose(transfer.staffId);
  return transfer;
}

/**
 * The organisation whose HR the caller is.
 *
 * @throws `FORBIDDEN`, `PURPOSE_REQUIRED`
 */
function hrOf({ caller }: EsrContext): string {
  if (!caller.scopes.has('hr:read') || caller.odsCode === undefined) throw publicError('FORBIDDEN');
  if (caller.purpose === undefined) throw publicError('PURPOSE_REQUIRED');
  return caller.odsCode;
}

function requirePerson({ caller }: EsrContext): void {
  if (caller.kind !== 'person' || !caller.scopes.has('self:share')) throw publicError('FORBIDDEN');
}

const actorOf = ({ caller }: EsrContext, odsCode: string | undefined): TransferActor => ({
  kind: caller.kind,
  subject: caller.subject,
  odsCode,
});

/** In whose name the caller may read transfers: their own, then their organisation's, which says why it reads. */
function* viewsOf(context: EsrContext): Generator<TransferView> {
  const { caller } = context;
  if (caller.kind === 'person' && caller.scopes.has('self:read')) {
    yield { staffId: caller.subject };
  }
  if (caller.scopes.has('hr:read') && caller.odsCode !== undefined) {
    yield { odsCode: hrOf(context) };
  }
}

/** The person, the new employer, and with the person's consent the previous one. */
const mayRead = (transfer: StoredTransfer, view: TransferView): boolean =>
  'staffId' in view
    ? transfer.personIds.includes(view.staffId)
    : transfer.toOds === view.odsCode ||
      (transfer.fromOds === view.odsCode && transfer.consent.state === 'GIVEN');

const cursorOf = ({ position }: StoredTransfer): string => positionCursor(position);

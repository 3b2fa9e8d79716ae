/** The audit trail of an organisation, for its administrators: who did what to what, and whether the trail is whole. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { checkAuditChain } from '../domain/audit-chain.ts';
import { staffId } from '../domain/identifiers.ts';
import { pageOf } from '../domain/page.ts';
import { actingFor, requirePurpose } from './caller-rules.ts';
import type { QueryResolvers } from './types.generated.ts';
import { wantedPage } from './wanted-page.ts';

/** Most actions in one filter. */
const MOST_ACTIONS = 50;

const moment = (at: unknown): Date | undefined => {
  if (at == null) return undefined;
  const read = new Date(at as string | Date);
  if (Number.isNaN(read.getTime())) throw publicError('INVALID_VALUE');
  return read;
};

/** The queries. */
export const auditQueries: Pick<QueryResolvers, 'auditEvents' | 'auditChain'> = {
  async auditEvents(_parent, { where, first, after }, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'access:review');
    requirePurpose(caller);
    const wanted = wantedPage(first, after);
    const { actions, actor, subject } = where ?? {};
    if (actions != null && (actions.length < 1 || actions.length > MOST_ACTIONS)) {
      throw publicError('INVALID_VALUE');
    }
    const [from, until] = [moment(where?.from), moment(where?.until)];
    const rows = await parts.auditTrail.list(
      odsCode,
      {
        ...(actions == null ? {} : { actions }),
        ...(actor == null ? {} : { actor }),
        ...(subject == null ? {} : { subject }),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      },
      wanted,
    );
    return pageOf(rows, wanted, (row) => ({
      at: row.at,
      actor: row.actor,
      person: staffId.safeParse(row.actor).success ? { id: row.actor } : null,
      action: row.action,
      subject: row.subject,
      requestId: row.requestId ?? null,
    }));
  },

  async auditChain(_parent, _args, { caller, parts }) {
    actingFor(caller, 'access:review');
    const { unbroken, at, events } = await checkAuditChain(parts);
    return { unbroken, at: at ?? null, events };
  },
};

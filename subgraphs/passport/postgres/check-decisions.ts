/** A trust's own checks and decisions in PostgreSQL. The words of a reason are sealed. */
import { z } from 'zod';

import { employmentCheck } from '../domain/employment-checks/outcome.ts';
import type { LocalDecision } from '../domain/employment-checks/evidence.ts';
import type { CheckDecisions } from '../domain/ports/check-decisions.ts';
import type { Sealer } from '../domain/ports/keys.ts';
import { writeAudit } from './audit.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z.object({
  id: z.string(),
  employment_check: employmentCheck,
  kind: z.enum(['ORIGINALS_SEEN', 'CHECKED', 'BYPASSED']),
  outcome: z.enum(['PASS', 'FAIL']).nullable(),
  sealed_reason: z.string(),
  ends_on: z.string().nullable(),
  actor: z.string(),
  actor_name: z.string(),
  at: timestamp,
});

const added = z.object({ decisionId: z.string() });
const withdrawn = z.object({ staffId: z.string() });

const context = (id: string): string => `check decision ${id}`;

/** Decisions in PostgreSQL. */
export function postgresCheckDecisions(db: PassportDatabase, sealer: Sealer): CheckDecisions {
  const toDecision = (found: unknown): LocalDecision => {
    const one = row.parse(found);
    return {
      id: one.id,
      check: one.employment_check,
      kind: one.kind,
      ...(one.outcome === null ? {} : { outcome: one.outcome }),
      reason: sealer.open(one.sealed_reason, context(one.id)),
      ...(one.ends_on === null ? {} : { endsOn: one.ends_on }),
      by: { subject: one.actor, name: one.actor_name },
      at: one.at,
    };
  };
  return {
    async about(staffId, odsCode) {
      const found = await db
        .selectFrom('check_decision')
        .distinctOn(['employment_check', 'kind'])
        .selectAll()
        .where('ods_code', '=', odsCode)
        .where('staff_id', '=', staffId)
        .where('withdrawn_at', 'is', null)
        .orderBy('employment_check')
        .orderBy('kind')
        .orderBy('position', 'desc')
        .execute();
      return found.map(toDecision);
    },
    add: (decision, staffId, by, { key, requestHash }) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now: decision.at };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') {
          const earlier = await transaction
            .selectFrom('check_decision')
            .selectAll()
            .where('id', '=', added.parse(claimed.answer).decisionId)
            .executeTakeFirstOrThrow();
          return toDecision(earlier);
        }
        await transaction
          .insertInto('check_decision')
          .values({
            id: decision.id,
            ods_code: by.odsCode,
            staff_id: staffId,
            employment_check: decision.check,
            kind: decision.kind,
            outcome: decision.outcome ?? null,
            sealed_reason: sealer.seal(decision.reason, context(decision.id)),
            ends_on: decision.endsOn ?? null,
            actor: by.subject,
            actor_name: by.name,
            request_id: by.requestId,
            at: decision.at,
            withdrawn_at: null,
            withdrawn_by: null,
          })
          .execute();
        await writeAudit(transaction, [
          {
            at: decision.at,
            by,
            action: 'employment-check.decided',
            subject: decision.id,
            odsCode: by.odsCode,
            details: {
              staffId,
              check: decision.check,
              kind: decision.kind,
              outcome: decision.outcome ?? null,
              endsOn: decision.endsOn ?? null,
            },
          },
        ]);
        await keepAnswer(transaction, claim, { decisionId: decision.id });
        return decision;
      }),
    withdraw: (id, by, { key, requestHash }, now) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') return withdrawn.safeParse(claimed.answer).data;
        const taken = await transaction
          .updateTable('check_decision')
          .set({ withdrawn_at: now, withdrawn_by: by.subject })
          .where('id', '=', id)
          .where('ods_code', '=', by.odsCode)
          .where('withdrawn_at', 'is', null)
          // Nobody takes back what others decided about them.
          .where('staff_id', '<>', by.subject)
          .returning(['staff_id', 'employment_check', 'kind'])
          .executeTakeFirst();
        if (taken === undefined) return undefined;
        const { staff_id: staffId, employment_check: check, kind } = taken;
        await writeAudit(transaction, [
          {
            at: now,
            by,
            action: 'employment-check.withdrawn',
            subject: id,
            odsCode: by.odsCode,
            details: { staffId, check, kind },
          },
        ]);
        await keepAnswer(transaction, claim, { staffId });
        return { staffId };
      }),
  };
}

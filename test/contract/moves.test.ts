/** What agreements, placements and transfers promise when many act at once, on PGlite and on a real PostgreSQL server. */
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import { requestTransfer } from '../../subgraphs/esr/domain/act-on-transfer.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { postgresTransfers } from '../../subgraphs/esr/postgres/transfers.ts';
import type { IssueIntention } from '../../subgraphs/passport/domain/ports/credentials.ts';
import {
  acceptAgreement,
  endAgreement,
  proposeAgreement,
  type SharingAgreement,
} from '../../subgraphs/passport/domain/sharing-agreement.ts';
import type { Refusal } from '../../subgraphs/passport/domain/user-error.ts';
import {
  postgresPlacements,
  recordPlacement,
} from '../../subgraphs/passport/postgres/placements.ts';
import { postgresSharingAgreements } from '../../subgraphs/passport/postgres/sharing-agreements.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const twenty = <Value>(act: (n: number) => Promise<Value>): Promise<readonly Value[]> =>
  Promise.all(Array.from({ length: 20 }, (_each, n) => act(n)));

describe('on PGlite', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
    for (const schema of ['esr', 'passport'] as const) {
      const folder = new URL(`../../subgraphs/${schema}/postgres/migrations`, import.meta.url);
      await migrate(opened.database, schema, folder);
    }
    await sql`insert into esr.organisation (ods_code, name, type, status)
      values ('RZ1', 'One', 'NHS_TRUST', 'OPEN'), ('RZ2', 'Two', 'NHS_TRUST', 'OPEN')`.execute(
      esr(),
    );
    await sql`insert into esr.staff (id, birth_date) values (${STAFF}, '1980-01-01')`.execute(
      esr(),
    );
    await sql`insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number,
      person_type, birth_date) values
      ('RZ1', '1', ${STAFF}, '90000001', 'EMPLOYEE', '1980-01-01'),
      ('RZ2', '2', ${STAFF}, '90000002', 'EMPLOYEE', '1980-01-01')`.execute(esr());
    await sql`insert into esr.employment_name (ods_code, esr_person_id, effective_from, family)
      values ('RZ1', '1', '2020-01-01', 'Marsh'), ('RZ2', '2', '2020-01-01', 'MARSH ')`.execute(
      esr(),
    );
    await sql`insert into esr.employment_ni_number values
      ('RZ1', '1', 'QQ000011A'), ('RZ2', '2', 'QQ000011A')`.execute(esr());
  });
  afterAll(() => opened.close());

  const STAFF = `stf_${'m'.repeat(22)}`;
  const esr = () => opened.database.schema<EsrTables>('esr');
  const passport = () => opened.database.schema<PassportTables>('passport');
  const parts = () => ({ agreements: postgresSharingAgreements(passport()), now: () => NOW });
  const by = (odsCode: string) => ({
    subject: `stf_${odsCode}`,
    name: odsCode,
    odsCode,
    requestId: 'r',
  });
  const outcomeOf = (outcome: SharingAgreement | Refusal): string =>
    'kind' in outcome ? outcome.code : outcome.id;
  let keys = 0;
  const newKey = (): string => `key-${String((keys += 1))}`;
  const propose = (reference: string, odsCode: string, idempotencyKey = newKey()) =>
    proposeAgreement(
      {
        idempotencyKey,
        reference,
        odsCode: odsCode === 'RZ1' ? 'RZ2' : 'RZ1',
        startsOn: '2026-01-01',
        endsOn: '2026-12-31',
        by: by(odsCode),
      },
      parts(),
    );
  const decide = (act: typeof endAgreement, agreementId: string, odsCode: string) =>
    act({ idempotencyKey: newKey(), agreementId, by: by(odsCode) }, parts());
  const agreed = async (reference: string): Promise<string> => {
    const id = outcomeOf(await propose(reference, 'RZ1'));
    return outcomeOf(await decide(acceptAgreement, id, 'RZ2'));
  };

  it('has one agreement of proposals made at once from both sides, and one of one key', async () => {
    const ids = await twenty((n) => propose('A', n % 2 === 0 ? 'RZ1' : 'RZ2'));
    expect(ids.map(outcomeOf).filter((id) => id.startsWith('agr_'))).toHaveLength(1);
    expect(new Set(ids.map(outcomeOf)).size).toBe(2);
    const same = await twenty(() => propose('B', 'RZ1', 'one-key'));
    expect(new Set(same.map(outcomeOf))).toEqual(new Set([expect.stringMatching(/^agr_/)]));
    expect(new Set(same.map(outcomeOf)).size).toBe(1);
  });

  it('accepts a proposal once', async () => {
    const id = outcomeOf(await propose('C', 'RZ1'));
    const outcomes = (await twenty(() => decide(acceptAgreement, id, 'RZ2'))).map(outcomeOf);
    expect(outcomes.filter((outcome) => outcome === id)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'NOT_FOUND')).toHaveLength(19);
  });

  it('ends no agreement while a credential that stands on it is being recorded', async () => {
    const id = await agreed('D');
    const placement = {
      hostOds: 'RZ2',
      between: ['RZ1', 'RZ2'] as const,
      endsAt: new Date('2026-12-01T23:59:59Z'),
      agreement: { reference: 'D', startsOn: '2026-01-01', endsOn: '2026-12-31' },
    };
    const intention = { offerId: 'ofr_d', staffId: STAFF, now: NOW } as IssueIntention;
    await passport()
      .insertInto('offer')
      .values({
        id: 'ofr_d',
        staff_id: STAFF,
        ods_code: 'RZ1',
        types: sql`'[]'::jsonb`,
        created_at: NOW,
        expires_at: NOW,
        sealed_answer: null,
        sealed_attestations: null,
      })
      .execute();
    let recorded = false;
    let ended: Promise<string> = Promise.resolve('');
    await passport()
      .transaction()
      .execute(async (within) => {
        expect(await recordPlacement(within, intention, placement)).toBeUndefined();
        ended = decide(endAgreement, id, 'RZ2').then((outcome) => {
          expect(recorded).toBe(true);
          return outcomeOf(outcome);
        });
        await pause(100);
        recorded = true;
      });
    expect(await ended).toBe(id);
    const refusal = await passport()
      .transaction()
      .execute((within) => recordPlacement(within, intention, placement));
    expect(refusal?.code).toBe('NO_AGREEMENT');
  });

  it('ends a placement once, and numbers endings in their order', async () => {
    const placements = postgresPlacements(passport());
    const later = new Date('2026-12-02T00:00:00Z');
    const counts = await twenty(() => placements.endDue(later, 100));
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    const { ended, position } = await placements.listEnded(0, 100, later);
    expect(ended).toEqual([{ staffId: STAFF, hostOds: 'RZ2', at: later, placedThere: false }]);
    expect((await placements.listEnded(position, 100, later)).ended).toEqual([]);
  });

  it('has one transfer of twenty requests for one move, and of one key', async () => {
    const ask = (idempotencyKey: string) =>
      requestTransfer(
        {
          idempotencyKey,
          by: { kind: 'machine', subject: 'hr-of-RZ2', odsCode: 'RZ2' },
          staffId: STAFF,
          fromOds: 'RZ1',
          toOds: 'RZ2',
          consentGivenOn: '2026-11-01',
        },
        { transfers: postgresTransfers(esr()), now: NOW, day: '2026-11-22' },
      );
    const outcomes = [...(await twenty(() => ask(newKey()))), ...(await twenty(() => ask('one')))];
    expect(new Set(outcomes.map((one) => ('kind' in one ? one.code : one.id))).size).toBe(1);
    expect(new Set(outcomes.map((one) => ('kind' in one ? one.code : one.state)))).toEqual(
      new Set(['RELEASED']),
    );
  });
}

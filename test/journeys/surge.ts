/** A nurse is shared during a surge: two trusts agree, she goes over, is checked on a ward without network, and comes back. */
import type { LocalSystem } from '../../local/start.ts';
import { readVerificationBundle, verifyOffline } from '../../standards/verifier.ts';
import { ask } from './clients.ts';
import { change, signInOn, until } from './scenario.ts';
import { checkHeld, type Stage, type Verification } from './story.ts';
import { collect, type Held, present } from './wallet.ts';

/** What came of it, for assertions. */
export interface SurgeEnding {
  /** Code of the first attempt, before the trusts had agreed. */
  readonly withoutAgreement: readonly string[];
  /** From the first click of HR to the credential in the wallet, in milliseconds. */
  readonly placedAfterMs: number;
  /** The credential's last second, as a clock in London shows it. */
  readonly lastSecond: string;
  readonly lastDay: string;
  readonly online: Verification;
  readonly offline: Away;
  /** The same a day and an hour after the bundle was fetched. */
  readonly offlineTooLate: Away;
  readonly afterTheEnd: Verification;
  /** Status of a question at the host with the token from before, before and after. */
  readonly atTheHost: readonly [number, number];
  /** The same for her own record. */
  readonly atHerEmployer: readonly [number, number];
}

/** What a check without network says. */
interface Away {
  readonly offline: boolean;
  readonly outcome: string;
  readonly statusAsOf: Date | undefined;
}

const DAY_MS = 86_400_000;
const dayFrom = (days: number): string =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const ASKED = { type: 'TEMPORARY_PLACEMENT', claims: ['licence_to_attend', 'end_date'] } as const;

/** Tells the scenario on a local system on which the story has been told. */
export async function shareInSurge(
  stage: Stage,
  system: Pick<LocalSystem, 'operations' | 'url'>,
  staffId: string,
): Promise<SurgeEnding> {
  const { trustA, trustB, nurse } = stage;
  const lastDay = dayFrom(200);
  const agreed = { reference: 'SURGE/1', startsOn: dayFrom(-2), endsOn: dayFrom(240) };
  const hrA = await signInOn(stage, trustA.hrOfficerMail, 'passport:offer', 'HR_OFFICER');
  const hrB = await signInOn(stage, trustB.hrOfficerMail, 'passport:verify', 'HR_OFFICER');
  const offer = () =>
    change<{ offer: { uri: string; transactionCode: string } | null }>(
      stage,
      hrA,
      {
        field: 'credentialOffer',
        input: 'CredentialOfferInput',
        answer: 'offer { uri transactionCode }',
      },
      {
        staffId,
        types: [ASKED.type],
        attestations: [placement({ trustA, trustB, lastDay, agreed })],
      },
    );
  const { errors } = await offer();

  const agreement = { input: 'AgreementDecisionInput', answer: 'agreement { id }' };
  const administratorOf = ({ administratorMail }: Stage['trustA']) =>
    signInOn(stage, administratorMail, 'agreement:manage', 'ADMINISTRATOR');
  const administratorB = await administratorOf(trustB);
  const { agreement: proposed } = await change<{ agreement: { id: string } | null }>(
    stage,
    await administratorOf(trustA),
    { ...agreement, field: 'agreementPropose', input: 'AgreementProposeInput' },
    { ...agreed, odsCode: trustB.odsCode },
  );
  const agreementId = proposed?.id;
  await change(stage, administratorB, { ...agreement, field: 'agreementAccept' }, { agreementId });

  const started = performance.now();
  const made = (await offer()).offer;
  if (made === null) throw new Error('no offer');
  const [held] = await collect(made.uri, made.transactionCode);
  if (held === undefined) throw new Error('no credential');
  const placedAfterMs = performance.now() - started;

  // While she is there the host gives her a role, and she signs in with it.
  const role = { mail: nurse.mail, role: 'ADMINISTRATOR', odsCode: trustB.odsCode };
  const { run } = system.operations;
  const { grantId } = (await run('requestRole', { ...role, by: 'one' }, () => undefined)) as {
    grantId: string;
  };
  await run('approveRole', { grantId, by: 'another' }, () => undefined);
  const atHost = await signInOn(stage, nurse.mail, 'agreement:manage', 'ADMINISTRATOR');
  const herOwn = await signInOn(stage, nurse.mail, 'self:read', 'STAFF');
  const statusAtHost = async (): Promise<number> =>
    (
      await ask(stage.graph, {
        token: atHost,
        purpose: 'HR_ADMINISTRATION',
        query: '{ sharingAgreements(first: 1) { edges { cursor } } }',
      })
    ).status;
  const statusAtEmployer = async (): Promise<number> =>
    (await ask(stage.graph, { token: herOwn, query: '{ me { id } }' })).status;
  const before = [await statusAtHost(), await statusAtEmployer()] as const;

  const online = await checkHeld(stage, hrB, held, ASKED);
  const away = await awayFromTheNetwork(system, held);
  await change(stage, administratorB, { ...agreement, field: 'agreementEnd' }, { agreementId });
  const afterTheEnd = await until(
    () => checkHeld(stage, hrB, held, ASKED),
    ({ outcome }) => outcome !== 'VALID',
  );
  const hostAfter = await until(statusAtHost, (status) => status !== 200);
  return {
    withoutAgreement: errors.map(({ code }) => code),
    placedAfterMs,
    lastSecond: inLondon(expiryOf(held)),
    lastDay,
    online,
    ...away,
    afterTheEnd,
    atTheHost: [before[0], hostAfter],
    atHerEmployer: [before[1], await statusAtEmployer()],
  };
}

const placement = ({
  trustA,
  trustB,
  lastDay,
  agreed,
}: Pick<Stage, 'trustA' | 'trustB'> & {
  readonly lastDay: string;
  readonly agreed: { reference: string; startsOn: string; endsOn: string };
}) => ({
  type: ASKED.type,
  claims: {
    permanent_employer_ods_code: trustA.odsCode,
    host_ods_code: trustB.odsCode,
    position_title: 'Staff Nurse',
    department: 'Critical care',
    department_contact: 'Ward manager',
    hr_contact: 'Temporary staffing',
    work_pattern: 'Three long days a week',
    approved_by: 'Director of Nursing',
    start_date: dayFrom(0),
    end_date: lastDay,
    licence_to_attend: true,
    agreement_reference: agreed.reference,
    agreement_starts_on: agreed.startsOn,
    agreement_ends_on: agreed.endsOn,
  },
  provenance: {
    assuranceOutcome: 'Onboarding complete',
    verifier: 'Origin',
    verificationMethod: 'Document Verification',
    lastRefresh: '2026-03-02T00:00:00Z',
  },
});

/** The ward: what was fetched in the morning, and no network. */
async function awayFromTheNetwork(
  { operations, url }: Pick<LocalSystem, 'operations' | 'url'>,
  held: Held,
): Promise<Pick<SurgeEnding, 'offline' | 'offlineTooLate'>> {
  const registry = (await operations.run('issuerRegistry', {}, () => undefined)) as {
    readonly anchors: readonly [string];
  };
  const text = await (await fetch(`${url}/verification-bundle`)).text();
  const fetchedAt = new Date();
  const reading = await readVerificationBundle(text, {
    anchor: registry.anchors[0],
    now: fetchedAt,
  });
  if (reading.kind === 'refused') throw new Error(reading.fault);
  const request = { nonce: 'of-the-ward', audience: 'https://ward.example', claims: ASKED.claims };
  const presentation = await present(held, request);
  const checkAt = async (now: Date): Promise<Away> => {
    const { offline, outcome, statusAsOf } = await verifyOffline(presentation, reading.bundle, {
      now,
      keyBinding: 'not-required',
    });
    return { offline, outcome, statusAsOf };
  };
  return {
    offline: await checkAt(fetchedAt),
    offlineTooLate: await checkAt(new Date(fetchedAt.getTime() + DAY_MS + 3_600_000)),
  };
}

const expiryOf = ({ sdJwt }: Held): Date => {
  const payload = Buffer.from(sdJwt.split('.')[1] ?? '', 'base64url').toString();
  return new Date((JSON.parse(payload) as { exp: number }).exp * 1_000);
};

const inLondon = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);

/**
 * HR of the receiving trust makes the six employment checks of a nurse: one question, six answers, and what it does about
 * those that a passport does not settle. Told by outside clients over HTTP.
 */
import { answered, ask, machineToken } from './clients.ts';
import { askConfirming } from './confirm.ts';
import { signIn } from './sign-in.ts';
import type { Stage } from './story.ts';
import { collect, present } from './wallet.ts';

/** One check as it was answered. */
interface Check {
  readonly check: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly endsOn: string | null;
  readonly settled: boolean;
  readonly assurance: { readonly standard: string; readonly name: string | null } | null;
  readonly evidence: readonly { readonly type: string; readonly outcome: string }[];
  readonly originalsSeen: { readonly decidedBy: string } | null;
  readonly bypass: { readonly decidedBy: string; readonly reason: string } | null;
}
interface Checks {
  readonly policy: { readonly version: number };
  readonly complete: boolean;
  readonly checks: readonly Check[];
}

/** What came of it, for assertions. */
export interface SixChecks {
  /** The day on which the nurse's permission to work ends. */
  readonly permissionEndsOn: string;
  /** The last day on which the certificate counts. */
  readonly certificateEndsOn: string;
  readonly asPresented: Checks;
  readonly afterDeciding: Checks;
  /** What the HR system of the trust was told when it tried to go on without a check. */
  readonly bypassByMachine: readonly string[];
  /** What the other trust, to which nothing was presented, sees. */
  readonly elsewhere: Checks | null;
  /** What the nurse finds in the access log about it. */
  readonly logged: readonly { readonly actorName: string; readonly fields: readonly string[] }[];
}

const CHECKS = `query Six($staffId: ID!) {
  employmentChecks(by: { staffId: $staffId }) {
    policy { version } complete
    checks { check outcome reasons endsOn settled assurance { standard name }
      evidence { type outcome } originalsSeen { decidedBy } bypass { decidedBy reason } } } }`;
const ERRORS = 'errors { code message path }';

const day = (years: number, days: number): string => {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** What the nurse's own trust states: no source system holds it. */
const attestations = (permissionEndsOn: string, certificateIssuedOn: string) => {
  const provenance = {
    assuranceOutcome: 'Onboarding complete',
    verifier: 'Origin',
    verificationMethod: 'Document Verification',
    lastRefresh: new Date().toISOString(),
  };
  const state = (type: string, claims: object) => ({ type, claims, provenance });
  return [
    state('RIGHT_TO_WORK', {
      permission: 'TIME_LIMITED',
      permission_ends_on: permissionEndsOn,
      check_route: 'MANUAL',
      originals_seen_in_person: true,
      checked_on: day(0, -30),
    }),
    state('OCCUPATIONAL_HEALTH', {
      outcome: 'FIT',
      exposure_prone_procedures: true,
      assessed_for: 'Staff Nurse',
      assessed_by: 'Occupational Health',
      assessed_on: day(0, -30),
    }),
    state('DBS_OUTCOME', {
      certificate_number: '001234567890',
      certificate_issued_on: certificateIssuedOn,
      certificate_source: 'FRESH_CERTIFICATE',
      level: 'ENHANCED_WITH_BARRED_LISTS',
      workforce: 'ADULT_AND_CHILD',
      information_disclosed: false,
    }),
  ];
};

/** Makes the checks. The records of the stage have been imported. */
export async function makeSixChecks(stage: Stage): Promise<SixChecks> {
  const { graph, trustA, trustB, nurse } = stage;
  const purpose = 'PRE_EMPLOYMENT';
  const hrScopes = 'hr:read passport:read passport:offer passport:verify';
  const as = (mail: string, scope: string, actAs?: string): Promise<string> =>
    signIn({
      issuer: stage.issuer,
      ...stage.app,
      resource: graph,
      password: stage.password,
      setupCode: stage.setupCode,
      scope,
      mail,
      ...(actAs === undefined ? {} : { actAs }),
    });
  const confirmed = async <Data>(token: string, query: string, input: object): Promise<Data> => {
    const variables = { input: { idempotencyKey: crypto.randomUUID(), ...input } };
    const { data, errors } = await askConfirming<Data>(graph, { token, purpose, query, variables });
    if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
    return data;
  };

  const system = await machineToken(trustA.hrSystem, {
    issuer: stage.issuer,
    resource: graph,
    scope: hrScopes,
  });
  const { staff } = await answered<{ staff: { id: string } }>(graph, {
    token: system,
    purpose: 'HR_ADMINISTRATION',
    query: `query Who($by: StaffBy!) { staff(by: $by) { id } }`,
    variables: {
      by: { employee: { odsCode: trustA.odsCode, employeeNumber: nurse.employeeNumber } },
    },
  });
  const staffId = staff.id;

  // The nurse's trust fills the passport.
  const permissionEndsOn = day(1, 0);
  const certificateIssuedOn = day(0, -60);
  const stated = attestations(permissionEndsOn, certificateIssuedOn);
  const officerA = await as(trustA.hrOfficerMail, `openid ${hrScopes}`, 'HR_OFFICER');
  const { credentialOffer } = await confirmed<{
    credentialOffer: { offer: { uri: string; transactionCode: string } | null; errors: unknown };
  }>(
    officerA,
    `mutation Offer($input: CredentialOfferInput!) {
      credentialOffer(input: $input) { offer { uri transactionCode } ${ERRORS} } }`,
    {
      staffId,
      types: [
        'IDENTITY',
        'EMPLOYMENT_ASSIGNMENT',
        'PROFESSIONAL_REGISTRATION',
        ...stated.map(({ type }) => type),
      ],
      attestations: stated,
    },
  );
  if (credentialOffer.offer === null) throw new Error(JSON.stringify(credentialOffer.errors));
  const held = await collect(credentialOffer.offer.uri, credentialOffer.offer.transactionCode);

  // The receiving trust's administrator sets what it demands: a person reads the register here.
  const administrator = await as(
    trustB.administratorMail,
    'openid passport:read policy:manage',
    'ADMINISTRATOR',
  );
  const { checkPolicyDraft } = await confirmed<{
    checkPolicyDraft: { policy: { id: string } | null; errors: unknown };
  }>(
    administrator,
    `mutation Draft($input: CheckPolicyDraftInput!) {
      checkPolicyDraft(input: $input) { policy { id } ${ERRORS} } }`,
    {
      content: {
        notApplicable: [],
        requiredTypes: ['IDENTITY'],
        status: { onlineMaxAgeSeconds: 900, offlineMaxAgeSeconds: 86_400 },
        identity: { minimumConfidence: 'MEDIUM' },
        registration: { readRecord: false, readWithinHours: 24, hcpcReadWithinHours: 168 },
        history: { months: 12, gapDays: 28 },
        criminalRecord: { level: 'ENHANCED', years: 3, portableInTraining: true },
        workHealth: { exposureProneProcedures: true },
        training: [],
      },
    },
  );
  const policyId = checkPolicyDraft.policy?.id;
  await confirmed(
    administrator,
    `mutation Activate($input: CheckPolicyActivateInput!) {
      checkPolicyActivate(input: $input) { policy { state } ${ERRORS} } }`,
    { policyId },
  );

  // HR there asks, and the nurse's wallet answers with everything at once.
  const officerB = await as(trustB.hrOfficerMail, `openid ${hrScopes}`, 'HR_OFFICER');
  const { presentationRequest } = await confirmed<{
    presentationRequest: {
      request: {
        id: string;
        nonce: string;
        audience: string;
        dcql: { credentials: readonly { id: string; claims?: readonly { path: unknown[] }[] }[] };
      };
    };
  }>(
    officerB,
    `mutation Ask($input: PresentationRequestInput!) {
      presentationRequest(input: $input) { request { id nonce audience dcql } ${ERRORS} } }`,
    { template: 'PERMANENT_MOVE', staffId },
  );
  const { id: requestId, nonce, audience, dcql } = presentationRequest.request;
  const vpToken: Record<string, string[]> = {};
  for (const { id, claims = [] } of dcql.credentials) {
    const credential = held.find(({ configurationId }) => configurationId === id);
    if (credential === undefined) continue;
    const names = claims.map(({ path }) => String(path[0]));
    vpToken[id] = [await present(credential, { nonce, audience, claims: names })];
  }
  const { presentationVerify } = await answered<{
    presentationVerify: { result: { outcome: string } | null };
  }>(graph, {
    token: officerB,
    purpose,
    query: `mutation Verify($input: PresentationVerifyInput!) {
      presentationVerify(input: $input) { result { outcome } ${ERRORS} } }`,
    variables: { input: { requestId, vpToken } },
  });
  if (presentationVerify.result?.outcome !== 'VALID') {
    throw new Error(`presented, but ${presentationVerify.result?.outcome ?? 'no result'}`);
  }

  const six = async (token: string): Promise<Checks | null> =>
    (
      await answered<{ employmentChecks: Checks | null }>(graph, {
        token,
        purpose,
        query: CHECKS,
        variables: { staffId },
      })
    ).employmentChecks;
  const asPresented = await six(officerB);

  // What a passport does not settle is done by people, under their names.
  const record = `mutation Record($input: EmploymentCheckRecordInput!) {
    employmentCheckRecord(input: $input) { decision { id } ${ERRORS} } }`;
  const bypass = `mutation Bypass($input: EmploymentCheckBypassInput!) {
    employmentCheckBypass(input: $input) { decision { id } ${ERRORS} } }`;
  for (const input of [
    { check: 'IDENTITY', standard: 'Passport seen in person on the first day' },
    { check: 'RIGHT_TO_WORK', standard: 'Residence permit seen in person on the first day' },
    { check: 'PROFESSIONAL_REGISTRATION', outcome: 'PASS', standard: 'NMC register read' },
  ]) {
    await confirmed(officerB, record, { staffId, ...input });
  }
  const without = {
    staffId,
    check: 'CRIMINAL_RECORD',
    reason: 'Supervised until the new certificate is here',
  };
  const machine = await machineToken(trustB.hrSystem, {
    issuer: stage.issuer,
    resource: graph,
    scope: hrScopes,
  });
  const tried = await ask(graph, {
    token: machine,
    purpose,
    query: bypass,
    variables: { input: { idempotencyKey: crypto.randomUUID(), ...without } },
  });
  await confirmed(officerB, bypass, without);
  const afterDeciding = await six(officerB);
  const elsewhere = await six(officerA);
  if (asPresented === null || afterDeciding === null) throw new Error('no checks');

  const { me } = await answered<{
    me: { accessLog: { edges: readonly { node: SixChecks['logged'][number] }[] } };
  }>(graph, {
    token: await as(nurse.mail, 'openid self:read'),
    query: `{ me { accessLog(first: 100) { edges { node { actorName fields } } } } }`,
  });
  const certificateEnds = new Date(`${certificateIssuedOn}T00:00:00Z`);
  certificateEnds.setUTCFullYear(certificateEnds.getUTCFullYear() + 3);
  certificateEnds.setUTCDate(certificateEnds.getUTCDate() - 1);
  return {
    permissionEndsOn,
    certificateEndsOn: certificateEnds.toISOString().slice(0, 10),
    asPresented,
    afterDeciding,
    bypassByMachine: (tried.errors ?? []).map(({ extensions }) => extensions.code),
    elsewhere,
    logged: me.accessLog.edges.map(({ node }) => node),
  };
}

/** A nurse moves trust: the whole story, told by outside clients over HTTP. Used by the journey tests and `npm run demo`. */
import type { JWTPayload } from 'jose';

import { answered, type HrSystem, machineToken } from './clients.ts';
import { askConfirming } from './confirm.ts';
import { haveDeleted, readSharing, type SharedEntry, verifiedReceipt } from './shared-with.ts';
import { askByTemplate, readAnswer, share, type SharedAnswer } from './share.ts';
import { signIn } from './sign-in.ts';
import { collect, type Held, present } from './wallet.ts';

/** Where the system is, and who takes part. */
export interface Stage {
  /** The graph's endpoint, which is also what access tokens are for. */
  readonly graph: string;
  readonly issuer: string;
  /** The app that people sign in with. */
  readonly app: { readonly clientId: string; readonly redirectUri: string };
  readonly password: string;
  /** Gets a setup code for somebody who acts for others, as an operator does. */
  readonly setupCode: (mail: string) => Promise<string>;
  readonly trustA: Trust;
  readonly trustB: Trust;
  readonly nurse: { readonly mail: string; readonly employeeNumber: string };
  /** Imports the extracts of both trusts (step 1) and matches the directory (step 2). Returns what the command line printed. */
  readonly importExtracts: () => Promise<string>;
  readonly matchDirectory: () => Promise<string>;
}

/** One organisation and its people. */
export interface Trust {
  readonly odsCode: string;
  readonly hrSystem: HrSystem;
  readonly hrOfficerMail: string;
  readonly administratorMail: string;
}

/** Told of every step. */
export type Tell = (step: {
  readonly title: string;
  readonly milliseconds: number;
  readonly line: string;
}) => void;

/** What came of the story, for assertions. */
export interface Ending {
  readonly staffId: string;
  readonly record: RecordAnswer['staff'];
  readonly credentials: readonly Held[];
  readonly verified: Verification;
  /** The clearance that HR of the first trust stated. */
  readonly clearance: Verification;
  readonly training: Verification;
  /** What she shared through her browser and wallet, and the page she ended on. */
  readonly forShift: SharedAnswer & { readonly page: string };
  readonly whileSuspended: Verification;
  readonly afterReinstating: Verification;
  readonly afterRevoking: Verification;
  /** From the revocation's answer to the first check that said revoked, in milliseconds. */
  readonly revokedAfterMs: number;
  readonly lookedAt: readonly LogEntry[];
  /** What the nurse had shared, newest first. */
  readonly shared: readonly SharedEntry[];
  /** How her request to delete the first of it stands. */
  readonly deletion: string;
  /** What the receipt of that first check says. */
  readonly receipt: JWTPayload;
}

interface RecordAnswer {
  readonly staff: {
    readonly id: string;
    readonly name: { readonly given: string; readonly family: string };
    readonly assignments: readonly {
      readonly positionTitle: string | null;
      readonly grade: string | null;
    }[];
    readonly registrations: readonly {
      readonly body: string;
      readonly number: string;
      readonly status: string;
    }[];
    readonly competences: readonly {
      readonly subject: string;
      readonly expiresOn: string | null;
    }[];
    readonly mailboxes: readonly { readonly mail: string }[] | null;
    readonly passport: { readonly status: string } | null;
  };
}

/** What a check said. */
export interface Verification {
  readonly outcome: string;
  readonly claims: Readonly<Record<string, unknown>> | null;
  readonly statusAsOf: string | null;
  readonly checks: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly code: string | null;
  }[];
}

/** The same, as the graph answers it. */
interface CheckedAnswer extends Pick<Verification, 'outcome' | 'checks'> {
  readonly credentials: readonly Omit<Verification, 'outcome'>[];
}

interface LogEntry {
  readonly at: string;
  readonly actorName: string;
  readonly actorOrganisation: { readonly odsCode: string } | null;
  readonly purpose: string;
  readonly fields: readonly string[];
}

/** Step 3's question: one nurse, from all three subgraphs. */
export const RECORD_QUERY = `query Record($odsCode: ID!, $employeeNumber: String!) {
  staff(by: { employee: { odsCode: $odsCode, employeeNumber: $employeeNumber } }) {
    id
    name { given family }
    assignments { positionTitle grade employer { odsCode name } }
    registrations { body number status lastCheckedAt }
    competences { subject awardedOn expiresOn }
    mailboxes { mail status }
    passport { status credentials { edges { node { id type state } } } }
  }
}`;

const CHECK = `result { outcome checks { name outcome code } credentials { claims statusAsOf checks { name outcome code } } }
  errors { code message }`;

const HR_SCOPES = 'hr:read passport:read passport:offer passport:verify';
const TYPES = [
  'IDENTITY',
  'EMPLOYMENT_ASSIGNMENT',
  'PROFESSIONAL_REGISTRATION',
  'CORE_SKILLS_TRAINING',
  'OCCUPATIONAL_HEALTH',
];

/** What HR states: no source system holds it. */
const ATTESTATIONS = [
  {
    type: 'OCCUPATIONAL_HEALTH',
    claims: {
      outcome: 'FIT',
      exposure_prone_procedures: true,
      assessed_for: 'Staff Nurse',
      assessed_by: 'Occupational Health',
      assessed_on: '2026-03-02',
    },
    provenance: {
      assuranceOutcome: 'Onboarding complete',
      verifier: 'Origin',
      verificationMethod: 'Document Verification',
      lastRefresh: '2026-03-02T00:00:00Z',
    },
  },
];
/** What a verifier asks for. */
interface Asked {
  readonly type: string;
  readonly claims: readonly string[];
}
const REGISTRATION: Asked = {
  type: 'PROFESSIONAL_REGISTRATION',
  claims: ['registration_number', 'registration_status'],
};
const CLEARANCE: Asked = { type: 'OCCUPATIONAL_HEALTH', claims: ['outcome', 'assessed_on'] };
const TRAINING: Asked = { type: 'CORE_SKILLS_TRAINING', claims: ['competences'] };

/** Tells the story from beginning to end. */
export async function tellStory(stage: Stage, tell: Tell): Promise<Ending> {
  const step = async <Result>(
    title: string,
    act: () => Promise<Result>,
    line: (result: Result) => string,
  ): Promise<Result> => {
    const started = performance.now();
    const result = await act();
    tell({ title, milliseconds: performance.now() - started, line: line(result) });
    return result;
  };
  const as = (mail: string, scope: string, actAs?: string): Promise<string> =>
    signIn({
      issuer: stage.issuer,
      clientId: stage.app.clientId,
      redirectUri: stage.app.redirectUri,
      resource: stage.graph,
      password: stage.password,
      setupCode: stage.setupCode,
      scope,
      mail,
      ...(actAs === undefined ? {} : { actAs }),
    });
  const { trustA, trustB, nurse } = stage;

  await step('1 ESR extracts of the trusts are imported', stage.importExtracts, lastLine);
  await step('2 The directory is read and matched', stage.matchDirectory, lastLine);

  const systemToken = await machineToken(trustA.hrSystem, {
    issuer: stage.issuer,
    resource: stage.graph,
    scope: HR_SCOPES,
  });
  const { staff } = await step(
    `3 The HR system of ${trustA.odsCode} asks for a nurse`,
    () =>
      answered<RecordAnswer>(stage.graph, {
        token: systemToken,
        purpose: 'HR_ADMINISTRATION',
        query: RECORD_QUERY,
        variables: { odsCode: trustA.odsCode, employeeNumber: nurse.employeeNumber },
      }),
    (answer) =>
      `${answer.staff.name.given} ${answer.staff.name.family}, ${answer.staff.assignments[0]?.positionTitle ?? 'no post'}, ` +
      `${answer.staff.registrations.map(({ body, status }) => `${body} ${status}`).join(', ')}, ` +
      `${String(answer.staff.competences.length)} training awards, ${answer.staff.mailboxes?.[0]?.mail ?? 'no mailbox'}`,
  );

  const officerA = await as(trustA.hrOfficerMail, `openid ${HR_SCOPES}`, 'HR_OFFICER');
  const offer = await step(
    `4 HR of ${trustA.odsCode} offers her five credentials, and confirms it with a passkey`,
    () => offerCredentials(stage, officerA, staff.id),
    ({ uri }) => `${uri.slice(0, 60)}...`,
  );

  const credentials = await step(
    '5 Her wallet collects them (OpenID4VCI, transaction code)',
    () => collect(offer.uri, offer.transactionCode),
    (held) => held.map(({ configurationId }) => configurationId).join(', '),
  );
  const heldOf = (configurationId: string): Held => {
    const found = credentials.find((one) => one.configurationId === configurationId);
    if (found === undefined) throw new Error(`no credential ${configurationId}`);
    return found;
  };
  const registration = heldOf('professional-registration');

  const officerB = await as(trustB.hrOfficerMail, `openid ${HR_SCOPES}`, 'HR_OFFICER');
  const checkAs = (held: Held, asked: Asked) => (): Promise<Verification> =>
    checkHeld(stage, officerB, held, asked);
  const check = checkAs(registration, REGISTRATION);
  const verified = await step(
    `6a HR of ${trustB.odsCode} asks for her registration and checks it`,
    check,
    describe,
  );
  const clearance = await step(
    '6b and for her occupational health clearance, which HR of her trust stated',
    checkAs(heldOf('occupational-health'), CLEARANCE),
    describe,
  );
  const training = await step(
    '6c and for her training, course by course',
    checkAs(heldOf('core-skills-training'), TRAINING),
    describe,
  );

  const forShift = await step(
    '6d and asks for all a bank shift takes: her browser opens the link, her wallet answers (OpenID4VP)',
    async () => {
      const asking = { graph: stage.graph, token: officerB, purpose: 'TEMPORARY_MOVEMENT' };
      const { id, link } = await askByTemplate(asking, 'BANK_SHIFT');
      const page = await share(link, credentials);
      return { page, ...(await readAnswer(asking, id)) };
    },
    ({ result }) =>
      `${result?.outcome ?? 'no answer'}: ${(result?.credentials ?? []).map(({ queryId }) => queryId).join(', ')}`,
  );

  const administrator = await as(
    trustA.administratorMail,
    'openid passport:read passport:revoke',
    'ADMINISTRATOR',
  );
  const credentialId = credentialIdOf(registration);
  const change = (mutation: string, reason: string): Promise<void> =>
    changeStatus(stage, administrator, { mutation, reason, credentialId });
  const whileSuspended = await step(
    '7a An administrator suspends it',
    async () => {
      await change('credentialSuspend', 'SUSPECT_NO_LONGER_VALID');
      return (await untilOutcome(check, 'SUSPENDED')).verification;
    },
    describe,
  );
  const afterReinstating = await step(
    '7b and reinstates it',
    async () => {
      await change('credentialReinstate', 'REINSTATED');
      return (await untilOutcome(check, 'VALID')).verification;
    },
    describe,
  );
  const revoked = await step(
    '7c and revokes it, which a passkey confirms too',
    async () => {
      await change('credentialRevoke', 'CREDENTIAL_PROVIDED_IN_ERROR');
      return untilOutcome(check, 'REVOKED');
    },
    ({ verification, milliseconds }) =>
      `${describe(verification)}, ${milliseconds.toFixed(0)} ms after the revocation`,
  );

  const nurseToken = await as(nurse.mail, 'openid self:read self:share');
  const lookedAt = await step(
    '8 The nurse asks who has looked at her record',
    () => readAccessLog(stage, nurseToken),
    (entries) =>
      entries
        .map(({ actorName, actorOrganisation, purpose, fields }) =>
          [
            actorName,
            actorOrganisation?.odsCode ?? '',
            purpose,
            `${String(fields.length)} fields`,
          ].join(' '),
        )
        .join('; '),
  );

  const shared = await step(
    '9a and what she has shared: names, never values',
    () => readSharing(stage.graph, nurseToken),
    (entries) =>
      entries
        .slice(0, 3)
        .map(({ requester, purpose, state }) => `${requester.odsCode} ${purpose} ${state}`)
        .join('; '),
  );
  const first = shared.at(-1)?.id ?? '';
  const deletion = await step(
    `9b asks HR of ${trustB.odsCode} to delete it, which it does`,
    () => haveDeleted(stage.graph, first, { holder: nurseToken, organisation: officerB }),
    (state) => state,
  );
  const receipt = await step(
    '9c and files the receipt, which anybody can verify',
    () => verifiedReceipt(stage.graph, first, officerB),
    ({ iss = '', purpose, outcome }) => [iss, purpose, outcome].join(' '),
  );

  return {
    shared,
    deletion,
    receipt,
    staffId: staff.id,
    record: staff,
    credentials,
    verified,
    clearance,
    training,
    forShift,
    whileSuspended,
    afterReinstating,
    afterRevoking: revoked.verification,
    revokedAfterMs: revoked.milliseconds,
    lookedAt,
  };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const describe = ({ outcome, checks, claims }: Verification): string =>
  `${outcome}: ${String(checks.filter((check) => check.outcome === 'PASSED').length)} of ${String(checks.length)} checks passed` +
  (claims?.['registration_number'] === undefined ? '' : `, registration number disclosed`);

/** The `jti` of a held credential. */
export function credentialIdOf({ sdJwt }: Held): string {
  const payload = JSON.parse(Buffer.from(sdJwt.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
  };
  return payload.jti;
}

/** HR offers credentials to a member of staff. */
export async function offerCredentials(
  stage: Pick<Stage, 'graph'>,
  token: string,
  staffId: string,
  types: readonly string[] = TYPES,
  idempotencyKey: string = crypto.randomUUID(),
): Promise<{ readonly id: string; readonly uri: string; readonly transactionCode: string }> {
  const { data, errors } = await askConfirming<{
    credentialOffer: {
      offer: { id: string; uri: string; transactionCode: string } | null;
      errors: readonly { code: string }[];
    };
  }>(stage.graph, {
    token,
    purpose: 'HR_ADMINISTRATION',
    query: `mutation Offer($input: CredentialOfferInput!) {
      credentialOffer(input: $input) { offer { id uri transactionCode expiresAt } errors { code message path } }
    }`,
    variables: {
      input: {
        idempotencyKey,
        staffId,
        types,
        attestations: ATTESTATIONS.filter(({ type }) => types.includes(type)),
      },
    },
  });
  const offer = data?.credentialOffer.offer;
  if (offer == null) {
    throw new Error(`no offer: ${JSON.stringify(errors ?? data?.credentialOffer.errors)}`);
  }
  return offer;
}

/** HR asks for a presentation, of a registration unless told. */
export async function requestPresentation(
  stage: Pick<Stage, 'graph'>,
  token: string,
  asked: Asked = REGISTRATION,
): Promise<{
  readonly id: string;
  readonly nonce: string;
  readonly audience: string;
  readonly claims: readonly string[];
}> {
  const { presentationRequest } = await answered<{
    presentationRequest: {
      request: { id: string; nonce: string; audience: string } | null;
    };
  }>(stage.graph, {
    token,
    purpose: 'PRE_EMPLOYMENT',
    query: `mutation Ask($input: PresentationRequestInput!) {
      presentationRequest(input: $input) { request { id nonce audience } errors { code message } }
    }`,
    variables: { input: { idempotencyKey: crypto.randomUUID(), credentials: [asked] } },
  });
  if (presentationRequest.request === null) throw new Error('no request');
  return { ...presentationRequest.request, claims: asked.claims };
}

/** HR hands in what a wallet presented. */
export async function verifyPresentation(
  stage: Pick<Stage, 'graph'>,
  token: string,
  input: { readonly requestId: string; readonly presentation: string },
): Promise<{
  readonly result: Verification | null;
  readonly errors: readonly { readonly code: string }[];
}> {
  const { presentationVerify } = await answered<{
    presentationVerify: { result: CheckedAnswer | null; errors: readonly { code: string }[] };
  }>(stage.graph, {
    token,
    purpose: 'PRE_EMPLOYMENT',
    query: `mutation Verify($input: PresentationVerifyInput!) { presentationVerify(input: $input) { ${CHECK} } }`,
    variables: { input },
  });
  const { result, errors } = presentationVerify;
  const [only] = result?.credentials ?? [];
  if (result === null || only === undefined) return { result: null, errors };
  const { outcome } = result;
  return { result: { ...only, outcome, checks: [...only.checks, ...result.checks] }, errors };
}

/** HR asks for a held credential and checks it. */
export async function checkHeld(
  stage: Pick<Stage, 'graph'>,
  token: string,
  held: Held,
  asked: Asked,
): Promise<Verification> {
  const request = await requestPresentation(stage, token, asked);
  const presentation = await present(held, request);
  const { result } = await verifyPresentation(stage, token, {
    requestId: request.id,
    presentation,
  });
  if (result === null) throw new Error('no result');
  return result;
}

async function untilOutcome(
  check: () => Promise<Verification>,
  outcome: string,
): Promise<{ readonly verification: Verification; readonly milliseconds: number }> {
  const started = performance.now();
  for (;;) {
    const verification = await check();
    const milliseconds = performance.now() - started;
    if (verification.outcome === outcome) return { verification, milliseconds };
    if (milliseconds > 120_000) throw new Error(`still ${verification.outcome}, not ${outcome}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The operation that changes a credential's status in one way. */
export const statusChange = (mutation: string): string =>
  `mutation Change($input: CredentialStatusInput!) {
    ${mutation}(input: $input) { credential { state version } errors { code message } }
  }`;

/** An administrator changes a credential's status. */
export async function changeStatus(
  stage: Pick<Stage, 'graph'>,
  token: string,
  {
    mutation,
    reason,
    credentialId,
  }: { readonly mutation: string; readonly reason: string; readonly credentialId: string },
): Promise<void> {
  const answer = await askConfirming<Record<string, { errors: readonly { code: string }[] }>>(
    stage.graph,
    {
      token,
      purpose: 'HR_ADMINISTRATION',
      query: statusChange(mutation),
      variables: { input: { idempotencyKey: crypto.randomUUID(), credentialId, reason } },
    },
  );
  const errors = answer.errors ?? answer.data?.[mutation]?.errors ?? [];
  if (errors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
}

async function readAccessLog(stage: Stage, token: string): Promise<readonly LogEntry[]> {
  const { me } = await answered<{
    me: { accessLog: { edges: readonly { node: LogEntry }[] } };
  }>(stage.graph, {
    token,
    query: `{ me { accessLog(first: 50) { edges { node {
      at actorName actorOrganisation { odsCode } purpose fields requestId } } } } }`,
  });
  return me.accessLog.edges.map(({ node }) => node);
}

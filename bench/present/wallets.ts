/** Wallets with a credential for each of the six employment checks. Nobody's: made up. */
import { randomUUID } from 'node:crypto';

import { assured, attested } from '../../test/unit/subgraphs/passport/attested-claims.ts';
import { newParty, type Party } from '../credentials/credentials-at-hand.ts';
import { hr, IDENTITY, type PassportClient } from './passport-client.ts';

/** The trust that issues. */
export const ISSUER = 'RZ1';

/** What the six employment checks are made on, and which claims of it are asked for. */
export const ASKED = {
  IDENTITY: ['given_name', 'family_name', 'birthdate'],
  RIGHT_TO_WORK: Object.keys(attested.RIGHT_TO_WORK),
  PROFESSIONAL_REGISTRATION: [
    'registration_number',
    'registration_status',
    'registration_expires_on',
  ],
  EMPLOYMENT_ASSIGNMENT: ['employer_name', 'position_title', 'staff_group', 'start_date'],
  OCCUPATIONAL_HEALTH: Object.keys(attested.OCCUPATIONAL_HEALTH),
  DBS_OUTCOME: Object.keys(attested.DBS_OUTCOME),
} as const;

/** A kind of credential that every wallet here has. */
export type HeldType = keyof typeof ASKED;

/** All of them. */
export const TYPES = Object.keys(ASKED) as readonly HeldType[];

/** A wallet: one key, and one credential of each kind for it. */
export interface HeldCredentials {
  readonly party: Party;
  readonly staffId: string;
  readonly credentials: ReadonlyMap<HeldType, string>;
}

/** Wallets that are given the credentials of one offer at a time: the most that one request may ask for. */
const BATCH = 20;

const OFFER = `mutation ($input: CredentialOfferInput!) {
  credentialOffer(input: $input) { offer { id } errors { code path rule } } }`;
const ISSUE = `mutation ($input: CredentialIssueInput!) {
  credentialIssue(input: $input) { issued { compact } errors { code } } }`;

/** Issues to new wallets, {@link BATCH} at a time. */
export async function fillWallets(
  passport: PassportClient,
  count: number,
): Promise<readonly HeldCredentials[]> {
  const wallets: HeldCredentials[] = [];
  while (wallets.length < count) wallets.push(...(await fillBatch(passport)));
  return wallets;
}

async function fillBatch(passport: PassportClient): Promise<readonly HeldCredentials[]> {
  const staffId = `stf_${randomUUID().replaceAll('-', '').slice(0, 22)}`;
  const stated = TYPES.filter((type) => type in attested) as (keyof typeof attested)[];
  const offered = await passport.ask(hr(ISSUER), OFFER, {
    input: {
      idempotencyKey: randomUUID(),
      staffId,
      types: TYPES,
      attestations: stated.map((type) => ({
        type,
        claims: attested[type],
        provenance: {
          assuranceOutcome: assured.assurance_outcome,
          verifier: assured.verifier,
          verificationMethod: assured.verification_method,
          lastRefresh: assured.last_refresh,
        },
      })),
    },
  });
  const { offer, errors } = offered['credentialOffer'] as {
    readonly offer: { readonly id: string } | null;
    readonly errors: unknown;
  };
  if (offer === null) throw new Error(`no offer: ${JSON.stringify(errors)}`);
  const parties = Array.from({ length: BATCH }, () => newParty('holder'));
  const issued = new Map<HeldType, readonly { readonly compact: string }[]>();
  for (const type of TYPES) {
    const fields = await passport.ask(IDENTITY, ISSUE, {
      input: {
        idempotencyKey: randomUUID(),
        offerId: offer.id,
        type,
        holderKeys: parties.map(({ jwk }) => jwk),
      },
    });
    const answer = fields['credentialIssue'] as {
      readonly issued: readonly { readonly compact: string }[];
      readonly errors: unknown;
    };
    if (answer.issued.length !== BATCH) {
      throw new Error(`nothing was issued: ${JSON.stringify(answer.errors)}`);
    }
    issued.set(type, answer.issued);
  }
  return parties.map((party, at) => ({
    party,
    staffId,
    credentials: new Map(TYPES.map((type) => [type, issued.get(type)?.[at]?.compact ?? ''])),
  }));
}

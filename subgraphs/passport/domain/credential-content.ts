/** What a credential says: its claims, and where they come from. */
import type { Attestation } from './attestation.ts';
import type { CredentialType } from './credential.ts';
import type { Claims, CredentialTypeDefinition } from './credential-type.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { isOfKind } from './issuer-kind.ts';
import type { Provenance, UncheckedProvenance } from './provenance.ts';
import { ukDay } from './uk-day.ts';
import type { EmployerRecord } from './verified-record.ts';

/** Claims and provenance, checked. */
export interface CredentialContent {
  readonly claims: Claims;
  readonly provenance: Provenance;
}

/**
 * What this issuer may say about a person today.
 *
 * @param attestation what HR stated for this kind when it offered the credential
 * @returns `undefined` when the person is not eligible
 */
export function contentOf(
  type: CredentialType,
  record: EmployerRecord,
  attestation?: Attestation,
): CredentialContent | undefined {
  const definition = CREDENTIAL_TYPES[type];
  // No certain link between the record and a mailbox, no passport.
  if (record.mailboxes.length === 0 || !isOfKind(definition.issuedBy, record)) return undefined;
  const claims = claimsOf(definition, record, attestation);
  if (claims === undefined) return undefined;
  const today = ukDay(record.readAt);
  if ((definition.endsOn(claims) ?? today) < today) return undefined;
  if (!definition.stands(claims, { odsCode: record.odsCode, today })) return undefined;
  const { matter } = definition;
  const provenance = definition.provenanceShape.safeParse(
    completeProvenance(
      definition,
      { provider: record.employment.employerName ?? record.odsCode, readAt: record.readAt },
      {
        ...(matter.from === 'record' ? matter.provenance?.(record) : undefined),
        ...attestation?.provenance,
      },
    ),
  );
  return provenance.success ? { claims, provenance: provenance.data } : undefined;
}

function claimsOf(
  { matter, shape }: CredentialTypeDefinition,
  record: EmployerRecord,
  attestation: Attestation | undefined,
): Claims | undefined {
  const raw = matter.from === 'record' ? matter.claims(record) : attestation?.claims;
  if (raw === undefined) return undefined;
  const present = Object.entries(raw).filter(([, value]) => value !== undefined);
  const parsed = shape.safeParse(Object.fromEntries(present));
  return parsed.success ? parsed.data : undefined;
}

/**
 * The eight attributes, not checked yet: what is known better goes before what is usual. How a record was assured is
 * known; how a statement was has to be stated.
 */
export function completeProvenance(
  { matter, provenance }: CredentialTypeDefinition,
  { provider, readAt }: { readonly provider: string; readonly readAt: Date },
  known: UncheckedProvenance,
): UncheckedProvenance {
  return {
    origin: 'Substantive NHS Employing Organisation',
    provider,
    pedigree: 'Authoritative',
    ...(matter.from === 'attested'
      ? {}
      : {
          assurance_policy: 'Local contractual arrangement',
          assurance_outcome: 'Onboarding complete',
          verifier: 'Origin',
          verification_method: 'Record Verification',
          last_refresh: `${readAt.toISOString().slice(0, 10)}T00:00:00Z`,
        }),
    ...provenance.usual,
    ...known,
  };
}

/** What HR states when it offers a credential that no source system holds, read strictly. */
import { z } from 'zod';

import { credentialType, type CredentialType } from './credential.ts';
import type { Claims, CredentialTypeDefinition } from './credential-type.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import type { Sealer } from './ports/keys.ts';
import type { UncheckedProvenance } from './provenance.ts';
import { completeProvenance } from './credential-content.ts';
import { type Refusal, refusedAt } from './user-error.ts';

/** What is stated for one kind of credential. */
export interface Attestation {
  readonly type: CredentialType;
  /** Absent for a kind that is taken from the record. */
  readonly claims?: Claims;
  readonly provenance: UncheckedProvenance;
}

/** What a caller states, not checked yet. */
export interface StatedAttestation {
  readonly type: CredentialType;
  readonly claims?: unknown;
  /** Attribute by name; times in RFC 3339. */
  readonly provenance: UncheckedProvenance;
}

/** Longest claims of one kind, as JSON, in UTF-16 code units. */
const MAX_LENGTH = 8_192;

/**
 * Checks what was stated for an offer of these kinds. A refusal names the place and the rule, never the value.
 *
 * @param stated in the caller's order
 */
export function readAttestations(
  types: readonly CredentialType[],
  stated: readonly StatedAttestation[],
  now: Date,
): readonly Attestation[] | Refusal {
  if (stated.length > types.length) return refusedAt(['attestations'], 'too_many');
  const read: Attestation[] = [];
  for (const [index, one] of stated.entries()) {
    const at = ['attestations', String(index)];
    if (!types.includes(one.type)) return refusedAt([...at, 'type'], 'not_offered');
    if (read.some(({ type }) => type === one.type)) return refusedAt([...at, 'type'], 'repeated');
    const outcome = readAttestation(one, at, now);
    if ('kind' in outcome) return outcome;
    read.push(outcome);
  }
  const missing = types.findIndex(
    (type) =>
      CREDENTIAL_TYPES[type].matter.from === 'attested' && !read.some((one) => one.type === type),
  );
  return missing === -1 ? read : refusedAt(['types', String(missing)], 'attestation_required');
}

function readAttestation(
  { type, claims, provenance }: StatedAttestation,
  at: readonly string[],
  now: Date,
): Attestation | Refusal {
  const definition = CREDENTIAL_TYPES[type];
  const { matter } = definition;
  if (matter.from === 'record' && matter.provenanceStated !== true) {
    return refusedAt([...at, 'type'], 'taken_from_record');
  }
  if (matter.from === 'record' && claims !== undefined) {
    return refusedAt([...at, 'claims'], 'taken_from_record');
  }
  const assured = readProvenance(definition, provenance, [...at, 'provenance'], now);
  if (assured !== undefined) return assured;
  if (matter.from === 'record') return { type, provenance };
  const place = [...at, 'claims'];
  if (claims === undefined) return refusedAt(place, 'required');
  if (JSON.stringify(claims).length > MAX_LENGTH) return refusedAt(place, 'too_large');
  const parsed = definition.shape.safeParse(claims);
  if (!parsed.success) {
    const { path, rule } = firstFault(parsed.error, claims);
    return refusedAt([...place, ...path], rule);
  }
  return { type, claims: parsed.data, provenance };
}

/** Any organisation: what it adds to the attributes is right on its own. */
const SOMEBODY = { provider: 'x', readAt: new Date(0) };

function readProvenance(
  definition: CredentialTypeDefinition,
  stated: StatedAttestation['provenance'],
  at: readonly string[],
  now: Date,
): Refusal | undefined {
  const complete = completeProvenance(definition, SOMEBODY, stated);
  const parsed = definition.provenanceShape.safeParse(complete);
  if (!parsed.success) {
    const { path, rule } = firstFault(parsed.error, complete);
    return refusedAt([...at, ...path.map(inCamelCase)], rule);
  }
  return Date.parse(parsed.data.last_refresh) > now.getTime()
    ? refusedAt([...at, 'lastRefresh'], 'in_the_future')
    : undefined;
}

const inCamelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** The place and the rule of the first fault. */
function firstFault(
  { issues }: z.ZodError,
  input: unknown,
): { readonly path: readonly string[]; readonly rule: string } {
  const [issue] = issues;
  if (issue === undefined) return { path: [], rule: 'malformed' };
  return { path: issue.path.map(String), rule: ruleOf(issue, valueAt(input, issue.path)) };
}

function ruleOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined && issue.code !== 'custom') return 'required';
  switch (issue.code) {
    case 'custom':
      return String(issue.params?.['rule'] ?? 'malformed');
    case 'invalid_type':
      return 'wrong_type';
    case 'invalid_value':
      return 'not_allowed';
    case 'too_big':
      return 'too_large';
    case 'too_small':
      return 'too_small';
    case 'unrecognized_keys':
      return 'unknown_member';
    default:
      return 'malformed';
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  );
}

const stored = z.array(
  z.object({
    type: credentialType,
    claims: z.record(z.string(), z.unknown()).optional(),
    provenance: z.record(z.string(), z.string()),
  }),
);

const context = (offerId: string): string => `${offerId} attestations`;

/** Seals what was stated, for one offer. */
export const sealAttestations = (
  attestations: readonly Attestation[],
  offerId: string,
  sealer: Sealer,
): string => sealer.seal(JSON.stringify(attestations), context(offerId));

/** One statement as it was stored. */
export const storedAttestation = stored.element;

/** Opens what was stated for one kind; `undefined` when nothing was, or when it is forgotten. */
export function findAttestation(
  { id, sealedAttestations }: { readonly id: string; readonly sealedAttestations?: string },
  type: CredentialType,
  sealer: Sealer,
): Attestation | undefined {
  if (sealedAttestations === undefined) return undefined;
  const all = stored.parse(JSON.parse(sealer.open(sealedAttestations, context(id))));
  const found = all.find((one) => one.type === type);
  if (found === undefined) return undefined;
  const { claims, provenance } = found;
  return { type, provenance, ...(claims === undefined ? {} : { claims }) };
}

/**
 * Where a claim comes from and how far it can be relied on: eight attributes on every credential, in the words of the
 * NHS Digital Staff Passport.
 */
import { z } from 'zod';

import { text } from './claim-shapes.ts';

/** The outcome of a check under Good Practice Guide 45: confidence, scores and profile, such as `H1A`. */
const GPG45_OUTCOME = /^[LMHV]\d[A-Z]$/;
/** The policy whose outcomes are profiles. */
export const GPG45 = 'GPG 45';

/** The eight attributes, with the values they may have on any credential. */
const attributes = z.strictObject({
  origin: text(),
  assurance_policy: text(),
  assurance_outcome: text(),
  provider: text(),
  verifier: z.enum(['Origin', 'Provider']),
  verification_method: z.enum([
    'Document Verification',
    'Record Verification',
    'Document Verification and Record Verification',
    'Not verified',
  ]),
  pedigree: z.enum(['Authoritative', 'Sourced']),
  /** RFC 3339. */
  last_refresh: z.iso.datetime({ offset: true }),
});

/** The eight attributes. */
export type Provenance = Readonly<z.output<typeof attributes>>;
/** Some of the attributes. */
export type PartialProvenance = {
  readonly [Attribute in keyof Provenance]?: Provenance[Attribute] | undefined;
};
/** The name of one attribute. */
export type ProvenanceAttribute = keyof Provenance;
/** Some of the attributes, not checked yet. */
export type UncheckedProvenance = Readonly<Partial<Record<ProvenanceAttribute, string>>>;

/** Every attribute's name with what people call it, in the order in which it is shown. */
export const PROVENANCE_LABELS: Readonly<Record<ProvenanceAttribute, string>> = {
  origin: 'Origin',
  assurance_policy: 'Assurance policy',
  assurance_outcome: 'Assurance outcome',
  provider: 'Provider',
  verifier: 'Verifier',
  verification_method: 'Verification method',
  pedigree: 'Pedigree',
  last_refresh: 'Last refresh',
};

/** Attributes of one kind of credential whose values are fewer than on any credential. */
export type ProvenanceDemands = Partial<Record<ProvenanceAttribute, z.ZodType<string>>>;

/** The eight attributes as one kind of credential demands them. */
export const provenanceShape = (demands: ProvenanceDemands): z.ZodType<Provenance> =>
  (attributes.extend(demands) as unknown as typeof attributes).superRefine(
    ({ assurance_policy, assurance_outcome }, context) => {
      if (assurance_policy !== GPG45 || GPG45_OUTCOME.test(assurance_outcome)) return;
      context.addIssue({
        code: 'custom',
        path: ['assurance_outcome'],
        params: { rule: 'not_a_gpg45_outcome' },
      });
    },
  );

/**
 * The attributes on the claims of a credential, as far as they are there.
 *
 * @returns `undefined` when there are none
 */
export function readProvenance(
  claims: Readonly<Record<string, unknown>> | undefined,
): PartialProvenance | undefined {
  const read = z.object({ provenance: attributes.partial().strip() }).safeParse(claims?.['nhs']);
  return read.data?.provenance;
}

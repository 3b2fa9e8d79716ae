/**
 * What a DBS certificate said. Only from a certificate that this employer asked for and saw: never from the Update
 * Service, and never carried over from another employer.
 */
import { z } from 'zod';

import { day, dbsCertificateNumber } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** A certificate older than this is not carried on. */
const YEARS = 3;

/** The day before the certificate is three years old. */
function lastDay(issuedOn: string): string {
  const end = new Date(`${issuedOn}T00:00:00Z`);
  end.setUTCFullYear(end.getUTCFullYear() + YEARS);
  end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString().slice(0, 10);
}

/** The DBS outcome credential. */
export const dbsOutcome = defineCredentialType({
  type: 'DBS_OUTCOME',
  id: 'dbs-outcome',
  name: 'DBS check outcome',
  description: 'What the holder’s DBS certificate said when the employer received it',
  version: 1,
  claims: {
    certificate_number: {
      label: 'Certificate number',
      schema: dbsCertificateNumber,
      disclosed: 'on-request',
    },
    certificate_issued_on: {
      label: 'Certificate issued on',
      schema: day,
      disclosed: 'on-request',
    },
    certificate_source: {
      label: 'Source',
      schema: z.literal('FRESH_CERTIFICATE'),
      disclosed: 'on-request',
    },
    level: {
      label: 'Level of check',
      schema: z.enum(['BASIC', 'STANDARD', 'ENHANCED', 'ENHANCED_WITH_BARRED_LISTS']),
      disclosed: 'on-request',
    },
    workforce: {
      label: 'Workforce',
      schema: z.enum(['ADULT', 'CHILD', 'ADULT_AND_CHILD']),
      disclosed: 'on-request',
    },
    information_disclosed: {
      label: 'Certificate discloses information',
      schema: z.boolean(),
      disclosed: 'on-request',
    },
  },
  // Less than the three years: the issuer's certificate has to outlive every credential that it signs.
  lifetimeDays: 2 * 365,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: 'NHS Employment Check Standards: criminal record' },
    demanded: {
      assurance_policy: z.literal('NHS Employment Check Standards: criminal record'),
      verification_method: z.enum([
        'Document Verification',
        'Document Verification and Record Verification',
      ]),
    },
  },
  endsOn: ({ certificate_issued_on }) => lastDay(certificate_issued_on),
  stands: ({ certificate_issued_on }, { today }) => certificate_issued_on <= today,
});

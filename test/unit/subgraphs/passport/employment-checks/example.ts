/** A nurse whose six checks pass, for tests to bend. */
import type { CredentialType } from '../../../../../subgraphs/passport/domain/credential.ts';
import type {
  CheckedPerson,
  CheckRules,
  Evidence,
  LocalDecision,
} from '../../../../../subgraphs/passport/domain/employment-checks/evidence.ts';
import { DEFAULT_POLICY } from '../../../../../subgraphs/passport/domain/policy.ts';

export const NOW = new Date('2026-11-26T09:00:00Z');
export const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

export const PROVENANCE = {
  origin: 'Substantive NHS Employing Organisation',
  assurance_policy: 'NHS Employment Check Standards: identity',
  assurance_outcome: 'Onboarding complete',
  provider: 'Trust RZ1',
  verifier: 'Origin',
  verification_method: 'Document Verification and Record Verification',
  pedigree: 'Authoritative',
  last_refresh: '2026-03-02T00:00:00Z',
} as const;

/** Claims of each kind that pass under the default policy. */
export const CLAIMS: Partial<Record<CredentialType, Record<string, unknown>>> = {
  IDENTITY: { given_name: 'Amara', family_name: 'Okafor', birthdate: '1991-04-17' },
  RIGHT_TO_WORK: {
    permission: 'UNLIMITED',
    check_route: 'MANUAL',
    originals_seen_in_person: true,
    checked_on: '2018-09-03',
  },
  PROFESSIONAL_REGISTRATION: {
    registration_body: 'NMC',
    registration_number: '18Z0042E',
    registration_status: 'REGISTERED',
    registration_expires_on: '2030-09-30',
  },
  EMPLOYMENT_ASSIGNMENT: {
    employer_ods_code: 'RZ1',
    staff_group: 'Nursing and Midwifery Registered',
    start_date: '2018-09-03',
  },
  OCCUPATIONAL_HEALTH: {
    outcome: 'FIT',
    exposure_prone_procedures: true,
    assessed_on: '2026-03-02',
  },
  DBS_OUTCOME: {
    certificate_number: '001234567890',
    certificate_issued_on: '2025-06-01',
    certificate_source: 'FRESH_CERTIFICATE',
    level: 'ENHANCED_WITH_BARRED_LISTS',
    workforce: 'ADULT_AND_CHILD',
    information_disclosed: false,
  },
};

/** One credential that was presented ten seconds ago. */
export const evidence = (type: CredentialType, change: Partial<Evidence> = {}): Evidence => ({
  presentationId: 'prq_1',
  type,
  outcome: 'VALID',
  claims: CLAIMS[type] ?? {},
  provenance: PROVENANCE,
  issuerOds: 'RZ1',
  credentialId: `crd_${type}`,
  issuedAt: new Date('2026-10-01T00:00:00Z'),
  expiresAt: new Date('2027-06-01T00:00:00Z'),
  statusAsOf: minutesAgo(1),
  checkedAt: minutesAgo(1),
  ...change,
});

export const READING = {
  body: 'NMC',
  number: '18Z0042E',
  status: 'REGISTERED',
  expiresOn: '2030-09-30',
  readAt: minutesAgo(180),
};

export const decision = (
  check: LocalDecision['check'],
  kind: LocalDecision['kind'],
  change: Partial<LocalDecision> = {},
): LocalDecision => ({
  id: `dec_${check}_${kind}`,
  check,
  kind,
  ...(kind === 'CHECKED' ? { outcome: 'PASS' as const } : {}),
  reason: 'NHS Employment Check Standards',
  by: { subject: 'stf_hr', name: 'Priya Shah' },
  at: minutesAgo(5),
  ...change,
});

/** Everything presented to RZ2, the DBS check done there, the originals seen. */
export const nursePresented = (): CheckedPerson => ({
  evidence: (Object.keys(CLAIMS) as CredentialType[]).map((type) => evidence(type)),
  readings: [READING],
  decisions: [
    decision('CRIMINAL_RECORD', 'CHECKED'),
    decision('IDENTITY', 'ORIGINALS_SEEN'),
    decision('RIGHT_TO_WORK', 'ORIGINALS_SEEN'),
  ],
});

export const rules = (policy: Partial<CheckRules['policy']> = {}): CheckRules => ({
  policy: { ...DEFAULT_POLICY, training: [], ...policy },
  odsCode: 'RZ2',
  now: NOW,
  today: '2026-11-26',
});

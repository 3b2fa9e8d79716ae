import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { jwkThumbprint, publicJwkOf } from '../../../../standards/jwk-thumbprint.ts';
import { hideClaims } from '../../../../standards/sd-jwt/issue-sd-jwt.ts';
import { passportAddresses } from '../../../../subgraphs/passport/domain/addresses.ts';
import { buildCredential } from '../../../../subgraphs/passport/domain/build-credential.ts';
import type {
  CredentialRecord,
  CredentialType,
} from '../../../../subgraphs/passport/domain/credential.ts';
import { CREDENTIAL_TYPES } from '../../../../subgraphs/passport/domain/credential-types/catalogue.generated.ts';
import { disclosureFrame } from '../../../../subgraphs/passport/domain/disclosure-frame.ts';
import { lintCredential } from '../../../../subgraphs/passport/domain/lint-credential.ts';
import type { Provenance } from '../../../../subgraphs/passport/domain/provenance.ts';
import type { EmployerRecord } from '../../../../subgraphs/passport/domain/verified-record.ts';
import { assured, attested } from './attested-claims.ts';

const now = new Date('2026-11-25T10:00:00Z');
const addresses = passportAddresses('https://passport.example');
const holderKey = publicJwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
const slot = { listId: 'AAAAAAAAAAAAAAAAAAAAAA', index: 7 };
const provenance: Record<string, string> = {
  ...assured,
  origin: 'Substantive NHS Employing Organisation',
  provider: 'Ashbourne Valley NHS Trust',
  pedigree: 'Authoritative',
};
const OF_HEALTH = {
  ...provenance,
  assurance_policy: 'NHS Employment Check Standards: work health assessment',
};
const OF_TRAINING = {
  ...provenance,
  assurance_policy: 'CSTF',
  assurance_outcome: 'CSTF applied',
};
const courses = ['Fire Safety', 'Safeguarding Adults'].map((subject) => ({
  framework: 'CSTF',
  subject,
  awarded_on: '2026-02-01',
}));

interface Said {
  readonly type: CredentialType;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly provenance: Record<string, string>;
}
const clearance: Said = {
  type: 'OCCUPATIONAL_HEALTH',
  claims: attested.OCCUPATIONAL_HEALTH,
  provenance: OF_HEALTH,
};
const training: Said = {
  type: 'CORE_SKILLS_TRAINING',
  claims: { competences: courses },
  provenance: OF_TRAINING,
};

/** Builds what is said and reads it as the issuer does before it signs; `disclose` hides it in another way. */
async function lint(
  said: Said,
  { disclose, drop = [] }: { readonly disclose?: object; readonly drop?: readonly string[] } = {},
): Promise<string> {
  const matter = {
    ...said,
    provenance: said.provenance as unknown as Provenance,
    credentialId: 'crd_one',
    record: { odsCode: 'RZ1', staffId: 'stf_amara' } as EmployerRecord,
    holderKey,
    isShortLived: false,
    now,
  };
  const built = buildCredential(matter, slot, { addresses, subjectKey: Buffer.alloc(32) });
  const payload = JSON.parse(built.payload) as Record<string, unknown>;
  const { _sd, _sd_alg, ...rest } = payload;
  expect([_sd, _sd_alg]).toEqual([expect.any(Array), 'sha-256']);
  const again = hideClaims({
    claims: Object.fromEntries(
      Object.entries({ ...rest, ...said.claims }).filter(([name]) => !drop.includes(name)),
    ),
    disclose: (disclose ?? disclosureFrame(CREDENTIAL_TYPES[said.type], said.claims)) as never,
  });
  const credential = {
    id: 'crd_one',
    type: said.type,
    odsCode: 'RZ1',
    staffId: 'stf_amara',
    listId: slot.listId,
    statusIndex: slot.index,
    expiresAt: built.expiresAt,
    holderThumbprint: jwkThumbprint(holderKey),
  } as CredentialRecord;
  return lintCredential(
    { payload: JSON.stringify(again.payload), disclosures: again.disclosures },
    credential,
    { addresses, now },
  ).then(
    () => 'fit to be signed',
    (error: unknown) => (error as { readonly code: string }).code,
  );
}

describe('what is about to be signed', () => {
  it.each([['a clearance', clearance] as const, ['training', training] as const])(
    'is fit to be signed: %s',
    async (_what, said) => {
      expect(await lint(said)).toBe('fit to be signed');
    },
  );

  const hidden = Object.keys(attested.OCCUPATIONAL_HEALTH);
  it.each<[string, string, Said, Parameters<typeof lint>[1]]>([
    [
      'a claim in the open that the holder may keep back',
      'disclosure_not_of_type',
      clearance,
      { disclose: { _sd: hidden.slice(1) } },
    ],
    [
      'courses that are shown all at once',
      'disclosure_not_of_type',
      training,
      { disclose: { _sd: ['competences'] } },
    ],
    [
      'one course that cannot be kept back',
      'disclosure_not_of_type',
      training,
      { disclose: { _sd: ['competences'], competences: { _sd: [0] } } },
    ],
    [
      'a course in parts',
      'disclosure_not_of_type',
      training,
      {
        disclose: {
          _sd: ['competences'],
          competences: { _sd: [0, 1], '0': { _sd: ['subject'] } },
        },
      },
    ],
    [
      'provenance in a disclosure',
      'disclosure_not_of_type',
      clearance,
      { disclose: { _sd: [...hidden, 'nhs'] } },
    ],
    [
      'a claim of another kind',
      'claim_unknown',
      { ...clearance, claims: { ...clearance.claims, certificate_number: '001234567890' } },
      { disclose: { _sd: hidden } },
    ],
    [
      'a claim with a value that the kind does not have',
      'claims_not_of_type',
      { ...clearance, claims: { ...clearance.claims, outcome: 'UNFIT' } },
      undefined,
    ],
    [
      'a claim with an NHS number in it',
      'claims_not_of_type',
      { ...clearance, claims: { ...clearance.claims, assessed_for: 'NHS 999 000 0018' } },
      undefined,
    ],
    [
      'provenance of another kind',
      'provenance_not_of_type',
      { ...clearance, provenance: OF_TRAINING },
      undefined,
    ],
    [
      'seven attributes',
      'provenance_not_of_type',
      {
        ...clearance,
        provenance: Object.fromEntries(
          Object.entries(OF_HEALTH).filter(([name]) => name !== 'pedigree'),
        ),
      },
      undefined,
    ],
    ['no digest of its type', 'vct_integrity_missing', clearance, { drop: ['vct#integrity'] }],
  ])('is refused with %s', async (_what, code, said, change) => {
    expect(await lint(said, change)).toBe(code);
  });

  it('is refused with the digest of another document', async () => {
    const claims = { ...clearance.claims, 'vct#integrity': `sha256-${'A'.repeat(43)}=` };
    expect(await lint({ ...clearance, claims }, { disclose: { _sd: hidden } })).toBe(
      'vct_integrity_wrong',
    );
  });
});

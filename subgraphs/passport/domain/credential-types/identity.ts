/** Who the holder is, as the employer checked it. */
import { z } from 'zod';

import { day, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';
import { GPG45 } from '../provenance.ts';

/** The identity credential. */
export const identity = defineCredentialType({
  type: 'IDENTITY',
  id: 'identity',
  name: 'Identity',
  description: 'Who the holder is, as checked by the issuing organisation',
  version: 1,
  claims: {
    given_name: { label: 'Given name', schema: text(100), disclosed: 'on-request' },
    family_name: { label: 'Family name', schema: text(100), disclosed: 'on-request' },
    birthdate: { label: 'Date of birth', schema: day, disclosed: 'on-request' },
    email: { label: 'NHSmail address', schema: z.email().optional(), disclosed: 'on-request' },
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: {
    from: 'record',
    claims: ({ name, birthDate, mailboxes, odsCode }) => {
      if (name?.given === undefined || birthDate === undefined) return undefined;
      return {
        given_name: name.given,
        family_name: name.family,
        birthdate: birthDate,
        email: mailboxes.find((mailbox) => mailbox.odsCode === odsCode)?.mail,
      };
    },
    // The record does not say which check was made: HR may, once it has a GPG 45 profile to show for it.
    provenanceStated: true,
  },
  provenance: {
    usual: {
      assurance_policy: 'NHS Employment Check Standards: identity',
      verification_method: 'Document Verification and Record Verification',
    },
    demanded: {
      assurance_policy: z.enum([GPG45, 'NHS Employment Check Standards: identity']),
      verification_method: z.enum([
        'Document Verification',
        'Document Verification and Record Verification',
      ]),
    },
  },
});

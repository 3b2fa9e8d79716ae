/** Who the holder is, as the employer checked it. */
import { z } from 'zod';

import type { CredentialTypeRules } from './credential-type.ts';

const claims = z.strictObject({
  given_name: z.string().min(1).max(100),
  family_name: z.string().min(1).max(100),
  birthdate: z.iso.date(),
  email: z.email().optional(),
});

/** Rules of the identity credential. */
export const identityCredential: CredentialTypeRules = {
  type: 'IDENTITY',
  id: 'identity',
  lifetimeDays: 365,
  open: [],
  selective: ['given_name', 'family_name', 'birthdate', 'email'],
  claims,
  claimsFrom: ({ name, birthDate, mailboxes, odsCode }) => {
    if (name?.given === undefined || birthDate === undefined) return undefined;
    const email = mailboxes.find((mailbox) => mailbox.odsCode === odsCode)?.mail;
    return {
      given_name: name.given,
      family_name: name.family,
      birthdate: birthDate,
      ...(email === undefined ? {} : { email }),
    };
  },
  provenance: () => ({
    assurance_policy: 'NHS Employment Check Standards: identity',
    verification_method: 'Document Verification and Record Verification',
  }),
};

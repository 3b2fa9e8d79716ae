/** Every kind of credential that is issued. `schema/credential-types.json` says the same to wallets. */
import type { CredentialType } from '../credential.ts';
import { coreSkillsTrainingCredential } from './core-skills-training.ts';
import type { CredentialTypeRules } from './credential-type.ts';
import { employmentAssignmentCredential } from './employment-assignment.ts';
import { identityCredential } from './identity.ts';
import { professionalRegistrationCredential } from './professional-registration.ts';

/** The rules by kind. */
export const CREDENTIAL_TYPES: Readonly<Record<CredentialType, CredentialTypeRules>> = {
  IDENTITY: identityCredential,
  EMPLOYMENT_ASSIGNMENT: employmentAssignmentCredential,
  PROFESSIONAL_REGISTRATION: professionalRegistrationCredential,
  CORE_SKILLS_TRAINING: coreSkillsTrainingCredential,
};

/** Every page of this section. */
import type { Page } from '../page.ts';
import { agreementPage, agreementsPage } from './agreements.ts';
import { approvalsPage } from './approvals.ts';
import { auditPage } from './audit.ts';
import { auditTrailPage } from './audit-trail.ts';
import { credentialPage } from './credential.ts';
import { healthPage } from './health.ts';
import { importPage, importsPage } from './imports.ts';
import { keyPage, keysPage } from './keys.ts';
import { matchPage } from './match.ts';
import { matchesPage } from './matches.ts';
import { passportPage } from './passport.ts';
import { policiesPage, policyPage } from './policies.ts';
import { progressPage } from './progress.ts';
import { readinessPage } from './readiness.ts';
import { receiverPage, receiversPage } from './receivers.ts';
import { registeredPage, registryDryRunPage, registryFormPage, registryPage } from './registry.ts';
import { registryChangePage, registryChangesPage } from './registry-changes.ts';
import { rolePage, rolesPage } from './roles.ts';
import { resultsPage, searchPage } from './search.ts';
import { confirmPage, stopPage, stopPassportPage } from './stop.ts';
import { stopRecordPage, stopsPage } from './stop-record.ts';

/** The pages. */
export const ADMINISTRATION_PAGES: readonly Page[] = [
  searchPage,
  resultsPage,
  passportPage,
  credentialPage,
  stopPassportPage,
  stopPage,
  confirmPage,
  progressPage,
  stopsPage,
  stopRecordPage,
  approvalsPage,
  matchesPage,
  matchPage,
  auditPage,
  auditTrailPage,
  agreementsPage,
  agreementPage,
  receiversPage,
  receiverPage,
  policiesPage,
  policyPage,
  rolesPage,
  rolePage,
  readinessPage,
  importsPage,
  importPage,
  keysPage,
  keyPage,
  registryPage,
  registeredPage,
  registryFormPage,
  registryDryRunPage,
  registryChangesPage,
  registryChangePage,
  healthPage,
];

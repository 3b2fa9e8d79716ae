/** What the pages may ask for on somebody's behalf. Each person gets what the role that they act in has. */

/** Scopes at the graph and at identity's administration API. */
export const SCOPES = [
  'self:read',
  'self:share',
  'hr:read',
  'passport:read',
  'passport:offer',
  'passport:verify',
  'passport:revoke',
  'agreement:manage',
  'policy:manage',
  'signal:manage',
  'import:manage',
  'issuer:manage',
  'access:review',
  'match:review',
  'match:manage',
  'client:manage',
  'role:grant',
  'recovery:manage',
] as const;

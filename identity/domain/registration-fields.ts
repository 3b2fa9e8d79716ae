/** Fields that registrations of different kinds share. */
import { z } from 'zod';

import { SERVICE_SCOPES } from './roles.ts';

/** Code of an organisation. */
export const odsCode = z.string().regex(/^[A-Z0-9]{3,10}$/, 'must be an ODS code, e.g. RZ1');

const reserved = new Set<string>([
  ...Object.keys(SERVICE_SCOPES),
  'lanyard-gateway',
  'lanyard-wallet',
  'lanyard-explorer',
  'lanyard-account',
]);

/** Id of a client that is not one of our own. */
export const clientId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'must be 3 to 64 of a-z, 0-9 and -')
  .refine((id) => !reserved.has(id), 'is one of our own clients');

/** Name of a client, for people. */
export const clientName = z.string().trim().min(1).max(100);

/** Who registers something. */
export const actor = z.string().min(1).max(200).default('operator');

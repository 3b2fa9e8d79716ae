/**
 * How messages are encrypted on top of TLS.
 *
 * Source: RFC 7518, sections 4.6 and 5.3; HAIP 1.0, section 4.
 */

/** The one key agreement understood here. */
export const ENCRYPTION_ALG = 'ECDH-ES';
/** The content encryptions understood here. */
export const ENCRYPTION_ENCS = ['A128GCM', 'A256GCM'] as const;

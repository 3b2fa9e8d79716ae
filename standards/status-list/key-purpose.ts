/** What a certificate's key is for (RFC 5280, section 4.2.1.12). */

/**
 * Signing status lists: `id-kp-oauthStatusSigning` (Token Status List, section 10). Draft -21 prints `{ id-kp TBD }`: the
 * number under 1.3.6.1.5.5.7.3 is not assigned yet, and every number in use there means something else. Until it is, one
 * of our own (ITU-T X.667: 2.25 and a UUID) stands for it, and certificates made afterwards carry the assigned one.
 */
export const OAUTH_STATUS_SIGNING = '2.25.196176005194287014770762094977910733274';

/** Errors as SCIM tells them. Source: RFC 7644, section 3.12. */

/** What was wrong, in the words of RFC 7644, table 9. */
export type ScimErrorType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget'
  | 'tooMany'
  | 'uniqueness';

/** Schema of the message that carries an error. */
export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** A request that cannot be answered. `message` goes to the client and never repeats what it sent. */
export class ScimError extends Error {
  /** What it is called in logs. */
  override readonly name = 'ScimError';
  /** HTTP status. */
  readonly status: number;
  /** The type, or the status where the standard has no type for it. */
  readonly code: string;
  /** The type of table 9, where there is one. */
  readonly scimType: ScimErrorType | undefined;

  /**
   * Makes the error.
   *
   * @param why the HTTP status, or the type: then the status is the one of table 9
   * @param message what was wrong, for the client's developer
   */
  constructor(why: number | ScimErrorType, message: string, options?: ErrorOptions) {
    super(message, options);
    this.scimType = typeof why === 'number' ? undefined : why;
    this.status = typeof why === 'number' ? why : statusOf(why);
    this.code = this.scimType ?? String(this.status);
  }
}

function statusOf(type: ScimErrorType): number {
  if (type === 'uniqueness') return 409;
  return type === 'tooMany' ? 413 : 400;
}

/** The body of an answer that is an error. */
export const errorMessage = ({
  status,
  scimType,
  message,
}: Pick<ScimError, 'status' | 'scimType' | 'message'>): Readonly<Record<string, unknown>> => ({
  schemas: [ERROR_SCHEMA],
  status: String(status),
  ...(scimType === undefined ? {} : { scimType }),
  detail: message,
});

/** Why a registration is not accepted. */
import type { z } from 'zod';

/** One field and what is wrong with it. */
type FieldFault = readonly [field: string, fault: string];

/** An entry that cannot be accepted. The message names every field that is wrong. */
export class RegistrationRefused extends Error {
  override readonly name = 'RegistrationRefused';
  readonly code = 'registration_invalid';
  /** The fields that are wrong, e.g. `jwks.keys.0.n`. */
  readonly fields: readonly string[];

  constructor(...faults: readonly FieldFault[]) {
    super(faults.map((fault) => fault.join(': ')).join('; '));
    this.fields = [...new Set(faults.map(([field]) => field))];
  }
}

/** The refusal of an input that does not have the right shape. */
export function refusalOf({ issues }: z.ZodError): RegistrationRefused {
  const faults = issues.flatMap((issue): FieldFault[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key): FieldFault => [[...issue.path, key].join('.'), 'is not known'])
      : [[issue.path.join('.'), issue.message]],
  );
  return new RegistrationRefused(...faults);
}

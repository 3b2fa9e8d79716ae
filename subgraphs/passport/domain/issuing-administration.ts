/** What an operator decides about issuing: who may, and whether anybody does for now. */
import { z } from 'zod';

import { anchorHash } from './anchor-hash.ts';
import type { AuditActor } from './audit.ts';
import { credentialType, type CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { odsCode } from './identifiers.ts';
import { mayBeAccredited } from './issuer-kind.ts';
import type { IssuerRegistryPublisher } from './issuer-registry-publisher.ts';
import type { Accreditation, Accreditations } from './ports/accreditations.ts';
import type { Clock } from './ports/clock.ts';
import {
  type DrainedStop,
  EVERYBODY,
  type IssuingStop,
  type IssuingStops,
} from './ports/issuing-stops.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { Registry } from './ports/registry.ts';
import { registeredContact } from './registry.ts';

/** The operator, as records keep the name. */
const by = z.string().min(1).max(100);
const reason = z.string().min(1).max(500);
const types = z.array(credentialType).min(1).max(100).optional();

/** Stops issuing: of one organisation, or of all without `odsCode`. */
export const stopIssuingInput = z.strictObject({ odsCode: odsCode.optional(), reason, by });
/** Lets issuing go on. What was stopped for all is started for all. */
export const startIssuingInput = z.strictObject({ odsCode: odsCode.optional(), by });
/** Accredits an organisation, for all types that it may issue when none is named. Dates begin at midnight UTC; `until` is the last day. */
export const accreditIssuerInput = z.strictObject({
  odsCode,
  types,
  from: z.iso.date(),
  until: z.iso.date().optional(),
  by,
});
/** Ends accreditations, for all types when none is named. */
export const withdrawAccreditationInput = z.strictObject({ odsCode, types, reason, by });
/** Registers whom to ask at an organisation. */
export const registerContactInput = z.strictObject({ odsCode, contact: registeredContact, by });
/** Whose accreditations to list. */
export const accreditationsInput = z.strictObject({ odsCode: odsCode.optional() });

/** The operator's functions. */
export interface IssuingAdministration {
  /** Stops issuing at once. Answers the stop in force, and whether all that was being written before has ended. */
  stopIssuing(input: z.infer<typeof stopIssuingInput>): Promise<DrainedStop>;
  /** Answers whether it was stopped. */
  startIssuing(input: z.infer<typeof startIssuingInput>): Promise<{ readonly started: boolean }>;
  /** Stops, newest first, those that are over included. */
  issuingStops(): Promise<readonly IssuingStop[]>;
  /** Answers what was granted; nothing that held already. */
  accreditIssuer(input: z.infer<typeof accreditIssuerInput>): Promise<readonly Accreditation[]>;
  /** Answers what was ended. */
  withdrawAccreditation(
    input: z.infer<typeof withdrawAccreditationInput>,
  ): Promise<readonly Accreditation[]>;
  /** Says whom to ask at an organisation, in place of what was registered before. */
  registerContact(input: z.infer<typeof registerContactInput>): Promise<void>;
  /** Accreditations in the order in which they were granted, those that are over included. */
  accreditations(input: z.infer<typeof accreditationsInput>): Promise<readonly Accreditation[]>;
  /** The signed register as it stands now, and the anchor that it hangs on (base64 DER). */
  issuerRegistry(): Promise<{ readonly jwt: string; readonly anchors: readonly string[] }>;
}

/** What the operator's functions work on. */
export interface IssuingAdministrationParts {
  readonly issuingStops: IssuingStops;
  readonly accreditations: Accreditations;
  readonly registry: Pick<Registry, 'registerContact'>;
  readonly keys: Pick<IssuerKeys, 'anchors' | 'signer'>;
  readonly issuerRegistry: IssuerRegistryPublisher;
  readonly now: Clock;
}

/** The operator asked for something that cannot be. */
export class AdministrationRefused extends Error {
  override readonly name = 'AdministrationRefused';
  readonly code: string;
  /**
   * Makes the error.
   *
   * @param code what is wrong
   * @param message for the operator
   */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const LISTED = 100;
const DAY_MS = 86_400_000;

/** Creates the operator's functions. */
export function issuingAdministration(parts: IssuingAdministrationParts): IssuingAdministration {
  const { accreditations, issuingStops, keys, now } = parts;
  return {
    async stopIssuing(input) {
      const { odsCode: whose = EVERYBODY, reason: why, ...who } = checked(stopIssuingInput, input);
      return issuingStops.stop(whose, why, operator(who), now());
    },
    async startIssuing(input) {
      const { odsCode: whose = EVERYBODY, ...who } = checked(startIssuingInput, input);
      return { started: await issuingStops.start(whose, operator(who), now()) };
    },
    issuingStops: () => issuingStops.list(LISTED),
    async accreditIssuer(input) {
      const asked = checked(accreditIssuerInput, input);
      const from = new Date(asked.from);
      // The whole of the last day counts.
      const until =
        asked.until === undefined ? undefined : new Date(Date.parse(asked.until) + DAY_MS);
      if (until !== undefined && until <= from) {
        throw new AdministrationRefused('dates_reversed', 'it would end before it begins');
      }
      const types = typesFor(asked.odsCode, asked.types);
      const anchor = await anchorHash(keys);
      return accreditations.grant(
        { odsCode: asked.odsCode, types, anchor, from, until },
        operator(asked),
        now(),
      );
    },
    async withdrawAccreditation(input) {
      const asked = checked(withdrawAccreditationInput, input);
      return accreditations.withdraw(
        { odsCode: asked.odsCode, types: asked.types ?? credentialType.options },
        asked.reason,
        operator(asked),
        now(),
      );
    },
    async registerContact(input) {
      const asked = checked(registerContactInput, input);
      await parts.registry.registerContact(asked.odsCode, asked.contact, operator(asked), now());
    },
    async accreditations(input) {
      return accreditations.list(checked(accreditationsInput, input).odsCode);
    },
    async issuerRegistry() {
      const { token } = await parts.issuerRegistry.publish();
      return { jwt: token, anchors: await keys.anchors() };
    },
  };
}

/**
 * The types to accredit: those named, or all that this kind of organisation may issue.
 *
 * @throws {AdministrationRefused} `issuer_kind_wrong` when one of those named is for another kind of organisation
 */
function typesFor(
  odsCode: string,
  named: readonly CredentialType[] | undefined,
): readonly CredentialType[] {
  const fits = (type: CredentialType): boolean =>
    mayBeAccredited(CREDENTIAL_TYPES[type].issuedBy, odsCode);
  if (named === undefined) return credentialType.options.filter(fits);
  const wrong = named.find((type) => !fits(type));
  if (wrong === undefined) return named;
  throw new AdministrationRefused(
    'issuer_kind_wrong',
    `${wrong} is for another kind of organisation`,
  );
}

/** @throws {AdministrationRefused} naming what is wrong in the input */
function checked<Shape extends z.ZodType>(shape: Shape, input: unknown): z.output<Shape> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
  throw new AdministrationRefused(
    'invalid_input',
    `this is not as it should be: ${names.join(', ')}`,
  );
}

const operator = (input: { readonly by: string }): AuditActor => ({ subject: input.by });

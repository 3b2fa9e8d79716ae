/** What an operator can do to the passport process from the command line. */
import { z } from 'zod';

import { type AuditActor, OPERATOR } from './audit.ts';
import { odsCode } from './identifiers.ts';
import type { HolderSharing, ReportCount } from './ports/holder-sharing.ts';
import {
  issuingAdministration,
  type IssuingAdministration,
  type IssuingAdministrationParts,
} from './issuing-administration.ts';
import { keyEndsAt, keyState, type KeyState } from './key-state.ts';
import type { StoredKeyUse } from './ports/keys.ts';
import {
  type Compromise,
  compromiseKey,
  type KeyRefusal,
  retireKey,
  rotateKey,
  type Rotation,
  type RotationParts,
} from './rotate-keys.ts';
import {
  reconcileStatusLists,
  type StatusListsReconciled,
  type StatusReconcilingParts,
} from './reconcile-status-lists.ts';

/** A key as an operator sees it. */
export interface IssuerKeySummary {
  readonly kid: string;
  readonly odsCode: string;
  readonly use: string;
  readonly keeper: string;
  readonly state: KeyState;
  /** From when it is in that state. */
  readonly since: Date;
  /** Credentials that it signed. */
  readonly signed: number;
  /** Credentials that stop counting when the key does. */
  readonly inForce: number;
  /** When it stops to count; unknown as long as it signs. */
  readonly endsAt?: Date;
}

/** The operator, as records keep the name. */
const by = z.string().min(1).max(100).optional();
const kid = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is not the id of a key');

/** Which keys to list. */
export const issuerKeysInput = z.strictObject({ odsCode: odsCode.optional() });
/** Whose keys to rotate; every trust's without a code. */
export const rotateKeysInput = z.strictObject({ odsCode: odsCode.optional(), by });
/** Which key to retire. */
export const retireKeyInput = z.strictObject({ kid, by });
/** Which key is compromised, and since when; RFC 3339. */
export const compromiseKeyInput = z.strictObject({
  kid,
  since: z.iso
    .datetime({ offset: true, error: 'is not a time of RFC 3339' })
    .regex(/T\d\d:\d\d:\d\d/, 'is not a time of RFC 3339'),
  by,
});

/** From when on reports are counted; the last 90 days without it. A date. */
export const requesterReportsInput = z.strictObject({ from: z.iso.date().optional() });

/** A key could not be retired or compromised. */
export class IssuerKeyRefused extends Error {
  override readonly name = 'IssuerKeyRefused';
  readonly code: KeyRefusal | 'no_keys' | 'since_in_the_future';
  /**
   * Makes the error.
   *
   * @param code why
   */
  constructor(code: IssuerKeyRefused['code']) {
    super(WORDS[code]);
    this.code = code;
  }
}

const WORDS: Readonly<Record<IssuerKeyRefused['code'], string>> = {
  key_unknown: 'There is no key of that id.',
  key_is_the_anchor: 'That is the anchor, on which every certificate hangs. It cannot be replaced.',
  key_compromised: 'The key is compromised already.',
  key_needed:
    'No other key signs in its place. Rotate first, and retire it once the new key signs.',
  no_keys: 'No trust there has a key.',
  since_in_the_future: 'The time lies in the future.',
};
/** Status list tokens that an operator has from elsewhere. */
export const reconcileStatusListsInput = z.strictObject({
  tokens: z.array(z.string().max(8 * 2 ** 20)).max(1_000),
});

/** The operator's functions. Each answers what it did; what is wrong with the input is an error with a `code`. */
export interface PassportAdministration extends IssuingAdministration {
  /** The keys of one trust, or of all. */
  issuerKeys(input: z.infer<typeof issuerKeysInput>): Promise<readonly IssuerKeySummary[]>;
  /** Publishes new keys for one trust, or for all, that take over when every cached document shows them. */
  rotateKeys(input: z.infer<typeof rotateKeysInput>): Promise<readonly Rotation[]>;
  /** Stops a key from signing. */
  retireKey(input: z.infer<typeof retireKeyInput>): Promise<{ readonly kid: string }>;
  /** Takes a key out of use at once and revokes what it signed since a time. */
  compromiseKey(input: z.infer<typeof compromiseKeyInput>): Promise<Compromise>;
  /** Mends status lists after an old copy of the record was restored. */
  reconcileStatusLists(
    input: z.infer<typeof reconcileStatusListsInput>,
  ): Promise<StatusListsReconciled>;
  /** How often holders reported organisations that made requests of them, and why. */
  requesterReports(input: z.infer<typeof requesterReportsInput>): Promise<readonly ReportCount[]>;
}

/** What the operator's functions work on. */
export type AdministrationParts = IssuingAdministrationParts &
  RotationParts & {
    readonly statusReconciling: StatusReconcilingParts;
    readonly sharing: Pick<HolderSharing, 'countReports'>;
  };

/** How far back reports are counted, in milliseconds. */
const REPORTS_MS = 90 * 24 * 3_600_000;

/** Creates the operator's functions. */
export function passportAdministration(parts: AdministrationParts): PassportAdministration {
  const { issuerKeyStore, now } = parts;
  return {
    ...issuingAdministration(parts),
    async issuerKeys(input) {
      const keys = await issuerKeyStore.list(now(), input.odsCode);
      return keys.map((key) => summary(key, keys, now()));
    },
    async rotateKeys(input) {
      const owners = new Map(
        (await issuerKeyStore.list(now(), input.odsCode)).flatMap(({ odsCode: ods, use }) =>
          use === 'anchor' ? [] : [[`${ods} ${use}`, { odsCode: ods, use }] as const],
        ),
      );
      if (owners.size === 0) throw new IssuerKeyRefused('no_keys');
      const rotations: Rotation[] = [];
      for (const owner of owners.values()) {
        rotations.push(await rotateKey(owner, parts, operator(input)));
      }
      return rotations;
    },
    async retireKey(input) {
      const outcome = await retireKey(input.kid, parts, operator(input));
      if (outcome !== 'retired') throw new IssuerKeyRefused(outcome);
      return { kid: input.kid };
    },
    async compromiseKey(input) {
      const since = new Date(input.since);
      if (since > now()) throw new IssuerKeyRefused('since_in_the_future');
      const outcome = await compromiseKey({ kid: input.kid, since, by: operator(input) }, parts);
      if (typeof outcome === 'string') throw new IssuerKeyRefused(outcome);
      return outcome;
    },
    requesterReports: ({ from }) =>
      parts.sharing.countReports(
        from === undefined ? new Date(now().getTime() - REPORTS_MS) : new Date(from),
      ),
    reconcileStatusLists: ({ tokens }) => reconcileStatusLists(tokens, parts.statusReconciling),
  };
}

const operator = (input: { readonly by?: string | undefined }): AuditActor =>
  input.by === undefined ? OPERATOR : { subject: input.by };

function summary(key: StoredKeyUse, all: readonly StoredKeyUse[], now: Date): IssuerKeySummary {
  const siblings = all.filter(({ odsCode: ods, use }) => ods === key.odsCode && use === key.use);
  const state = keyState(key, siblings, now);
  const endsAt = keyEndsAt(key, siblings, now);
  return {
    kid: key.kid,
    odsCode: key.odsCode,
    use: key.use,
    keeper: key.keeper,
    state,
    since: since(key, state),
    signed: key.signed,
    inForce: key.inForce,
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}

function since(key: StoredKeyUse, state: KeyState): Date {
  if (state === 'waiting') return key.createdAt;
  if (state === 'compromised') return key.compromisedAt ?? key.createdAt;
  return (state === 'signing' ? undefined : key.retiredAt) ?? key.activatesAt;
}

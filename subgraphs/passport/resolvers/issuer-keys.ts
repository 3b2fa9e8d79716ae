/** An organisation's keys: where they stand, rotating one, and turning one off. */
import type { Caller } from '../../../runtime/caller-statement.ts';
import { publicError } from '../../../runtime/graphql-error.ts';
import type { Actor } from '../domain/actor.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import type { KeyState } from '../domain/key-state.ts';
import {
  findOwnKeys,
  type OwnKey,
  type OwnUse,
  rotateOwnKey,
  turnOffOwnKey,
} from '../domain/own-keys.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { actingFor } from './caller-rules.ts';
import type {
  IssuerKey,
  IssuerKeyPayload,
  IssuerKeyState,
  IssuerKeyUse,
  MutationResolvers,
  QueryResolvers,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';

/** A person who looks after issuing of an organisation. Refuses everybody else. */
export function looksAfterIssuing(caller: Caller): Actor {
  if (caller.kind !== 'person') throw publicError('FORBIDDEN');
  return actingFor(caller, 'issuer:manage');
}

/** Their query. */
export const issuerKeyQueries: Pick<QueryResolvers, 'issuerKeys'> = {
  async issuerKeys(_parent, _args, { caller, parts }) {
    return (await findOwnKeys(looksAfterIssuing(caller).odsCode, parts)).map(keyShape);
  },
};

/** Their mutations. */
export const issuerKeyMutations: Pick<MutationResolvers, 'issuerKeyRotate' | 'issuerKeyTurnOff'> = {
  async issuerKeyRotate(_parent, { input }, { caller, parts }) {
    const by = looksAfterIssuing(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) return payload(keyRefused);
    const use = USES[input.use];
    return payload(await rotateOwnKey({ idempotencyKey: input.idempotencyKey, use, by }, parts));
  },
  async issuerKeyTurnOff(_parent, { input }, { caller, parts }) {
    const by = looksAfterIssuing(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) return payload(keyRefused);
    const { keyId: kid, inForce } = input;
    const asked = { idempotencyKey: input.idempotencyKey, kid, inForce, by };
    return payload(await turnOffOwnKey(asked, parts));
  },
};

const keyRefused = refused('INVALID_VALUE', 'idempotencyKey');

const payload = (outcome: OwnKey | Refusal): IssuerKeyPayload =>
  'kind' in outcome
    ? { key: null, errors: userErrors(outcome) }
    : { key: keyShape(outcome), errors: [] };

const USES: Readonly<Record<IssuerKeyUse, OwnUse>> = {
  CREDENTIAL: 'credential',
  STATUS_LIST: 'status-list',
  REQUEST: 'request',
  RECEIPT: 'receipt',
};

const USE_CODES: Readonly<Record<OwnUse, IssuerKeyUse>> = {
  credential: 'CREDENTIAL',
  'status-list': 'STATUS_LIST',
  request: 'REQUEST',
  receipt: 'RECEIPT',
};

const STATE_CODES: Readonly<Record<KeyState, IssuerKeyState>> = {
  waiting: 'WAITING',
  signing: 'ACTIVE',
  retired: 'CHECKING_ONLY',
  ended: 'OFF',
  compromised: 'OFF',
};

const keyShape = (key: OwnKey): IssuerKey => ({
  id: key.kid,
  use: USE_CODES[key.use],
  state: STATE_CODES[key.state],
  keeper: key.keeper === 'sealed' ? 'DATABASE' : 'HARDWARE_MODULE',
  madeAt: key.createdAt,
  signsFrom: key.activatesAt,
  certificateEndsAt: key.certificateEndsAt,
  endsAt: key.endsAt ?? null,
  turnedOffAt: key.compromisedAt ?? null,
  signed: key.signed,
  inForce: key.inForce,
});

/** A signal as a security event token. It carries the person's id in the graph, codes and times. */
import {
  CREDENTIAL_CHANGE,
  type SecurityEventClaims,
  signSecurityEvent,
  VERIFICATION,
} from '../../../standards/security-event.ts';
import type { Addresses } from './addresses.ts';
import { EVERYBODY } from './ports/issuing-stops.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { Signal } from './signal.ts';
import type { SignSignal, SignTest } from './signal-receivers.ts';

/** Words of CAEP for what became of a credential. */
const CHANGE = { ACTIVE: 'update', SUSPENDED: 'update', REVOKED: 'revoke' } as const;

/** Creates what signs signals. The same signal says the same however often it is signed. */
export function signalSigner({
  keys,
  addresses,
}: {
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly addresses: Pick<Addresses, 'signals' | 'transmitter'>;
}): SignSignal {
  return async (signal, { audience }) =>
    signSecurityEvent(
      {
        iss: addresses.transmitter,
        iat: seconds(signal.createdAt),
        jti: signal.id,
        aud: audience,
        toe: seconds(signal.happenedAt),
        sub_id: { format: 'opaque', id: signal.staffId },
        events: eventsOf(signal, addresses),
      },
      await keys.signer(EVERYBODY, 'signal'),
    );
}

/** Creates what signs tests. A test is about the receiver itself. */
export function testSigner({
  keys,
  addresses,
}: {
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly addresses: Pick<Addresses, 'transmitter'>;
}): SignTest {
  return async ({ jti, receiver }, now) =>
    signSecurityEvent(
      {
        iss: addresses.transmitter,
        iat: seconds(now),
        jti,
        aud: receiver.audience,
        sub_id: { format: 'opaque', id: receiver.id },
        events: { [VERIFICATION]: { state: jti } },
      },
      await keys.signer(EVERYBODY, 'signal'),
    );
}

function eventsOf(
  { cause, credential, registration, happenedAt }: Signal,
  addresses: Pick<Addresses, 'signals'>,
): SecurityEventClaims['events'] {
  const known = {
    event_timestamp: seconds(happenedAt),
    cause,
    ...(registration === undefined
      ? {}
      : {
          registration_body: registration.body,
          registration_status: registration.status,
          ...(registration.readAt === undefined
            ? {}
            : { register_read_at: registration.readAt.toISOString() }),
        }),
  };
  if (credential === undefined) return { [addresses.signals.registrationChange]: known };
  return {
    [CREDENTIAL_CHANGE]: {
      credential_type: 'verifiable-credential',
      change_type: CHANGE[credential.state],
      initiating_entity: cause === 'CREDENTIAL_CHANGED' ? 'admin' : 'system',
      staff_credential_type: credential.type,
      staff_credential_state: credential.state,
      ...known,
    },
  };
}

const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

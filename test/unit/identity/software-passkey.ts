/** An authenticator in software: makes passkeys (ES256, no attestation) and uses them, the person always verified. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** The part of `PublicKeyCredentialCreationOptionsJSON` that an authenticator reads. */
interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id?: string | undefined };
  readonly user: { readonly id: string };
}

/** The part of `PublicKeyCredentialRequestOptionsJSON` that an authenticator reads. */
interface RequestOptions {
  readonly challenge: string;
  readonly rpId?: string | undefined;
}

/** What a test can do wrong. */
export interface Deviation {
  /** The page that asks; the real one unless given. */
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** Flags of the authenticator data; UP and UV (0x05) unless given. */
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly id?: string;
  /** Statement format of the attestation. */
  readonly format?: string;
}

const UP = 0x01;
const UV = 0x04;
const ATTESTED = 0x40;

/** One passkey on one device. */
export interface SoftwarePasskey {
  /** `RegistrationResponseJSON` for these options. Makes a new key each time. */
  readonly register: (options: CreationOptions, deviation?: Deviation) => Record<string, unknown>;
  /** `AuthenticationResponseJSON` for these options, with the key made last. */
  readonly assert: (options: RequestOptions, deviation?: Deviation) => Record<string, unknown>;
}

/** Creates the device, used in pages of `origin`. */
export function softwarePasskey(
  origin: string,
  { counts = true }: { readonly counts?: boolean } = {},
): SoftwarePasskey {
  let key: { privateKey: KeyObject; id: string; userHandle: string; counter: number } | undefined;
  const clientData = (type: string, challenge: string, deviation: Deviation): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: deviation.type ?? type,
        challenge: deviation.challenge ?? challenge,
        origin: deviation.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const authenticatorData = (rpId: string, flags: number, counter: number): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
  };
  const host = new URL(origin).hostname;
  return {
    register: (options, deviation = {}) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const id = randomBytes(16);
      key = {
        privateKey,
        id: id.toString('base64url'),
        userHandle: options.user.id,
        counter: deviation.counter ?? 0,
      };
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      // COSE_Key (RFC 9053, section 7.1): kty EC2, alg ES256, crv P-256, x, y.
      const coseKey = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const data = Buffer.concat([
        authenticatorData(
          deviation.rpId ?? options.rp.id ?? host,
          ATTESTED | (deviation.flags ?? UP | UV),
          key.counter,
        ),
        Buffer.alloc(16),
        length,
        id,
        coseKey,
      ]);
      return {
        id: deviation.id ?? key.id,
        rawId: deviation.id ?? key.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, deviation).toString(
            'base64url',
          ),
          attestationObject: attestationObject(deviation.format ?? 'none', data).toString(
            'base64url',
          ),
          transports: ['internal'],
        },
      };
    },
    assert: (options, deviation = {}) => {
      if (key === undefined) throw new Error('this device has no passkey yet');
      if (counts) key.counter += 1;
      const data = authenticatorData(
        deviation.rpId ?? options.rpId ?? host,
        deviation.flags ?? UP | UV,
        deviation.counter ?? key.counter,
      );
      const json = clientData('webauthn.get', options.challenge, deviation);
      const signed = Buffer.concat([data, createHash('sha256').update(json).digest()]);
      return {
        id: deviation.id ?? key.id,
        rawId: deviation.id ?? key.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: json.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, key.privateKey).toString('base64url'),
          userHandle: deviation.userHandle ?? key.userHandle,
        },
      };
    },
  };
}

/** CBOR: `{fmt, attStmt: {}, authData}`. */
function attestationObject(format: string, data: Buffer): Buffer {
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length);
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text(format),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    Buffer.from([0x59]),
    length,
    data,
  ]);
}

import { sign } from 'node:crypto';

import { type TestKey } from '../keys.ts';

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'latin1'));
const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const commonName = der(0x06, Buffer.from('550403', 'hex'));

/** A self-signed certificate for a test key (RFC 5280, section 4.1) in base64 DER. */
export function certificateFor({ privateKey, publicKey }: TestKey): string {
  const name = sequence(der(0x31, sequence(commonName, text(0x0c, 'Trust'))));
  const toBeSigned = sequence(
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(text(0x17, '260101000000Z'), text(0x17, '360101000000Z')),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const bits = der(0x03, Buffer.from([0]), signature);
  return sequence(toBeSigned, ecdsaWithSha256, bits).toString('base64');
}

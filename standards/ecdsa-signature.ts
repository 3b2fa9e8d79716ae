/**
 * The two ways to write an ECDSA signature on P-256: as 64 bytes, r then s, and as ASN.1.
 *
 * `node:crypto` knows both, but takes as long again to tell one from the other (it asks the key for
 * its size through an old interface of OpenSSL), so tokens are converted here.
 *
 * Source: RFC 7518, section 3.4 (r then s); RFC 3279, section 2.2.3 (`Ecdsa-Sig-Value`);
 * ITU-T X.690, sections 8.3 and 10.1 (integers in their shortest form).
 */

/** Bytes of r, and of s. */
const HALF = 32;

/** Bytes of a signature as r then s. */
export const ES256_BYTES = 2 * HALF;

const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** Set in the first byte, it would make an integer negative. */
const SIGN_BIT = 0x80;

/**
 * Writes a signature as ASN.1. What r and s are is not checked: out of range, they verify nothing.
 *
 * @param signature 64 bytes, r then s
 */
export function derSignature(signature: Uint8Array): Buffer {
  const rStart = firstNeeded(signature, 0);
  const sStart = firstNeeded(signature, HALF);
  const rLength = integerLength(signature, rStart, HALF);
  const sLength = integerLength(signature, sStart, ES256_BYTES);
  const der = Buffer.allocUnsafe(6 + rLength + sLength);
  der[0] = SEQUENCE;
  der[1] = 4 + rLength + sLength;
  writeInteger(der, 2, rLength, signature.subarray(rStart, HALF));
  writeInteger(der, 4 + rLength, sLength, signature.subarray(sStart, ES256_BYTES));
  return der;
}

/** Where the first byte stands that is not zero, or the last of the 32. */
function firstNeeded(signature: Uint8Array, from: number): number {
  let at = from;
  while (at < from + HALF - 1 && signature[at] === 0) at += 1;
  return at;
}

function integerLength(signature: Uint8Array, start: number, end: number): number {
  const negative = ((signature[start] ?? 0) & SIGN_BIT) !== 0;
  return end - start + (negative ? 1 : 0);
}

function writeInteger(der: Buffer, at: number, length: number, digits: Uint8Array): void {
  der[at] = INTEGER;
  der[at + 1] = length;
  // The place of a leading zero, where there is one; the digits cover it where there is none.
  der[at + 2] = 0;
  der.set(digits, at + 2 + length - digits.length);
}

/**
 * Writes an ASN.1 signature as r then s.
 *
 * @param der as OpenSSL writes it
 * @returns 64 bytes; `undefined` when it is not two integers of at most 32 bytes
 */
export function rawSignature(der: Uint8Array): Buffer | undefined {
  const rLength = der[3] ?? 0;
  const sLength = der[5 + rLength] ?? 0;
  const wellFormed =
    der[0] === SEQUENCE &&
    der[1] === der.length - 2 &&
    der[2] === INTEGER &&
    der[4 + rLength] === INTEGER &&
    6 + rLength + sLength === der.length;
  if (!wellFormed) return undefined;
  const signature = Buffer.alloc(ES256_BYTES);
  const fits =
    putInteger(signature, HALF, der.subarray(4, 4 + rLength)) &&
    putInteger(signature, ES256_BYTES, der.subarray(6 + rLength));
  return fits ? signature : undefined;
}

/** Writes an integer so that it ends before `end`; false when it needs more than 32 bytes. */
function putInteger(signature: Buffer, end: number, integer: Uint8Array): boolean {
  const digits = integer[0] === 0 ? integer.subarray(1) : integer;
  if (digits.length > HALF) return false;
  signature.set(digits, end - digits.length);
  return true;
}

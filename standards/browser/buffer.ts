/** What the rules use of Node's `Buffer`, for a browser. */

/** How bytes are written as text. */
export type Encoding = 'utf8' | 'latin1' | 'hex' | 'base64' | 'base64url';

/** Bytes with the functions of Node's `Buffer` that are used here, and no more. */
export class Buffer extends Uint8Array {
  /** Bytes of a text, or a copy of bytes. Base64 is read as Node reads it: what it does not know is skipped. */
  static override from(
    source: string | ArrayLike<number> | Iterable<number> | ArrayBufferLike,
    encoding?: unknown,
    length?: unknown,
  ): Buffer {
    if (typeof source === 'string') return ofText(source, (encoding ?? 'utf8') as Encoding);
    if (source instanceof ArrayBuffer) {
      return new Buffer(source, Number(encoding ?? 0), Number(length ?? source.byteLength));
    }
    return new Buffer(source as ArrayLike<number>);
  }

  /** Zeros. */
  static alloc(size: number): Buffer {
    return new Buffer(size);
  }

  /** The same here. */
  static allocUnsafe(size: number): Buffer {
    return new Buffer(size);
  }

  /** Bytes one after another. */
  static concat(parts: readonly Uint8Array[]): Buffer {
    const whole = new Buffer(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** Text of bytes. */
  override toString(encoding: Encoding = 'utf8'): string {
    switch (encoding) {
      case 'utf8':
        return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this);
      case 'hex':
        return [...this].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      case 'latin1':
        return latin1(this);
      case 'base64':
        return btoa(latin1(this));
      case 'base64url':
        return btoa(latin1(this)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    }
  }

  /** Whether other bytes are the same. */
  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, at) => byte === other[at]);
  }

  /** Writes text at a place; what does not fit is left out. Returns how many bytes were written. */
  write(text: string, at: number, encoding: Encoding): number {
    const bytes = ofText(text, encoding).subarray(0, this.length - at);
    this.set(bytes, at);
    return bytes.length;
  }

  /** A number of one to six bytes, the highest first. */
  readUIntBE(at: number, count: number): number {
    return this.subarray(at, at + count).reduce((sum, byte) => sum * 256 + byte, 0);
  }
}

/** In pieces: a function takes only so many arguments. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return text;
}

function ofText(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf8':
      return new Buffer(new TextEncoder().encode(text));
    case 'latin1':
      return ofUnits(text);
    case 'hex':
      return new Buffer(
        (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16)),
      );
    case 'base64':
    case 'base64url':
      return ofUnits(decodeBase64(text));
  }
}

const ofUnits = (text: string): Buffer =>
  new Buffer(Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff));

/** Both alphabets, as in Node. Four characters are three bytes; a last one by itself is none. */
function decodeBase64(text: string): string {
  const known = (text.split('=')[0] ?? '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  return atob(known.length % 4 === 1 ? known.slice(0, -1) : known);
}

/**
 * The process that holds the PKCS #11 module. A fault in the module ends this process and no other. It does one thing
 * after another: a session of PKCS #11 has room for one operation, and modules differ in what they survive.
 *
 * Source: PKCS #11 2.40, sections 5.4 (C_Initialize), 5.6 (sessions), 5.11 (signing); Current Mechanisms, section 2.3
 * (elliptic curves).
 */
import { createRequire } from 'node:module';

import type * as Pkcs11 from 'pkcs11js';

import {
  numberedRequest,
  type TokenAnswer,
  type TokenFault,
  type TokenRequest,
} from './token-messages.ts';

/** Something that is answered, not died of. */
class Fault extends Error {
  readonly fault: TokenFault;
  constructor(fault: TokenFault) {
    super(fault);
    this.fault = fault;
  }
}

interface OpenToken {
  readonly pkcs11: typeof Pkcs11;
  readonly module: Pkcs11.PKCS11;
  readonly session: Buffer;
  /** Private keys by id, so that a signature needs no search. */
  readonly found: Map<string, Buffer>;
}

/** prime256v1, an object identifier in DER. */
const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
const ES256_BYTES = 64;
const MAX_FOUND = 10_000;
/** Longest list of slots looked through. */
const MAX_SLOTS = 256;

let open: OpenToken | undefined;

process.on('message', (message) => {
  const { id, request } = numberedRequest.parse(message);
  const answer = carryOut(request);
  process.send?.({ id, answer }, () => {
    // The session may be in any state: a new process has a new one.
    if (!answer.ok && answer.fault === 'failed') process.exit(1);
  });
});
// The process that started this one ends it, by closing the channel or by dying.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

function carryOut(request: TokenRequest): TokenAnswer {
  try {
    if (request.kind === 'start') {
      open = start(request);
      return { ok: true };
    }
    if (open === undefined) throw new Fault('failed');
    const bytes = work(open, request);
    return { ok: true, ...(bytes === undefined ? {} : { bytes: bytes.toString('base64') }) };
  } catch (error) {
    return { ok: false, fault: error instanceof Fault ? error.fault : 'failed' };
  }
}

function start(request: Extract<TokenRequest, { kind: 'start' }>): OpenToken {
  const { pkcs11, module } = load(request.module);
  module.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
  const slot = module
    .C_GetSlotList(true)
    .slice(0, MAX_SLOTS)
    .find((each) => module.C_GetTokenInfo(each).label.trimEnd() === request.token);
  if (slot === undefined) throw new Fault('token_missing');
  const session = module.C_OpenSession(slot, pkcs11.CKF_RW_SESSION | pkcs11.CKF_SERIAL_SESSION);
  try {
    module.C_Login(session, pkcs11.CKU_USER, request.pin);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? Number(error.code) : undefined;
    // CKR_PIN_INCORRECT to CKR_PIN_LOCKED.
    if (code !== undefined && code >= pkcs11.CKR_PIN_INCORRECT && code <= pkcs11.CKR_PIN_LOCKED) {
      throw new Fault('pin_refused');
    }
    throw error;
  }
  return { pkcs11, module, session, found: new Map() };
}

function load(file: string): Pick<OpenToken, 'pkcs11' | 'module'> {
  try {
    const pkcs11 = createRequire(import.meta.url)('pkcs11js') as typeof Pkcs11;
    const module = new pkcs11.PKCS11();
    module.load(file);
    return { pkcs11, module };
  } catch {
    throw new Fault('module_unusable');
  }
}

function work(
  token: OpenToken,
  request: Exclude<TokenRequest, { kind: 'start' }>,
): Buffer | undefined {
  const { pkcs11, module, session, found } = token;
  switch (request.kind) {
    case 'create':
      return create(token, request);
    case 'find':
      privateKey(token, request.keyId);
      return undefined;
    case 'sign': {
      const key = privateKey(token, request.keyId);
      module.C_SignInit(session, { mechanism: pkcs11.CKM_ECDSA }, key);
      return module.C_Sign(
        session,
        Buffer.from(request.digest, 'base64'),
        Buffer.alloc(ES256_BYTES),
      );
    }
    case 'destroy':
      found.delete(request.keyId);
      for (const object of objects(token, [idOf(token, request.keyId)], 4)) {
        module.C_DestroyObject(session, object);
      }
      return undefined;
  }
}

/** Makes a key that the token will not give out, and proves that it will not. */
function create(
  token: OpenToken,
  { keyId, label }: Extract<TokenRequest, { kind: 'create' }>,
): Buffer {
  const { pkcs11, module, session, found } = token;
  const named = [
    { type: pkcs11.CKA_TOKEN, value: true },
    idOf(token, keyId),
    { type: pkcs11.CKA_LABEL, value: label },
  ];
  const made = module.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11.CKM_EC_KEY_PAIR_GEN },
    [
      ...named,
      { type: pkcs11.CKA_PRIVATE, value: false },
      { type: pkcs11.CKA_VERIFY, value: true },
      { type: pkcs11.CKA_EC_PARAMS, value: P256 },
    ],
    [
      ...named,
      { type: pkcs11.CKA_PRIVATE, value: true },
      { type: pkcs11.CKA_SENSITIVE, value: true },
      { type: pkcs11.CKA_EXTRACTABLE, value: false },
      { type: pkcs11.CKA_SIGN, value: true },
    ],
  );
  const demanded = [
    [pkcs11.CKA_SENSITIVE, 1],
    [pkcs11.CKA_ALWAYS_SENSITIVE, 1],
    [pkcs11.CKA_EXTRACTABLE, 0],
    [pkcs11.CKA_NEVER_EXTRACTABLE, 1],
  ] as const;
  const shown = module.C_GetAttributeValue(
    session,
    made.privateKey,
    demanded.map(([type]) => ({ type })),
  );
  if (!demanded.every(([, value], index) => shown[index]?.value[0] === value)) {
    module.C_DestroyObject(session, made.privateKey);
    module.C_DestroyObject(session, made.publicKey);
    throw new Fault('key_not_protected');
  }
  found.set(keyId, made.privateKey);
  const [point] = module.C_GetAttributeValue(session, made.publicKey, [
    { type: pkcs11.CKA_EC_POINT },
  ]);
  if (point === undefined) throw new Fault('failed');
  // The point in a DER OCTET STRING: two bytes before it.
  return point.value.subarray(-65);
}

function privateKey(token: OpenToken, keyId: string): Buffer {
  const { pkcs11, found } = token;
  let key = found.get(keyId);
  if (key === undefined) {
    const template = [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
      idOf(token, keyId),
    ];
    [key] = objects(token, template, 1);
    if (key === undefined) throw new Fault('key_unknown');
    if (found.size >= MAX_FOUND) found.clear();
    found.set(keyId, key);
  }
  return key;
}

function objects(
  { module, session }: OpenToken,
  template: Pkcs11.Template,
  most: number,
): readonly Buffer[] {
  module.C_FindObjectsInit(session, template);
  try {
    return module.C_FindObjects(session, most);
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

const idOf = ({ pkcs11 }: Pick<OpenToken, 'pkcs11'>, keyId: string) => ({
  type: pkcs11.CKA_ID,
  value: Buffer.from(keyId, 'hex'),
});

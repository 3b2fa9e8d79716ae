/** The public addresses of everything that credentials name. */
import { didWebOf } from '../../../standards/did-web.ts';
import { credentialType, type CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { typeDocumentPath } from './type-document.ts';

/** Builds addresses and reads them back. */
export interface Addresses {
  /** A trust's `iss`. */
  readonly issuer: (odsCode: string) => string;
  /** The trust behind an `iss`, when it has the form of ours. */
  readonly odsCodeOfIssuer: (issuer: string) => string | undefined;
  /** A trust's name in credentials of the W3C data model (did:web). */
  readonly did: (odsCode: string) => string;
  /** The `vct` of new credentials of a kind. */
  readonly vct: (type: CredentialType) => string;
  /** Every `vct` that credentials of a kind were ever given, oldest first. */
  readonly vcts: (type: CredentialType) => readonly string[];
  /** The kind of credential behind a `vct`. */
  readonly typeOfVct: (vct: string) => CredentialType | undefined;
  /** Where a status list is published. */
  readonly statusList: (listId: string) => string;
  /** The list behind an address, when it has the form of ours. */
  readonly listIdOfStatusList: (uri: string) => string | undefined;
  /** Where a trust's status lists are listed. */
  readonly statusLists: (odsCode: string) => string;
  /** The trust behind such an address, when it has the form of ours. */
  readonly odsCodeOfStatusLists: (uri: string) => string | undefined;
  /** Where the register of issuers is published, and who signs it. */
  readonly issuerRegistry: string;
  /** Who sends signals (`iss`). */
  readonly transmitter: string;
  /** Whom the token of a signal is for that a client of the graph asks for (`aud`). */
  readonly signalsTo: (clientId: string) => string;
  readonly signals: {
    /** Where the keys that sign signals are published. */
    readonly jwks: string;
    /** The type of an event about a registration that changed no credential. */
    readonly registrationChange: string;
  };
  /** A verifier's name in key binding. */
  readonly verifier: (odsCode: string) => string;
  /** A verifier's name as a decentralised identifier (did:web). */
  readonly verifierDid: (odsCode: string) => string;
  /** The host of every address, without port. */
  readonly host: string;
  /** The page of a request for presentations: the short link. */
  readonly presentationPage: (requestId: string) => string;
  /** Where a wallet fetches a request for presentations. */
  readonly requestObject: (requestId: string) => string;
  /** Where a wallet posts its answer. */
  readonly response: (requestId: string) => string;
  /** Where a wallet leads the browser that took a request up. */
  readonly presentationReturn: (requestId: string, responseCode: string) => string;
  /** Where the keys are published that verify a verifier's receipts. */
  readonly receiptKeys: (odsCode: string) => string;
}

/** Addresses under one public URL, which has no slash at its end. */
export function passportAddresses(publicUrl: string): Addresses {
  const after = (prefix: string, pattern: RegExp) => (address: string) => {
    if (!address.startsWith(prefix)) return undefined;
    const rest = address.slice(prefix.length);
    return pattern.test(rest) ? rest : undefined;
  };
  const odsCodeOfIssuer = after(`${publicUrl}/trusts/`, /^[A-Z0-9]{2,10}$/);
  const address = (type: CredentialType, version: number): string =>
    `${publicUrl}${typeDocumentPath(CREDENTIAL_TYPES[type].id, version)}`;
  const vcts = (type: CredentialType): readonly string[] =>
    Array.from({ length: CREDENTIAL_TYPES[type].version }, (_none, at) => address(type, at + 1));
  const types = new Map(
    credentialType.options.flatMap((type) => vcts(type).map((vct) => [vct, type] as const)),
  );
  return {
    issuer: (odsCode) => `${publicUrl}/trusts/${odsCode}`,
    odsCodeOfIssuer,
    did: (odsCode) => didWebOf(`${publicUrl}/trusts/${odsCode}`),
    vct: (type) => address(type, CREDENTIAL_TYPES[type].version),
    vcts,
    typeOfVct: (vct) => types.get(vct),
    statusList: (listId) => `${publicUrl}/status-lists/${listId}`,
    listIdOfStatusList: after(`${publicUrl}/status-lists/`, /^[A-Za-z0-9_-]{22}$/),
    statusLists: (odsCode) => `${publicUrl}/trusts/${odsCode}/status-lists`,
    odsCodeOfStatusLists: (uri) =>
      uri.endsWith('/status-lists') ? odsCodeOfIssuer(uri.slice(0, -13)) : undefined,
    issuerRegistry: `${publicUrl}/issuer-registry`,
    transmitter: publicUrl,
    signalsTo: (clientId) => `${publicUrl}/clients/${clientId}`,
    signals: {
      jwks: `${publicUrl}/signals/jwks`,
      registrationChange: `${publicUrl}/signals/registration-change`,
    },
    verifier: (odsCode) => `${publicUrl}/verifiers/${odsCode}`,
    verifierDid: (odsCode) => didWebOf(`${publicUrl}/verifiers/${odsCode}`),
    host: new URL(publicUrl).hostname,
    presentationPage: (requestId) => `${publicUrl}/present/${requestId}`,
    requestObject: (requestId) => `${publicUrl}/openid4vp/requests/${requestId}`,
    response: (requestId) => `${publicUrl}/openid4vp/responses/${requestId}`,
    presentationReturn: (requestId, responseCode) =>
      `${publicUrl}/present/${requestId}/return?response_code=${responseCode}`,
    receiptKeys: (odsCode) => `${publicUrl}/verifiers/${odsCode}/receipt-keys`,
  };
}

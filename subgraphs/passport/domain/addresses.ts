/** The public addresses of everything that credentials name. */
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.ts';

/** Builds addresses and reads them back. */
export interface Addresses {
  /** A trust's `iss`. */
  readonly issuer: (odsCode: string) => string;
  /** The trust behind an `iss`, when it has the form of ours. */
  readonly odsCodeOfIssuer: (issuer: string) => string | undefined;
  /** The `vct` of a kind of credential. */
  readonly vct: (type: CredentialType) => string;
  /** The kind of credential behind a `vct`. */
  readonly typeOfVct: (vct: string) => CredentialType | undefined;
  /** Where a status list is published. */
  readonly statusList: (listId: string) => string;
  /** The list behind an address, when it has the form of ours. */
  readonly listIdOfStatusList: (uri: string) => string | undefined;
  /** A verifier's name in key binding. */
  readonly verifier: (odsCode: string) => string;
}

/** Addresses under one public URL, which has no slash at its end. */
export function passportAddresses(publicUrl: string): Addresses {
  const after = (prefix: string, pattern: RegExp) => (address: string) => {
    if (!address.startsWith(prefix)) return undefined;
    const rest = address.slice(prefix.length);
    return pattern.test(rest) ? rest : undefined;
  };
  const vct = (type: CredentialType): string =>
    `${publicUrl}/credential-types/${CREDENTIAL_TYPES[type].id}`;
  const types = new Map(
    Object.values(CREDENTIAL_TYPES).map(({ type }) => [vct(type), type] as const),
  );
  return {
    issuer: (odsCode) => `${publicUrl}/trusts/${odsCode}`,
    odsCodeOfIssuer: after(`${publicUrl}/trusts/`, /^[A-Z0-9]{2,10}$/),
    vct,
    typeOfVct: (address) => types.get(address),
    statusList: (listId) => `${publicUrl}/status-lists/${listId}`,
    listIdOfStatusList: after(`${publicUrl}/status-lists/`, /^[A-Za-z0-9_-]{22}$/),
    verifier: (odsCode) => `${publicUrl}/verifiers/${odsCode}`,
  };
}

/** What waits to be added, by the offer that it is in: an offer is collected as a whole. */
import { codeWords } from '../../words/codes.ts';

interface Offer {
  readonly id: string;
  readonly types: readonly string[];
  readonly state: string;
  readonly expiresAt: string;
  readonly issuer: { readonly odsCode: string; readonly name: string | null };
}

/** An offer as the page shows it. */
export interface OfferToAdd {
  readonly id: string;
  readonly trust: string;
  readonly expiresAt: string;
  readonly items: readonly string[];
  /** Names of what is offered, as wallets ask for it; separated by blanks. */
  readonly configurationIds: string;
}

/** The offers that can be collected, the newest of the same contents alone. */
export function offersToAdd(offers: readonly Offer[]): readonly OfferToAdd[] {
  const open = new Map<string, OfferToAdd>();
  for (const { id, types, state, expiresAt, issuer } of offers) {
    const configurationIds = types.map(configurationIdOf).join(' ');
    const key = `${issuer.odsCode} ${configurationIds}`;
    if (state !== 'OFFERED' || open.has(key)) continue;
    open.set(key, {
      id,
      trust: issuer.name ?? issuer.odsCode,
      expiresAt,
      items: types.map((type) => codeWords('CredentialType', type)),
      configurationIds,
    });
  }
  return [...open.values()];
}

/** `RIGHT_TO_WORK` is `right-to-work` to wallets. */
const configurationIdOf = (type: string): string => type.toLowerCase().replaceAll('_', '-');

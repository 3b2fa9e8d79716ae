/** A verifier's request to a holder, and where it stands. */
import { z } from 'zod';

import type { DcqlQuery } from '../../../standards/openid4vp/dcql.ts';
import type { Actor } from './actor.ts';
import type { StoredResult } from './verification-result.ts';

/** Questions that are asked often. */
export const presentationTemplate = z.enum(['ROTATING_DOCTOR', 'BANK_SHIFT', 'PERMANENT_MOVE']);

/** A question that is asked often. */
export type PresentationTemplate = z.infer<typeof presentationTemplate>;

/** A request as it is stored. */
export interface StoredPresentation {
  readonly id: string;
  /** The verifier. */
  readonly odsCode: string;
  /** Who asked. */
  readonly by: Omit<Actor, 'odsCode'>;
  /** The purpose of use under which it was asked. */
  readonly purpose: string;
  readonly template?: PresentationTemplate;
  readonly query: DcqlQuery;
  /** The person it is meant for. */
  readonly staffId?: string;
  /** What the verifier knows it by, such as the number of a vacancy. */
  readonly reference?: string;
  /** The day on which the person begins there, ISO 8601. */
  readonly startsOn?: string;
  /** The list that it was made in. */
  readonly listId?: string;
  /** Whether a browser takes it up, to which the wallet has to lead back. */
  readonly sameDevice: boolean;
  /** The verifier's name to wallets, with its prefix: whom they prove to that the credentials are the holder's. */
  readonly clientId: string;
  /** Whether wallets encrypt the answer that they post. */
  readonly encrypted: boolean;
  /** Origins of the pages that may use it through the Digital Credentials API; mostly none. */
  readonly origins: readonly string[];
  readonly nonce: string;
  /** The parameter `state` of the request object. */
  readonly walletState: string;
  /** The private key of this one answer, sealed; gone once there can be no answer. */
  readonly sealedKey?: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When a browser took it up. */
  readonly startedAt?: Date;
  /** When a wallet fetched it. */
  readonly fetchedAt?: Date;
  /** When it was answered or refused. */
  readonly answeredAt?: Date;
  /** Why it was refused: a code of the wallet, such as `access_denied`. */
  readonly refusedBecause?: string;
  /** When the verifier may see the result. */
  readonly releasedAt?: Date;
  /** What came of the answer. Nobody is shown it before `releasedAt`. */
  readonly result?: StoredResult;
  /** When the organisation had done with it. */
  readonly closedAt?: Date;
}

/** Where a request stands. */
export type PresentationState =
  | 'WAITING'
  | 'FETCHED'
  | 'CHECKING'
  | 'RETURNING'
  | 'ANSWERED'
  | 'REFUSED'
  | 'EXPIRED';

/** Requests by what the verifier has to do about them. */
export type PresentationGroup = 'OPEN' | 'ANSWERED' | 'ENDED' | 'TO_DO' | 'DONE' | 'ALL';

/** By what requests are put in order. */
export type PresentationOrderField = 'ASKED_AT' | 'STARTS_ON' | 'REFERENCE';

/** An order of requests. */
export interface PresentationOrder {
  readonly field: PresentationOrderField;
  readonly direction: 'ASC' | 'DESC';
}

/** Where a request stands now. */
export function presentationState(request: StoredPresentation, now: Date): PresentationState {
  if (request.refusedBecause !== undefined) return 'REFUSED';
  if (request.releasedAt !== undefined) return 'ANSWERED';
  if (request.expiresAt <= now) return 'EXPIRED';
  if (request.result !== undefined) return 'RETURNING';
  if (request.answeredAt !== undefined) return 'CHECKING';
  return request.fetchedAt === undefined ? 'WAITING' : 'FETCHED';
}

/**
 * Which of a holder's credentials answer a request, and what of them would be shown.
 *
 * Source: OpenID4VP 1.0, sections 6.4 and 7.
 */
import type { JsonObject } from '../strict-json.ts';
import type { ClaimPath } from '../sd-jwt/process-sd-jwt.ts';
import type { ClaimStep, DcqlQuery } from './dcql.ts';
import { dcqlFaultOf, enoughClaims, missingCredentials } from './fit-dcql.ts';

/** A credential in the wallet. */
export interface Choosable {
  /** Its type. */
  readonly vct: string;
  /** All of its claims. */
  readonly claims: JsonObject;
  /** Key identifiers of the authorities that its certificates come from, base64url. */
  readonly authorityKeyIds: readonly string[];
}

/** What is asked for under one name, and what there is. */
export interface Choice<Held extends Choosable> {
  /** Its name in the answer. */
  readonly queryId: string;
  /** Whether no answer is enough without it. */
  readonly needed: boolean;
  /** The first of the holder's credentials that fits; `undefined` when none does. */
  readonly held: Held | undefined;
  /** Paths of the claims that would be shown, besides those that the credential always shows. */
  readonly paths: readonly (readonly ClaimStep[])[];
}

/** Finds what answers each part of a request, in the order of the request. */
export function chooseCredentials<Held extends Choosable>(
  query: DcqlQuery,
  held: readonly Held[],
): readonly Choice<Held>[] {
  return query.credentials.map((asked) => {
    const fitting = held.find((one) => dcqlFaultOf(asked, one) === undefined);
    const claims = fitting === undefined ? [] : (enoughClaims(asked, fitting.claims) ?? []);
    return {
      queryId: asked.id,
      needed: isNeeded(query, asked.id),
      held: fitting,
      paths: claims.map(({ path }) => path),
    };
  });
}

/** Whether what is chosen is enough of an answer. */
export const isEnough = (query: DcqlQuery, queryIds: readonly string[]): boolean =>
  missingCredentials(query, new Map(queryIds.map((id) => [id, true]))).length === 0;

/** Whether what stands at a place is shown when these paths are asked for: it is there, or inside. */
export const isAskedFor = (paths: readonly (readonly ClaimStep[])[], place: ClaimPath): boolean =>
  paths.some(
    (path) =>
      path.length <= place.length &&
      path.every((step, at) =>
        // A number stands for any element, as when a verifier matches: what is kept back moves those after it.
        typeof step === 'string' ? step === place[at] : typeof place[at] === 'number',
      ),
  );

/** Needed is what every way to satisfy some required set has. */
const isNeeded = ({ credential_sets: sets }: DcqlQuery, queryId: string): boolean =>
  sets === undefined ||
  sets.some(
    ({ required = true, options }) =>
      required && options.every((option) => option.includes(queryId)),
  );

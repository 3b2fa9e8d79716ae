/**
 * When a person has to sign in although there is a session: the library's own rules, and ours for `acr`, which knows that
 * a stronger sign-in is as good as the one asked for.
 *
 * Source: OpenID Connect Core 1.0, sections 3.1.2.1 (`acr_values`, `prompt`, `max_age`) and 5.5.1.1 (`acr` claim).
 */
import { errors, type interactionPolicy, interactionPolicy as policies } from 'oidc-provider';
import { z } from 'zod';

import { isStrongEnough, SIGN_IN_ACRS } from '../domain/authentication-strength.ts';

const acrRequest = z
  .object({
    essential: z.boolean().default(false),
    value: z.string().optional(),
    values: z.array(z.string()).optional(),
  })
  .nullish()
  .catch(null);

/**
 * The `acr` values that a request asks for and we know; empty when any will do.
 *
 * @param claim the `acr` member of the request's `claims.id_token`; the library puts `acr_values` there
 * @throws {errors.CustomOIDCProviderError} `unmet_authentication_requirements` when one is essential and none is ours
 */
export function wantedAcrs(claim: unknown): readonly string[] {
  const { essential = false, value, values = [] } = acrRequest.parse(claim) ?? {};
  const asked = value === undefined ? values : [value];
  const known = asked.filter((acr) => SIGN_IN_ACRS.includes(acr));
  if (essential && asked.length > 0 && known.length === 0) {
    throw new errors.CustomOIDCProviderError(
      'unmet_authentication_requirements',
      'none of the requested acr values is known here',
    );
  }
  return known;
}

/** Creates the policy. */
export function signInPolicy(): interactionPolicy.DefaultPolicy {
  const policy = policies.base();
  const login = policy.get('login');
  if (login === undefined) throw new Error('no prompt of this name');
  login.checks.remove('essential_acr');
  login.checks.remove('essential_acrs');
  login.checks.add(
    new policies.Check(
      'strength',
      'a stronger sign-in was asked for',
      'login_required',
      ({ oidc }) => {
        const wanted = wantedAcrs(oidc.claims.id_token?.['acr']);
        return wanted.length > 0 && !isStrongEnough(oidc.acr, wanted);
      },
    ),
  );
  login.checks.add(
    new policies.Check(
      'closed',
      'the account was closed',
      'login_required',
      ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
    ),
  );
  return policy;
}

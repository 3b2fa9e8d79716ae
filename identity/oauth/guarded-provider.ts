/** oidc-provider with rules of our own in front of its grant types. */
import { type Configuration, Provider, type TokenEndpointGrantContext } from 'oidc-provider';

/** What holds before a token request of one grant type is looked at. Throws one of the library's errors. */
export type GrantRule = (ctx: TokenEndpointGrantContext) => Promise<void> | void;

/** Creates the authorization server. The library registers its grant types itself, while it is made. */
export function guardedProvider(
  issuer: string,
  configuration: Configuration,
  rules: Readonly<Record<string, GrantRule>>,
): Provider {
  class GuardedProvider extends Provider {
    override registerGrantType<Params extends object>(
      ...[name, handler, ...more]: Parameters<typeof Provider.prototype.registerGrantType<Params>>
    ): void {
      const rule = rules[name];
      super.registerGrantType<Params>(
        name,
        rule === undefined
          ? handler
          : async (ctx) => {
              await rule(ctx);
              await handler(ctx);
            },
        ...more,
      );
    }
  }
  return new GuardedProvider(issuer, configuration);
}

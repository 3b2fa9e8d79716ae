/** What browsers with Trusted Types want to be told apart: addresses of scripts, and pages, that are our own. */

interface Policy {
  readonly createHTML: (text: string) => unknown;
  readonly createScriptURL: (url: string) => unknown;
}
interface Factory {
  readonly createPolicy: (name: string, rules: object) => Policy;
}

const rules = { createHTML: (text: string) => text, createScriptURL: ownAddress };
const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;

/** Marks what comes from this origin. */
export const policy: Policy = factory?.createPolicy('lanyard', rules) ?? rules;

function ownAddress(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('not our own');
  return url;
}

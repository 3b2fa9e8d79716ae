/** Which parts of a credential's claims the holder may keep back (RFC 9901, sections 4.2.1, 4.2.2 and 4.2.6). */
import type { DisclosureFrame } from '../../../standards/sd-jwt/issue-sd-jwt.ts';
import type { Claims, CredentialTypeDefinition } from './credential-type.ts';

/** The frame for these claims: members, and the elements of lists one by one. */
export function disclosureFrame(type: CredentialTypeDefinition, claims: Claims): DisclosureFrame {
  const lists = hiddenLists(type, claims).map(([name, list]): [string, DisclosureFrame] => [
    name,
    { _sd: [...list.keys()] },
  ]);
  return { ...Object.fromEntries(lists), _sd: hiddenNames(type, claims) };
}

/** What a verifier is told when every disclosure is there: paths with dots between their steps, sorted. */
export const disclosedPaths = (type: CredentialTypeDefinition, claims: Claims): readonly string[] =>
  [
    ...hiddenNames(type, claims),
    ...hiddenLists(type, claims).flatMap(([name, list]) =>
      list.map((_element, index) => `${name}.${String(index)}`),
    ),
  ].sort();

const hiddenNames = ({ selective }: CredentialTypeDefinition, claims: Claims): readonly string[] =>
  selective.filter((name) => Object.hasOwn(claims, name));

const hiddenLists = (
  { claims: definitions }: CredentialTypeDefinition,
  claims: Claims,
): readonly (readonly [string, readonly unknown[]])[] =>
  Object.entries(definitions).flatMap(([name, { elements }]) => {
    const list = elements === undefined ? undefined : claims[name];
    return Array.isArray(list) ? [[name, list as readonly unknown[]] as const] : [];
  });

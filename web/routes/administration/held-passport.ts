/** The passport that a page of this section is about, and what its parts have in common. */
import {
  administrationPassport,
  type AdministrationPassportQuery,
  type PersonInWordsFragment,
  type StoppableCredentialFragment,
} from '../../operations/operations.generated.ts';
import type { Visit } from '../page.ts';

/** Whoever is looked at. */
export type HeldPerson = NonNullable<AdministrationPassportQuery['staff']>;

/** A person's name in one line. */
export const nameOf = (person: Pick<PersonInWordsFragment, 'id' | 'name'>): string =>
  [person.name?.title, person.name?.given, person.name?.family].filter(Boolean).join(' ') ||
  person.id;

/** Where a person's passport is. */
export const passportPath = (staffId: string): string =>
  `/admin/passports/${encodeURIComponent(staffId)}`;

/** Where a credential of theirs is. */
export const credentialPath = (staffId: string, credentialId: string): string =>
  `${passportPath(staffId)}/${encodeURIComponent(credentialId)}`;

/** Where pages follow how far a change of a credential has got. */
export const livePath = (credentialId: string): string =>
  `/admin/live/${encodeURIComponent(credentialId)}`;

/** The person; `undefined` when there is none whom the caller may see. */
export async function findPerson({
  ask,
  params,
}: Pick<Visit, 'ask' | 'params'>): Promise<HeldPerson | undefined> {
  const { data } = await ask(administrationPassport, { id: params['staff'] ?? '' });
  return data.staff ?? undefined;
}

/** Everything in a passport, the latest first. */
export const credentialsOf = ({ passport }: HeldPerson): readonly StoppableCredentialFragment[] =>
  (passport?.credentials.edges ?? [])
    .map(({ node }) => node)
    .toSorted((a, b) => (b.issuedAt ?? '').localeCompare(a.issuedAt ?? ''));

/** The person and the one credential; `undefined` when either is not there. */
export async function findCredential(visit: Pick<Visit, 'ask' | 'params'>): Promise<
  | {
      readonly held: HeldPerson;
      readonly credential: StoppableCredentialFragment;
      /** Others that are valid. */
      readonly others: number;
    }
  | undefined
> {
  const held = await findPerson(visit);
  if (held === undefined) return undefined;
  const all = credentialsOf(held);
  const credential = all.find(({ id }) => id === visit.params['credential']);
  if (credential === undefined) return undefined;
  const others = all.filter(({ id, state }) => id !== credential.id && state === 'ACTIVE').length;
  return { held, credential, others };
}

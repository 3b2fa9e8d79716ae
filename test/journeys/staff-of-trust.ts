/** Staff nurses of a trust with the mailboxes that they are linked to, as its HR system sees them. */
import { answered } from './clients.ts';
import type { Stage } from './story.ts';

/** How far a person and a mailbox belong together. */
export interface Link {
  readonly method: string | null;
  readonly state: string;
  readonly assurance: string | null;
  readonly author: string;
  readonly account: { readonly mail: string } | null;
}

/** Somebody who works at the trust. */
export interface Colleague {
  readonly id: string;
  readonly name: { readonly given: string; readonly family: string };
  readonly employments: readonly { readonly employeeNumber: string }[];
  /** Those that are certain or confirmed to be theirs. */
  readonly mailboxes: readonly { readonly mail: string }[];
  readonly identityLinks: readonly Link[];
}

/** What is read of a colleague. */
export const COLLEAGUE = `id name { given family } employments { employeeNumber } mailboxes { mail }
  identityLinks { method state assurance author account { mail } }`;

/** Reads up to 100 of them. */
export async function staffNursesOf(
  { graph }: Pick<Stage, 'graph'>,
  token: string,
  odsCode: string,
): Promise<readonly Colleague[]> {
  const { staffSearch } = await answered<{
    staffSearch: { readonly edges: readonly { readonly node: Colleague }[] };
  }>(graph, {
    token,
    purpose: 'HR_ADMINISTRATION',
    query: `query ($odsCode: ID!) { staffSearch(odsCode: $odsCode, jobRole: "Staff Nurse", first: 100) {
      edges { node { ${COLLEAGUE} } } } }`,
    variables: { odsCode },
  });
  return staffSearch.edges.map(({ node }) => node);
}

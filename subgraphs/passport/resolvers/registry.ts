/** The register of organisations, and the changes that two people make of it. */
import { publicError } from '../../../runtime/graphql-error.ts';
import {
  approveChange,
  dryRunChange,
  effectOf,
  proposeChange,
  turnDownChange,
} from '../domain/change-registry.ts';
import { idempotencyKey, odsCode as odsCodeShape } from '../domain/identifiers.ts';
import { certificateEndsAt } from '../domain/own-keys.ts';
import { pageOf } from '../domain/page.ts';
import {
  concerns,
  mayApprove,
  needsKeeper,
  type RegistryChange as StoredChange,
  type RegistryLine,
} from '../domain/registry.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { looksAfterIssuing } from './issuer-keys.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  RegisteredOrganisationResolvers,
  RegistryChangeLine,
  RegistryChangeResolvers,
  RegistryWantedInput,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';
import { wantedPage } from './wanted-page.ts';

/** Their queries. */
export const registryQueries: Pick<
  QueryResolvers,
  | 'registeredOrganisations'
  | 'registeredOrganisation'
  | 'registryDryRun'
  | 'registryChanges'
  | 'registryChange'
> = {
  async registeredOrganisations(_parent, { first, after }, { caller, parts }) {
    looksAfterIssuing(caller);
    const page = { first: wantedPage(first, undefined).first, after: organisationAfter(after) };
    const rows = await parts.registry.list(page, parts.now());
    const edges = rows
      .slice(0, first)
      .map((node) => ({ cursor: organisationCursor(node.odsCode), node }));
    const pageInfo = {
      hasNextPage: rows.length > first,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    return { edges, pageInfo };
  },
  async registeredOrganisation(_parent, { odsCode }, { caller, parts }) {
    looksAfterIssuing(caller);
    if (!odsCodeShape.safeParse(odsCode).success) return null;
    return parts.registry.find(odsCode, parts.now());
  },
  async registryDryRun(_parent, { wanted }, { caller, parts }) {
    const outcome = await dryRunChange(wantedOf(wanted), looksAfterIssuing(caller), parts);
    return 'kind' in outcome
      ? { lines: [], effect: null, needsKeeper: false, errors: userErrors(outcome) }
      : { ...outcome, lines: outcome.lines.map(lineShape), errors: [] };
  },
  async registryChanges(_parent, { state, first, after }, { caller, parts }) {
    const { odsCode } = looksAfterIssuing(caller);
    const wanted = wantedPage(first, after);
    const whose = odsCode === parts.registryKeeper ? undefined : odsCode;
    const rows = await parts.registry.listChanges(
      { odsCode: whose, state: state ?? undefined },
      wanted,
    );
    return pageOf(rows, wanted, (change) => change);
  },
  async registryChange(_parent, { id }, { caller, parts }) {
    const by = looksAfterIssuing(caller);
    const change = await parts.registry.findChange(id);
    return change !== undefined && concerns(change, by, parts.registryKeeper) ? change : null;
  },
};

/** Their mutations. */
export const registryMutations: Pick<
  MutationResolvers,
  'registryChangePropose' | 'registryChangeApprove' | 'registryChangeTurnDown'
> = {
  async registryChangePropose(_parent, { input }, { caller, parts }) {
    const by = looksAfterIssuing(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) return keyRefused;
    return payload(await proposeChange({ ...input, wanted: wantedOf(input.wanted), by }, parts));
  },
  async registryChangeApprove(_parent, { input }, { caller, parts }) {
    const by = looksAfterIssuing(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) return keyRefused;
    return payload(await approveChange({ ...input, by }, parts));
  },
  async registryChangeTurnDown(_parent, { input }, { caller, parts }) {
    const by = looksAfterIssuing(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) return keyRefused;
    return payload(await turnDownChange({ ...input, by }, parts));
  },
};

/** Fields of an organisation in the register. */
export const RegisteredOrganisation: RegisteredOrganisationResolvers = {
  organisation: ({ odsCode }) => ({ odsCode }),
  mayIssue: ({ issuing }) =>
    issuing.map(({ type, from, until }) => ({ type, from, until: until ?? null })),
  contact: ({ contact }) =>
    contact === undefined ? null : { ...contact, phone: contact.phone ?? null },
  async certificateEndsAt({ odsCode }, _args, { parts }) {
    const published = await parts.keys.published(odsCode, 'credential');
    // The newest signs, or will: what comes before it is for checking.
    const certificate = published.at(-1)?.x5c[0];
    return certificate === undefined ? null : certificateEndsAt(certificate);
  },
  changedAt: ({ changedAt }) => changedAt ?? null,
};

/** Fields of a change. */
export const RegistryChange: RegistryChangeResolvers = {
  organisation: ({ odsCode }) => ({ odsCode }),
  lines: ({ lines }) => lines.map(lineShape),
  issuesUntil: ({ wanted }) => wanted.issuesUntil ?? null,
  proposedFor: ({ proposedFor }) => ({ odsCode: proposedFor }),
  isMine: ({ proposedBy }, _args, { caller }) => proposedBy === caller.subject,
  mayApprove: (change, _args, { caller, parts }) =>
    mayApprove(change, looksAfterIssuing(caller), parts.registryKeeper),
  needsKeeper: ({ lines }) => needsKeeper(lines),
  decidedAt: ({ decidedAt }) => decidedAt ?? null,
  decidedFor: ({ decidedFor }) => (decidedFor === undefined ? null : { odsCode: decidedFor }),
  effect: (change, _args, { parts }) =>
    change.state === 'WAITING' ? effectOf(change, parts) : null,
};

const keyRefused = {
  change: null,
  errors: userErrors(refused('INVALID_VALUE', 'idempotencyKey')),
};

const payload = (outcome: StoredChange | Refusal) =>
  'kind' in outcome
    ? { change: null, errors: userErrors(outcome) }
    : { change: outcome, errors: [] };

/** What is null in the input is not said. */
const wantedOf = ({ issuesUntil, contact, ...wanted }: RegistryWantedInput) => ({
  ...wanted,
  issuesUntil: issuesUntil ?? undefined,
  contact: contact == null ? undefined : { ...contact, phone: contact.phone ?? undefined },
});

const lineShape = ({ what, credentialType, before, after }: RegistryLine): RegistryChangeLine => ({
  what,
  credentialType: credentialType ?? null,
  before: before ?? null,
  after: after ?? null,
});

/** The cursor of an organisation. Opaque to clients. */
const organisationCursor = (odsCode: string): string =>
  Buffer.from(`v1:${odsCode}`).toString('base64url');

function organisationAfter(cursor: string | null | undefined): string | undefined {
  if (cursor == null) return undefined;
  const [version, odsCode] = Buffer.from(cursor, 'base64url').toString('latin1').split(':');
  if (version !== 'v1' || !odsCodeShape.safeParse(odsCode).success) {
    throw publicError('INVALID_VALUE');
  }
  return odsCode;
}

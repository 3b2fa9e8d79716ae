/** `IdentityLink`: why a person and a mailbox are taken to belong together, or were. */
import type { IdentityLinkParent } from '../context.ts';
import { isWithin } from '../domain/access.ts';
import type { LinkStatement } from '../domain/links.ts';
import type { IdentityLinkResolvers } from './types.generated.ts';

/** Resolvers of `IdentityLink`. */
export const IdentityLink: IdentityLinkResolvers = {
  id: (link) => (isStatement(link) ? link.id : `${link.caseId}.${link.accountId}`),
  staffMember: ({ staffId }) => ({ id: staffId }),
  account: async (link, _args, { loaders }) => {
    const { accountId, view } = link;
    // Unless a key or a person says so, it may be another person's mailbox.
    const theirs = isStatement(link) && link.state === 'LINKED' && link.assurance !== 'LIKELY';
    if (!theirs && view.kind === 'self') return null;
    const account = await loaders.account.load(accountId);
    return account !== undefined && isWithin(view, account.odsCode) ? account : null;
  },
  method: (link) => (isStatement(link) ? link.method : null),
  state: (link) => (isStatement(link) ? link.state : 'REVIEW'),
  assurance: (link) => (isStatement(link) ? link.assurance : null),
  linkedAt: (link) => (isStatement(link) ? link.validFrom : link.openedAt),
  endedAt: (link) => (isStatement(link) ? (link.validTo ?? null) : null),
  bits: (link) => (isStatement(link) ? (link.bits ?? null) : null),
  author: (link) => (isStatement(link) ? link.author.kind : 'MATCHING'),
  // Names and words of colleagues are for those who decide.
  decidedBy: (link) =>
    isStatement(link) && link.author.kind === 'PERSON' && link.view.kind !== 'self'
      ? { id: link.author.staffId }
      : null,
  reason: (link) => (isStatement(link) && link.view.kind !== 'self' ? (link.reason ?? null) : null),
  ruleSet: (link) =>
    isStatement(link) && link.author.kind === 'MATCHING' ? (link.author.ruleSet ?? null) : null,
};

const isStatement = (link: IdentityLinkParent): link is LinkStatement & IdentityLinkParent =>
  'state' in link;

/** Readings of records that stand out. */
import { z } from 'zod';

import { administrationAudit } from '../../operations/operations.generated.ts';
import { AUDIT_TRAIL } from '../../words/administration/audit.ts';
import { AUDIT } from '../../words/administration/organisation.ts';
import { codeWords } from '../../words/codes.ts';
import { momentWords } from '../../words/dates.ts';
import { definePage, view } from '../page.ts';
import { nameOf, passportPath } from './held-passport.ts';

const ENTRY = '/admin/audit';

/** The page. */
export const auditPage = definePage({
  path: ENTRY,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(300) }).partial(),
  show: async ({ ask, query }) => {
    const { data } = await ask(
      administrationAudit,
      query.after === undefined ? {} : { after: query.after },
      'AUDIT',
    );
    const { edges = [], pageInfo } = data.flaggedAccess ?? {};
    const now = new Date();
    return view('administration/audit.njk', {
      title: AUDIT.title,
      isWide: true,
      admin: AUDIT,
      trail: { href: '/admin/audit/events', text: AUDIT_TRAIL.link },
      head: [
        AUDIT.when,
        AUDIT.reader,
        AUDIT.whose,
        AUDIT.flags,
        AUDIT.purpose,
        AUDIT.fields,
        AUDIT.reference,
      ],
      rows: edges.map(({ node: { staff, reader, entry } }) => [
        { text: momentWords(entry.at, now) },
        { text: reader.name === null ? entry.actorName : nameOf(reader) },
        { text: nameOf(staff), href: passportPath(staff.id) },
        { text: (entry.flags ?? []).map((flag) => codeWords('AccessLogFlag', flag)).join(', ') },
        { text: codeWords('PurposeOfUse', entry.purpose) },
        { text: entry.fields.join(', ') },
        { text: entry.requestId },
      ]),
      next:
        pageInfo?.hasNextPage === true
          ? `${ENTRY}?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`
          : undefined,
    });
  },
});

/** Showing the passport in person: a code that tells a trust whom to ask. The person decides when the request is there. */
import { renderSVG } from 'uqr';

import { CODE_SECONDS, codeInParts } from '../../domain/short-code.ts';
import { staffSharing } from '../../operations/operations.generated.ts';
import { SHOW } from '../../words/staff/share.ts';
import { definePage, view } from '../page.ts';

/** The page. A code is made each time it is opened. */
export const showPage = definePage({
  path: '/passport/show',
  roles: ['STAFF'],
  entry: '/passport',
  show: async ({ ask, codes, person, service }) => {
    const [code, { data }] = await Promise.all([
      codes.make({ kind: 'holder', staffId: person.staffId }),
      ask(staffSharing, {}),
    ]);
    const link = `${service.origin}/hr/check?code=${code}`;
    return view('staff/show.njk', {
      title: SHOW.title,
      back: { href: '/passport', text: 'Back' },
      staff: SHOW,
      scripts: ['show'],
      qr: renderSVG(link, { border: 2 }),
      link,
      code: codeInParts(code),
      fresh: SHOW.fresh(CODE_SECONDS / 60),
      asked: (data.me?.sharing?.edges ?? [])
        .filter(({ node }) => node.state === 'ASKED')
        .map(({ node }) => ({
          href: `${service.passportUrl}/present/${node.id}`,
          text: SHOW.asked(node.requester.name ?? node.requester.odsCode),
        })),
    });
  },
});

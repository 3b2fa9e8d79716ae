/** The passport at a glance. */
import { countedOf, endsSoon, standingOf } from '../../domain/staff/standing.ts';
import { staffPassport } from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { dayWords, momentWords, timeWords } from '../../words/dates.ts';
import { HALTED, haltedBecause, PASSPORT, STANDING } from '../../words/staff/passport.ts';
import { definePage, view } from '../page.ts';
import { offersToAdd } from './offers-to-add.ts';

const STANDING_TAGS = {
  VALID: 'nhsuk-tag--green',
  ENDING: 'nhsuk-tag--orange',
  PAUSED: 'nhsuk-tag--yellow',
  STOPPED: 'nhsuk-tag--red',
  OUT_OF_DATE: 'nhsuk-tag--orange',
} as const;

/** The page. */
export const passportPage = definePage({
  path: '/passport',
  roles: ['STAFF'],
  entry: '/passport',
  show: async ({ ask, person }) => {
    const { data } = await ask(staffPassport, {});
    const now = new Date();
    const { me } = data;
    const edges = me?.passport?.credentials.edges ?? [];
    const counted = countedOf(edges.map(({ node }) => node));
    const { standing, because } = standingOf(counted, now);
    const post = me?.assignments?.find(({ primary }) => primary) ?? me?.assignments?.[0];
    const [registration] = me?.registrations ?? [];
    const ends = counted.flatMap(({ expiresAt, state }) =>
      expiresAt === null || state !== 'ACTIVE' ? [] : [expiresAt],
    );
    const trust = because?.issuer.name ?? because?.issuer.odsCode ?? '';
    const time = momentWords(because?.lastStatusChangeAt, now);
    const name = [me?.name?.title, me?.name?.given, me?.name?.family].filter(Boolean).join(' ');
    return view('staff/passport.njk', {
      title: PASSPORT.title,
      staff: PASSPORT,
      scripts: ['device'],
      staffId: person.staffId,
      hasPassport: counted.length > 0,
      isKnown: me?.passport != null,
      empty: PASSPORT.empty(timeWords(now)),
      name: name === '' ? person.name : name,
      standing: { text: STANDING[standing], classes: STANDING_TAGS[standing] },
      halted:
        standing === 'PAUSED'
          ? HALTED.paused(trust, time, haltedBecause(because?.reason))
          : standing === 'STOPPED'
            ? HALTED.stopped(trust, time, haltedBecause(because?.reason))
            : standing === 'OUT_OF_DATE' && counted.length > 0
              ? HALTED.outOfDate
              : undefined,
      haltedMore:
        because === undefined || standing === 'ENDING'
          ? undefined
          : standing === 'PAUSED' && because.reason === 'LOST_PHONE'
            ? HALTED.haveIt(trust)
            : HALTED.contact(trust),
      facts: [
        [PASSPORT.job, post?.positionTitle],
        [PASSPORT.employer, post?.employer.name ?? post?.employer.odsCode],
        [PASSPORT.number(registration?.body ?? ''), registration?.number],
        [PASSPORT.validUntil, ends.length === 0 ? undefined : dayWords(ends.sort()[0])],
      ].filter(([, value]) => value != null),
      checked: PASSPORT.checked(momentWords(now.toISOString(), now)),
      inside: counted.map((one) => ({
        type: one.type,
        name: codeWords('CredentialType', one.type),
        hint: endsSoon(one, now) ? PASSPORT.runsOut(dayWords(one.expiresAt)) : undefined,
        state: one.state === 'ACTIVE' ? undefined : one.state,
        ending: endsSoon(one, now),
      })),
      ending: STANDING.ENDING,
      toAdd: offersToAdd(me?.passport?.offers ?? []).map(({ trust: from, items }) =>
        PASSPORT.toAdd(from, items.length),
      ),
      asked: (me?.sharing?.edges ?? [])
        .filter(({ node }) => node.state === 'ASKED')
        .map(({ node }) => ({
          id: node.id,
          text: PASSPORT.asking(node.requester.name ?? node.requester.odsCode),
        })),
    });
  },
});

/** How far a change has got. Without script it is reloaded; with script it follows. */
import {
  type Reach,
  type Step,
  stepsOf,
  withReceivers,
} from '../../domain/administration/propagation.ts';
import { readPublishedStatuses } from '../../status-list/published-status.ts';
import { PROGRESS } from '../../words/administration/passports.ts';
import { codeWords } from '../../words/codes.ts';
import { exactTimeWords } from '../../words/dates.ts';
import { definePage, notFound, view } from '../page.ts';
import { findReach, unreachedWords } from './reach.ts';
import { credentialPath, findCredential, livePath, nameOf } from './held-passport.ts';

/** A step in words. */
export function stepWords({ name, state, at, reach }: Step): {
  readonly name: string;
  readonly where: string;
  readonly status: string;
  readonly time: string;
} {
  const where = PROGRESS.steps[name];
  const isPast = state === 'DONE';
  const status = isPast ? PROGRESS.done : state === 'WAITING' ? PROGRESS.waiting : PROGRESS.unknown;
  return {
    name,
    where,
    status: reach === undefined ? status : reachWords(status, reach),
    time: at === undefined ? '' : isPast ? exactTimeWords(at) : PROGRESS.by(at),
  };
}

function reachWords(status: string, { receivers, reached, failing }: Reach): string {
  if (receivers === 0) return PROGRESS.reached(reached, receivers);
  const words = `${status}: ${PROGRESS.reached(reached, receivers)}`;
  return failing === 0 ? words : `${words}. ${PROGRESS.failing(failing)}`;
}

/** The page. */
export const progressPage = definePage({
  path: '/admin/passports/:staff/:credential/progress',
  roles: ['ADMINISTRATOR'],
  entry: '/admin',
  show: async (visit) => {
    const found = await findCredential(visit);
    if (found === undefined) return notFound;
    const { held, credential } = found;
    const [[published], reach] = await Promise.all([
      readPublishedStatuses([credential], visit.service.passportUrl),
      findReach(visit.ask, { credentialId: credential.id }),
    ]);
    return view('administration/progress.njk', {
      title: PROGRESS.titles[credential.state] ?? PROGRESS.otherTitle,
      scripts: ['progress'],
      admin: PROGRESS,
      caption: `${nameOf(held)}, ${codeWords('CredentialType', credential.type)}. ${PROGRESS.reference(credential.id)}`,
      steps: withReceivers(stepsOf(credential, published, new Date()), reach).map(stepWords),
      unreached: unreachedWords(reach),
      live: livePath(credential.id),
      here: `${credentialPath(held.id, credential.id)}/progress`,
      credentialHref: credentialPath(held.id, credential.id),
    });
  },
});

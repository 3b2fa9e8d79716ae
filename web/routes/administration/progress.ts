/** How far a change has got. Without script it is reloaded; with script it follows. */
import { type Step, stepsOf } from '../../domain/administration/propagation.ts';
import { readPublishedStatuses } from '../../status-list/published-status.ts';
import { PROGRESS } from '../../words/administration/passports.ts';
import { codeWords } from '../../words/codes.ts';
import { exactTimeWords } from '../../words/dates.ts';
import { definePage, notFound, view } from '../page.ts';
import { credentialPath, findCredential, livePath, nameOf } from './held-passport.ts';

/** A step in words. */
export function stepWords({ name, state, at }: Step): {
  readonly name: string;
  readonly where: string;
  readonly status: string;
  readonly time: string;
} {
  const where = PROGRESS.steps[name];
  const isPast = state === 'DONE';
  return {
    name,
    where,
    status: isPast ? PROGRESS.done : state === 'WAITING' ? PROGRESS.waiting : PROGRESS.unknown,
    time: at === undefined ? '' : isPast ? exactTimeWords(at) : PROGRESS.by(at),
  };
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
    const [published] = await readPublishedStatuses([credential], visit.service.passportUrl);
    return view('administration/progress.njk', {
      title: PROGRESS.titles[credential.state] ?? PROGRESS.otherTitle,
      scripts: ['progress'],
      admin: PROGRESS,
      caption: `${nameOf(held)}, ${codeWords('CredentialType', credential.type)}. ${PROGRESS.reference(credential.id)}`,
      steps: stepsOf(credential, published, new Date()).map(stepWords),
      live: livePath(credential.id),
      here: `${credentialPath(held.id, credential.id)}/progress`,
      credentialHref: credentialPath(held.id, credential.id),
    });
  },
});

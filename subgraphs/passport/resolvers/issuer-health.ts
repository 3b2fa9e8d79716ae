/** How publishing and pushing do for an organisation. */
import { looksAfterIssuing } from './issuer-keys.ts';
import type { QueryResolvers } from './types.generated.ts';

/** Most lists that are shown. */
const SHOWN = 50;

/** Their query. */
export const issuerHealthQueries: Pick<QueryResolvers, 'issuerHealth'> = {
  async issuerHealth(_parent, _args, { caller, parts }) {
    const { odsCode } = looksAfterIssuing(caller);
    const { statusLists: lists } = parts;
    const summaries = (await lists.summaries(odsCode)).slice(-SHOWN);
    const published = await Promise.all(
      summaries.map(async ({ id, liveVersion }) => {
        const list = await lists.findPublished(id);
        if (list === undefined) return [];
        const { version, signedAt, expiresAt } = list;
        return [{ id, version, signedAt, expiresAt, heldBack: liveVersion !== undefined }];
      }),
    );
    const backlogs = await parts.signalReceivers.backlogs(odsCode);
    return {
      statusLists: published.flat(),
      backlogs: backlogs.map((one) => ({
        ...one,
        parkedAt: one.parkedAt ?? null,
        oldestAt: one.oldestAt ?? null,
      })),
    };
  },
};

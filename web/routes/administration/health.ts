/** How the service is doing, for the organisation: parts, status lists, what waits to be pushed, imports and matching. */
import { barChart } from '../../domain/administration/bar-chart.ts';
import { listAge } from '../../domain/administration/list-age.ts';
import {
  administrationHealth,
  type AdministrationHealthQuery,
} from '../../operations/operations.generated.ts';
import { HEALTH } from '../../words/administration/health.ts';
import { codeWords, spelledOut } from '../../words/codes.ts';
import { momentWords, untilWords } from '../../words/dates.ts';
import { definePage, view } from '../page.ts';

const ENTRY = '/admin';
const GREEN = 'nhsuk-tag--green';
const RED = 'nhsuk-tag--red';
const ORANGE = 'nhsuk-tag--orange';
const number = new Intl.NumberFormat('en-GB');

type Health = NonNullable<AdministrationHealthQuery['issuerHealth']>;

/** The page. */
export const healthPage = definePage({
  path: '/admin/health',
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, graphHealth, person }) => {
    // When the graph gives nothing at all, what the gateway says of its parts is what somebody came for.
    const [parts, answer] = await Promise.all([
      graphHealth(),
      ask(administrationHealth, { odsCode: person.odsCode ?? '' }).catch(() => undefined),
    ]);
    const now = new Date();
    const health = answer?.data.issuerHealth ?? undefined;
    const lists = listsOf(health?.statusLists ?? [], now);
    const pushes = pushesOf(health?.backlogs ?? [], now);
    const gateway = [
      { name: 'gateway', isUp: parts !== undefined && answer !== undefined },
      ...(parts ?? []),
    ];
    const newest = answer?.data.staffImports?.edges[0]?.node;
    const problems =
      gateway.filter(({ isUp }) => !isUp).length +
      lists.problems +
      pushes.problems +
      (health === undefined ? 1 : 0) +
      (newest?.state === 'REFUSED' ? 1 : 0);
    return view('administration/health.njk', {
      title: HEALTH.title,
      back: { href: ENTRY, text: HEALTH.back },
      isWide: true,
      admin: HEALTH,
      caption: HEALTH.caption(momentWords(now.toISOString(), now)),
      summary: problems === 0 ? HEALTH.well : HEALTH.notWell(problems),
      partHead: [HEALTH.part, HEALTH.state],
      partRows: gateway.map(({ name, isUp }) => [
        { text: HEALTH.parts[name] ?? spelledOut(name) },
        { tag: isUp ? { text: HEALTH.up, classes: GREEN } : { text: HEALTH.down, classes: RED } },
      ]),
      isKnown: health !== undefined,
      lists,
      pushes,
      recordHead: [HEALTH.what, HEALTH.state],
      recordRows: recordsOf(answer?.data, now),
    });
  },
});

function listsOf(found: Health['statusLists'], now: Date) {
  const aged = found.map((list, index) => ({
    ...list,
    ...listAge(list, now),
    name: HEALTH.listName(index + 1),
  }));
  const bars = aged.map(({ name, percent }) => ({
    name: HEALTH.listBarName(name, percent),
    value: percent,
    of: 100,
  }));
  return {
    problems: aged.filter(({ isOld, heldBack }) => isOld || heldBack).length,
    chart: bars.length === 0 ? undefined : barChart(bars),
    label: HEALTH.listChart(aged.map(({ name, percent }) => HEALTH.listBar(name, percent))),
    head: [HEALTH.list, HEALTH.listState, HEALTH.age, HEALTH.expires, HEALTH.version],
    rows: aged.map((list) => [
      { text: list.name },
      {
        tag: list.heldBack
          ? { text: HEALTH.held, classes: RED }
          : list.isOld
            ? { text: HEALTH.old, classes: RED }
            : { text: HEALTH.current, classes: GREEN },
      },
      { text: HEALTH.ageWords(list.seconds) },
      { text: untilWords(list.expiresAt, now) },
      { text: number.format(list.version) },
    ]),
  };
}

function pushesOf(found: Health['backlogs'], now: Date) {
  const most = Math.max(1, ...found.map(({ waiting }) => waiting));
  const bars = found.map(({ url, waiting }) => ({
    name: HEALTH.pushBar(hostOf(url), waiting),
    value: waiting,
    of: most,
  }));
  return {
    problems: found.filter(({ failures, parkedAt }) => failures > 0 || parkedAt !== null).length,
    chart: bars.length === 0 ? undefined : barChart(bars),
    label: HEALTH.pushChart(bars.map(({ name }) => name)),
    head: [HEALTH.receiver, HEALTH.state, HEALTH.waiting, HEALTH.oldest, HEALTH.failures],
    rows: found.map(({ receiverId, url, failures, parkedAt, waiting, oldestAt }) => [
      { text: hostOf(url), href: `/admin/receivers/${encodeURIComponent(receiverId)}` },
      {
        tag:
          parkedAt !== null
            ? { text: HEALTH.pushStates.parked, classes: RED }
            : failures > 0
              ? { text: HEALTH.pushStates.failing, classes: ORANGE }
              : { text: HEALTH.pushStates.working, classes: GREEN },
      },
      { text: number.format(waiting) },
      { text: oldestAt === null ? HEALTH.nothingWaits : momentWords(oldestAt, now) },
      { text: number.format(failures) },
    ]),
  };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

function recordsOf(data: AdministrationHealthQuery | undefined, now: Date) {
  const imports = data?.staffImports ?? undefined;
  const newest = imports?.edges[0]?.node;
  const report = data?.organisation?.directoryReport ?? undefined;
  return [
    [
      {
        text: HEALTH.lastImport,
        href: newest === undefined ? undefined : `/admin/imports/${encodeURIComponent(newest.id)}`,
      },
      {
        text:
          imports === undefined
            ? HEALTH.unknown
            : newest === undefined
              ? HEALTH.never
              : HEALTH.importWords(
                  momentWords(newest.finishedAt ?? newest.updatedAt, now),
                  codeWords('StaffImportState', newest.state),
                  newest.rowsFailed,
                ),
      },
    ],
    [
      { text: HEALTH.lastMatch, href: '/admin/readiness' },
      {
        text:
          report === undefined
            ? HEALTH.unknown
            : report.asOf === null
              ? HEALTH.never
              : momentWords(report.asOf, now),
      },
    ],
  ];
}

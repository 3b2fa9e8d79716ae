/** How far an organisation's accounts and staff records agree, with a chart and the same figures in a table. */
import { barChart } from '../../domain/administration/bar-chart.ts';
import { administrationReadiness } from '../../operations/operations.generated.ts';
import { READINESS } from '../../words/administration/organisation.ts';
import { codeWords } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { definePage, view } from '../page.ts';

const ENTRY = '/admin';
const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** The page. */
export const readinessPage = definePage({
  path: '/admin/readiness',
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, person }) => {
    const { data } = await ask(administrationReadiness, { odsCode: person.odsCode ?? '' });
    const report = data.organisation?.directoryReport ?? undefined;
    const parts = report?.readiness?.parts ?? [];
    const named = parts.map(({ name, points, of }) => ({
      name: codeWords('DirectoryReadinessPartName', name),
      value: points,
      of,
    }));
    return view('administration/readiness.njk', {
      title: READINESS.title,
      back: { href: ENTRY, text: READINESS.back },
      isWide: true,
      admin: READINESS,
      caption:
        report?.asOf == null ? undefined : READINESS.caption(momentWords(report.asOf, new Date())),
      isKnown: report !== undefined && report.asOf !== null,
      score: report?.readiness == null ? undefined : READINESS.score(report.readiness.score),
      chart: parts.length === 0 ? undefined : barChart(named),
      chartLabel: READINESS.chart(
        named.map(({ name, value, of }) => READINESS.bar(name, number.format(value), of)),
      ),
      partHead: [READINESS.part, READINESS.points, READINESS.of],
      partRows: named.map(({ name, value, of }) => [
        { text: name },
        { text: number.format(value) },
        { text: number.format(of) },
      ]),
      figureHead: [READINESS.figure, READINESS.number],
      figureRows:
        report === undefined
          ? []
          : (
              [
                [READINESS.people, report.people],
                [READINESS.peopleLinked, report.peopleLinked],
                [READINESS.accounts, report.accounts],
                [READINESS.accountsLinked, report.accountsLinked],
                [READINESS.leaversOverdue, report.leaversOverdue],
                [READINESS.casesOpen, report.casesOpen],
                [READINESS.casesOverdue, report.casesOverdue],
              ] as const
            ).map(([text, value]) => [{ text }, { text: number.format(value) }]),
      findingHead: [READINESS.finding, READINESS.count, READINESS.oldest],
      findingRows: (report?.counts ?? []).map(({ kind, count, oldest }) => [
        { text: codeWords('DirectoryFindingKind', kind) },
        { text: number.format(count) },
        { text: dayWords(oldest) },
      ]),
    });
  },
});

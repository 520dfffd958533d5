import { Go } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { usePeriod } from '@/shared/address/period.ts';
import { FigureRecords, type FigureRecordsQuery } from '@/shared/gql/documents.ts';
import { ask } from '@/shared/gql/client.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { dayOf, useDates } from '@/shared/i18n/dates.ts';
import { memberCategoryWords, recordKindWords, studioFunctionWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { TaskDue } from '@/shared/ledger/TaskDue.tsx';
import { Functions } from '@/shared/sessions/parts.tsx';
import { Pager, Table, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportPages, exported } from '@/shared/ui/ExportPages.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { subjectOf } from './subject.ts';
import { detailTexts } from './texts.ts';

type Page = NonNullable<NonNullable<FigureRecordsQuery['figure']>['records']>;
type Row = Page['nodes'][number];

const order = ['ORDER'] as const;

/** What a record brings to a figure, where it is more than itself. */
const weighed: Readonly<Record<string, 'classDays' | 'assignments' | 'functions' | 'firstTime' | 'attendances' | undefined>> = {
  '1.1.2.a': 'classDays',
  '1.1.2.b': 'classDays',
  '1.1.2.c': 'assignments',
  '1.1.2.e': 'assignments',
  '1.2.1.c': 'functions',
  '3.2.2.b': 'firstTime',
  '3.2.2.c': 'attendances',
  '3.2.2.e': 'firstTime',
};

function keyOf(row: Row, index: number): string {
  return row.task?.id ?? row.member?.id ?? row.session?.id ?? row.class?.id ?? String(index);
}

/** The records behind a figure, each of which opens. */
export function Records({ subject, metric }: { subject: string; metric: string }) {
  const t = useText(detailTexts);
  const pick = usePick();
  const [period] = usePeriod();
  const list = useList(order);
  const asked = useAsk(FigureRecords, { ...subjectOf(subject), metric, period, first: 20, after: list.place.after }, { keep: true });
  const page = asked.data?.figure?.records;
  if (asked.problem) return <ErrorNote problem={asked.problem} again={asked.again} />;
  if (asked.loading) {
    return (
      <div className="card">
        <Skeleton lines={5} />
      </div>
    );
  }
  const rows = (page?.nodes ?? []).map((row, index) => ({ ...row, key: keyOf(row, index) }));
  const word = weighed[metric];
  const columns: Column<Row & { key: string }>[] = [
    { key: 'record', title: t('record'), cell: (row) => <Name row={row} /> },
    {
      key: 'counts',
      title: t('counts'),
      cell: (row) => <span className={row.counts ? 'tag good' : 'tag far'}>{row.counts ? t('countsYes') : t('countsNo')}</span>,
    },
    { key: 'about', title: t('about'), cell: (row) => <About row={row} /> },
    { key: 'where', title: t('where'), cell: (row) => <Where row={row} /> },
    ...(word || rows.some((row) => row.weight !== 1)
      ? [{ key: 'weight', title: t('weight'), number: true, cell: (row: Row) => (word ? t(word, { n: row.weight }) : row.weight) }]
      : []),
    { key: 'kind', title: t('kind'), wide: true, cell: (row) => <span className="muted">{pick(recordKindWords[row.kind])}</span> },
  ];
  return (
    <>
      <div className="row spaced no-print">
        <ExportPages
          title={t('records')}
          head={[t('record'), t('counts'), t('weight'), t('kind'), t('owner'), t('due'), t('closed'), t('about'), t('where')]}
          page={async (after) => exported((await ask(FigureRecords, { ...subjectOf(subject), metric, period, first: 100, after })).data.figure?.records)}
          row={(row: Row) => [nameOf(row) ?? t('hidden'), row.counts ? t('countsYes') : t('countsNo'), row.weight, pick(recordKindWords[row.kind]), row.task?.ownerName ?? '', row.task?.dueOn ?? '', row.task?.closedOn ?? '', row.task?.reason ?? (row.member ? pick(memberCategoryWords[row.member.principalCategory]) : row.session ? [dayOf(row.session.startsAt), ...row.session.functions.map((one) => pick(studioFunctionWords[one]))].join(' ') : ''), row.task?.studio?.name ?? row.session?.studio?.name ?? row.member?.homeName ?? row.class?.programme ?? '']}
        />
      </div>
      <Table caption={t('records')} columns={columns} rows={rows} rowKey={(row) => row.key} busy={asked.refreshing} empty={<Empty title={t('noRecords')} hint={t('noRecordsHint')} />} />
      {page ? <Pager list={list} page={{ ...page.pageInfo, totalCount: page.totalCount }} /> : null}
    </>
  );
}

function nameOf(row: Row): string | undefined {
  return row.task?.title ?? row.member?.personName ?? row.session?.title ?? row.class?.name;
}

function Name({ row }: { row: Row }) {
  const t = useText(detailTexts);
  if (row.task) return <Go to={`/tasks/${row.task.id}`}>{row.task.title}</Go>;
  if (row.member) return <Go to={`/studios/${row.member.studio}?tab=members`}>{row.member.personName}</Go>;
  if (row.session) return <Go to={`/sessions/${row.session.id}`}>{row.session.title}</Go>;
  if (row.class) return <Go to={`/classes/${row.class.id}`}>{row.class.name}</Go>;
  return <span className="muted">{t('hidden')}</span>;
}

function About({ row }: { row: Row }) {
  const t = useText(detailTexts);
  const pick = usePick();
  const dates = useDates();
  if (row.task) {
    return (
      <>
        <TaskDue task={row.task} /> · {row.task.ownerName ?? t('nobody')}
      </>
    );
  }
  if (row.member) return <>{pick(memberCategoryWords[row.member.principalCategory])}</>;
  if (row.session) {
    return (
      <>
        {dates.day(dayOf(row.session.startsAt))} <Functions functions={row.session.functions} />
      </>
    );
  }
  if (row.class) return row.class.vacant ? <span className="late">{t('vacant')}</span> : <>{t('students', { n: row.class.headcount })}</>;
  return null;
}

function Where({ row }: { row: Row }) {
  const t = useText(detailTexts);
  const studio = row.task?.studio ?? row.session?.studio;
  if (studio) return <Go to={`/studios/${studio.id}`}>{studio.name}</Go>;
  if (row.member) {
    return (
      <>
        {row.member.homeName} {row.member.guest ? <span className="tag near">{t('guest')}</span> : null}
      </>
    );
  }
  return <>{row.class?.programme ?? ''}</>;
}

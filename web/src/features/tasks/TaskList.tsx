import { Go } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { TaskList, type TaskFilterInput, type TaskPartsFragment, type TaskSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { useDates } from '@/shared/i18n/dates.ts';
import { TaskDue } from '@/shared/ledger/TaskDue.tsx';
import { inStudio } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { taskTexts } from './texts.ts';

const sorts = ['DUE_ON', 'TITLE', 'CLOSED_ON'] as const satisfies readonly TaskSort[];

/** Which tasks are late, and whose? */
export function Component() {
  const t = useText(taskTexts);
  const dates = useDates();
  const { role, hat } = useSession();
  const list = useList<TaskSort>(sorts);
  // What is still to be done is what a ledger is opened for.
  const state = list.get('state') ?? 'OPEN';
  const filter: TaskFilterInput = {
    search: list.get('q'),
    studio: list.get('studio') ?? (inStudio(role) ? (hat?.studio ?? null) : null),
    state: state === 'OPEN' || state === 'CLOSED' ? state : null,
    overdue: state === 'LATE' ? true : null,
    mine: list.flag('mine'),
  };
  const late: TaskFilterInput = { ...filter, state: null, overdue: true };
  const asked = useAsk(TaskList, { filter, late, sort: list.sort, direction: list.direction, first: 50, after: list.place.after }, { keep: true });
  const page = asked.data?.tasks;
  const filtered = Boolean(filter.search ?? filter.mine ?? list.get('state'));

  const columns: Column<TaskPartsFragment, TaskSort>[] = [
    { key: 'title', title: t('title'), sort: 'TITLE', cell: (task) => <Go to={`/tasks/${task.id}`}>{task.title}</Go> },
    { key: 'state', title: t('state'), cell: (task) => <TaskDue task={task} /> },
    { key: 'due', title: t('due'), sort: 'DUE_ON', cell: (task) => dates.day(task.dueOn) },
    { key: 'owner', title: t('owner'), cell: (task) => task.ownerName ?? <span className="muted">{t('nobody')}</span> },
    { key: 'studio', title: t('studio'), cell: (task) => (task.studio ? <Go to={`/studios/${task.studio.id}`}>{task.studio.name}</Go> : null) },
    { key: 'closed', title: t('closedOn'), sort: 'CLOSED_ON', first: 'DESCENDING', wide: true, cell: (task) => (task.closedOn ? dates.day(task.closedOn) : '') },
  ];
  const counts = { state, n: page?.totalCount ?? 0, late: asked.data?.late?.totalCount ?? 0, b: (words: React.ReactNode) => <span className="late">{words}</span> };

  return (
    <Page title={t('ledger')} {...(page ? { sentence: t.rich(counts.n >= 10_000 ? 'sentenceMany' : 'sentence', counts) } : {})}>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      <DataTable
        caption={t('ledger')}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(task) => task.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('search')}
        exportPath={exportPath('tasks', filter)}
        filters={
          <>
            <Choice
              label={t('state')}
              value={state}
              options={[
                { value: 'OPEN', label: t('open') },
                { value: 'LATE', label: t('late') },
                { value: 'CLOSED', label: t('closed') },
                { value: 'ALL', label: t('stateAny') },
              ]}
              onChange={(value) => list.set({ state: value === 'OPEN' ? null : value })}
            />
            <Choice label={t('owner')} none={t('mineAny')} value={list.get('mine')} options={[{ value: 'yes', label: t('mine') }]} onChange={(value) => list.set({ mine: value })} />
          </>
        }
        empty={<Empty title={t(filtered ? 'emptyFiltered' : 'emptyTitle')} hint={t(filtered ? 'emptyFilteredHint' : 'emptyHint')} />}
      />
    </Page>
  );
}

import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useList, useWord } from '@/shared/address/list.ts';
import { StudioLedger, type TaskFilterInput, type TaskPartsFragment, type TaskSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { CloseTaskButton } from '@/shared/ledger/CloseTask.tsx';
import { laneOf, type Lane } from '@/shared/ledger/due.ts';
import { TaskDue } from '@/shared/ledger/TaskDue.tsx';
import { mayCloseTask, mayKeepLedger } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import type { Studio } from './StudioPage.tsx';
import { studioTexts } from './texts.ts';

/** The studio's ledger, as a table or as a board. */
export function Ledger({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const [view, setView] = useWord('view', 'table');
  const may = mayKeepLedger(role) && studio.closedOn === null;
  return (
    <>
      <div className="row spaced no-print">
        <Choice
          label={t('view')}
          value={view}
          options={[
            { value: 'table', label: t('table') },
            { value: 'board', label: t('board') },
          ]}
          onChange={(value) => setView(value === 'table' ? null : value)}
        />
        {may ? (
          <Button type="primary" onClick={() => void navigate(keep(`/studios/${studio.id}/tasks/new`))}>
            {t('addTask')}
          </Button>
        ) : null}
      </div>
      {view === 'board' ? <Board studio={studio} /> : <LedgerTable studio={studio} />}
    </>
  );
}

/** Whether this reader may close a line of this studio. */
function useMayClose(studio: Studio): (task: TaskPartsFragment) => boolean {
  const { me, role } = useSession();
  return (task) => studio.closedOn === null && task.state === 'OPEN' && mayCloseTask(role, task, me.id);
}

const sorts = ['DUE_ON', 'TITLE', 'CLOSED_ON'] as const satisfies readonly TaskSort[];

function LedgerTable({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const mayClose = useMayClose(studio);
  const dates = useDates();
  const list = useList<TaskSort>(sorts);
  // What is still to be done is what a ledger is opened for.
  const state = list.get('state') ?? 'OPEN';
  const filter: TaskFilterInput = {
    studio: studio.id,
    search: list.get('q'),
    state: state === 'OPEN' || state === 'CLOSED' ? state : null,
    overdue: state === 'LATE' ? true : null,
  };
  const asked = useAsk(StudioLedger, { filter, sort: list.sort, direction: list.direction, first: 50, after: list.place.after }, { keep: true });
  const page = asked.data?.tasks;
  const columns: Column<TaskPartsFragment, TaskSort>[] = [
    { key: 'title', title: t('task'), sort: 'TITLE', cell: (task) => <Go to={`/tasks/${task.id}`}>{task.title}</Go> },
    { key: 'state', title: t('state'), cell: (task) => <TaskDue task={task} /> },
    { key: 'due', title: t('taskDue'), sort: 'DUE_ON', cell: (task) => dates.day(task.dueOn) },
    { key: 'owner', title: t('planOwner'), cell: (task) => task.ownerName ?? <span className="muted">{t('none')}</span> },
    { key: 'closed', title: t('closedDay'), sort: 'CLOSED_ON', first: 'DESCENDING', wide: true, cell: (task) => (task.closedOn ? dates.day(task.closedOn) : '') },
    ...(page?.nodes.some(mayClose) ? [{ key: 'do', title: t('actions'), action: true, cell: (task: TaskPartsFragment) => (mayClose(task) ? <CloseTaskButton task={task} /> : null) }] : []),
  ];
  return (
    <>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <DataTable
        caption={`${studio.name} ${t('tabLedger')}`}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(task) => task.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('searchTask')}
        exportPath={exportPath('tasks', filter)}
        filters={
          <Choice
            label={t('state')}
            value={state}
            options={[
              { value: 'OPEN', label: t('openTasks') },
              { value: 'LATE', label: t('laneLate') },
              { value: 'CLOSED', label: t('laneClosed') },
              { value: 'ALL', label: t('stateAny') },
            ]}
            onChange={(value) => list.set({ state: value === 'OPEN' ? null : value })}
          />
        }
        empty={<Empty title={t(filter.search || list.get('state') ? 'ledgerFiltered' : 'ledgerEmpty')} hint={t(filter.search || list.get('state') ? 'emptyFilteredHint' : 'ledgerEmptyHint')} />}
      />
    </>
  );
}

/** How many lines a board shows of what is open, and of what is closed. */
const boardOpen = 100;
const boardClosed = 20;

function Board({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const mayClose = useMayClose(studio);
  const open = useAsk(StudioLedger, { filter: { studio: studio.id, state: 'OPEN' }, sort: 'DUE_ON', direction: 'ASCENDING', first: boardOpen });
  const closed = useAsk(StudioLedger, { filter: { studio: studio.id, state: 'CLOSED' }, sort: 'CLOSED_ON', direction: 'DESCENDING', first: boardClosed });
  const problem = open.problem ?? closed.problem;
  if (problem) return <ErrorNote problem={problem} again={open.again} />;
  if (open.loading || closed.loading) return <Skeleton lines={8} />;

  const day = today();
  const tasks = [...(open.data?.tasks?.nodes ?? []), ...(closed.data?.tasks?.nodes ?? [])];
  const lanes: [Lane, string][] = [
    ['late', t('laneLate')],
    ['week', t('laneWeek')],
    ['later', t('laneLater')],
    ['closed', t('laneClosed')],
  ];
  const closedCount = closed.data?.tasks?.totalCount ?? 0;
  return (
    <div className="board">
      {lanes.map(([lane, name]) => {
        const here = tasks.filter((task) => laneOf(task, day) === lane);
        return (
          <section key={lane} className={`lane lane-${lane}`} aria-label={name}>
            <h2>
              {name} <span className="num muted">{lane === 'closed' ? closedCount : here.length}</span>
            </h2>
            <ul>
              {here.map((task) => (
                <li key={task.id}>
                  <Go to={`/tasks/${task.id}`}>{task.title}</Go>
                  <div className="row small">
                    <span className="muted">
                      <TaskDue task={task} />
                      {task.ownerName ? ` · ${task.ownerName}` : ''}
                    </span>
                    {mayClose(task) ? <CloseTaskButton task={task} /> : null}
                  </div>
                </li>
              ))}
            </ul>
            {here.length === 0 ? <p className="muted small">{t('laneEmpty')}</p> : null}
            {lane === 'closed' && closedCount > boardClosed ? <p className="muted small">{t('boardCut', { n: boardClosed })}</p> : null}
          </section>
        );
      })}
    </div>
  );
}

import { useNavigate } from 'react-router';
import { Button } from 'antd';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { StudioList, type StudioFilterInput, type StudioLevel, type StudioMode, type StudioPartsFragment, type StudioSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { daysBetween, today, useDates } from '@/shared/i18n/dates.ts';
import { optionsOf, studioLevelWords, studioModeWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayFoundStudios } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { studioTexts } from './texts.ts';

const sorts = ['NAME', 'OVERDUE_TASKS', 'LAST_ACTIVITY', 'FOUNDED_ON'] as const satisfies readonly StudioSort[];

/** After so many days without a change in its ledger a studio counts as silent. */
const silentAfter = 60;

/** Which studios need somebody? */
export function Component() {
  const t = useText(studioTexts);
  const pick = usePick();
  const dates = useDates();
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const list = useList<StudioSort>(sorts);
  const word = <T extends string>(name: string, known: Record<T, unknown>): T | null => {
    const value = list.get(name);
    return value !== null && value in known ? (value as T) : null;
  };
  const owner = Number(list.get('owner'));
  const filter: StudioFilterInput = {
    search: list.get('q'),
    owners: Number.isInteger(owner) && owner > 0 ? [owner] : null,
    level: word<StudioLevel>('level', studioLevelWords),
    mode: word<StudioMode>('mode', studioModeWords),
    mine: list.flag('mine'),
    includeClosed: list.flag('closed'),
  };
  const asked = useAsk(StudioList, { filter, late: filter, sort: list.sort, direction: list.direction, first: 50, after: list.place.after }, { keep: true });
  const page = asked.data?.studios;
  const worst = asked.data?.worst?.nodes[0];
  const filtered = Boolean(filter.search ?? filter.level ?? filter.mode ?? filter.mine ?? filter.owners);

  const columns: Column<StudioPartsFragment, StudioSort>[] = [
    {
      key: 'name',
      title: t('name'),
      sort: 'NAME',
      cell: (studio) => (
        <>
          <Go to={`/studios/${studio.id}`}>{studio.name}</Go>
          {studio.closedOn ? <span className="tag">{t('closedOn')} {dates.shortDay(studio.closedOn)}</span> : null}
        </>
      ),
    },
    { key: 'owner', title: t('owner'), cell: (studio) => studio.owner?.name ?? '' },
    { key: 'lead', title: t('lead'), cell: (studio) => studio.leadName ?? <span className="muted">{t('none')}</span> },
    { key: 'level', title: t('level'), wide: true, cell: (studio) => pick(studioLevelWords[studio.level]) },
    { key: 'mode', title: t('mode'), wide: true, cell: (studio) => pick(studioModeWords[studio.mode]) },
    { key: 'members', title: t('members'), number: true, cell: (studio) => studio.memberCount },
    { key: 'open', title: t('openTasks'), number: true, cell: (studio) => studio.openTasks },
    { key: 'late', title: t('overdueTasks'), number: true, sort: 'OVERDUE_TASKS', first: 'DESCENDING', cell: (studio) => (studio.overdueTasks > 0 ? <span className="late">{studio.overdueTasks}</span> : 0) },
    { key: 'activity', title: t('lastActivity'), sort: 'LAST_ACTIVITY', cell: (studio) => <Activity at={studio.lastActivity} closed={studio.closedOn !== null} /> },
    { key: 'founded', title: t('foundedOn'), sort: 'FOUNDED_ON', wide: true, cell: (studio) => dates.day(studio.foundedOn) },
  ];

  return (
    <Page
      title={t('studios')}
      {...(page ? { sentence: worst && worst.overdueTasks > 0 ? t('listSentenceLate', { n: page.totalCount, worst: worst.name, late: worst.overdueTasks }) : t('listSentence', { n: page.totalCount }) } : {})}
      actions={
        mayFoundStudios(role) ? (
          <Button type="primary" onClick={() => void navigate(keep('/studios/new'))}>
            {t('found')}
          </Button>
        ) : null
      }
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      <DataTable
        caption={t('studios')}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(studio) => studio.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('search')}
        exportPath={exportPath('studios', filter)}
        filters={
          <>
            <Choice label={t('level')} none={t('levelAny')} value={filter.level} options={optionsOf(studioLevelWords, pick)} onChange={(value) => list.set({ level: value })} />
            <Choice label={t('mode')} none={t('modeAny')} value={filter.mode} options={optionsOf(studioModeWords, pick)} onChange={(value) => list.set({ mode: value })} />
            <Choice label={t('mine')} none={t('mineAny')} value={list.get('mine')} options={[{ value: 'yes', label: t('mine') }]} onChange={(value) => list.set({ mine: value })} />
            <Choice label={t('life')} none={t('livingOnly')} value={list.get('closed')} options={[{ value: 'yes', label: t('closedToo') }]} onChange={(value) => list.set({ closed: value })} />
          </>
        }
        empty={
          <Empty title={t(filtered ? 'emptyFiltered' : 'emptyTitle')} hint={t(filtered ? 'emptyFilteredHint' : 'emptyHint')}>
            {!filtered && mayFoundStudios(role) ? <Go to="/studios/new">{t('found')}</Go> : null}
          </Empty>
        }
      />
    </Page>
  );
}

function Activity({ at, closed }: { at: string | null | undefined; closed: boolean }) {
  const t = useText(studioTexts);
  const dates = useDates();
  if (!at) return <span className="muted">{t('never')}</span>;
  const days = daysBetween(today(new Date(at)), today());
  if (!closed && days > silentAfter) return <span className="late">{t('silent', { n: days })}</span>;
  return <>{dates.ago(at)}</>;
}

import { Go } from '@/shared/address/keep.tsx';
import { useWord } from '@/shared/address/list.ts';
import { usePeriod } from '@/shared/address/period.ts';
import { byMetric, standingOf, useCatalogue } from '@/shared/figures/catalogue.ts';
import { valueText } from '@/shared/figures/face.ts';
import { Strip } from '@/shared/figures/SelfCheck.tsx';
import { checkTexts } from '@/shared/figures/texts.ts';
import { MyStudioFigures, Today, TodaySessions, type TaskFilterInput, type TaskPartsFragment, type TodaySessionsQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { daysAfter, today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { CloseTaskButton } from '@/shared/ledger/CloseTask.tsx';
import { shareAfter } from '@/shared/ledger/due.ts';
import { TaskDue } from '@/shared/ledger/TaskDue.tsx';
import { SessionState, useWhen } from '@/shared/sessions/parts.tsx';
import { filterOf, mayBeRecorded, standingOf as sessionStandingOf } from '@/shared/sessions/standing.ts';
import { mayCloseTask, mayKeepLedger, mayKeepSessions } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { AskedPage, Page, Section } from '@/shared/ui/Page.tsx';
import { todayTexts } from './texts.ts';
import './today.css';

/** What is due today? */
export function Component() {
  const t = useText(todayTexts);
  const dates = useDates();
  const { hat, role } = useSession();
  const [whose, setWhose] = useWord('whose');
  const day = today();
  const studio = hat?.studio ?? null;
  const mine = whose === 'mine' || studio === null ? true : null;
  const of: TaskFilterInput = { studio, mine, state: 'OPEN' };
  const asked = useAsk(Today, {
    due: { ...of, dueTo: day },
    late: { ...of, overdue: true },
    soon: { ...of, dueFrom: daysAfter(day, 1), dueTo: daysAfter(day, 7) },
  }, { keep: true });
  const { data: sessions } = useAsk(TodaySessions, { next: { studio, state: 'PLANNED', from: day }, due: { studio, ...filterOf('DUE', null, null, day) } }, { when: studio !== null, keep: true });

  return (
    <AskedPage asked={asked} title={t('title')}>
      {({ due, late, soon }) => {
        const overdue = late?.totalCount ?? 0;
        const dueToday = Math.max(0, (due?.totalCount ?? 0) - overdue);
        const words = dueToday > 0 ? (overdue > 0 ? 'both' : 'onlyDue') : overdue > 0 ? 'onlyLate' : 'nothing';
        return (
          <Page
            title={t('title')}
            sentence={t.rich(words, { due: dueToday, late: overdue, b: (chunks) => <span className="late">{chunks}</span> })}
            sub={`${dates.day(day)} ${dates.weekday(day)}${hat ? ` · ${hat.studioName ?? hat.organisation.name}` : ''}`}
          >
            <div className="today">
              <div>
                {sessions ? <SessionRows {...sessions} /> : null}
                <Section
                  title={t('dueAndLate')}
                  extra={
                    <>
                      {studio ? <Choice label={t('whose')} none={t('all')} value={whose || null} options={[{ value: 'mine', label: t('mine') }]} onChange={setWhose} /> : null}
                      <Go to={mine ? '/tasks?mine=yes' : '/tasks'}>{t('allTasks')}</Go>
                    </>
                  }
                >
                  {due && due.nodes.length > 0 ? (
                    <TaskRows tasks={due.nodes} />
                  ) : (
                    <div className="card">
                      <Empty title={t('emptyTitle')} hint={t('emptyHint')}>
                        {studio && mayKeepLedger(role) ? <Go to={`/studios/${studio}/tasks/new`}>{t('addTask')}</Go> : null}
                      </Empty>
                    </div>
                  )}
                </Section>
                {soon && soon.nodes.length > 0 ? (
                  <Section title={t('soon')}>
                    <TaskRows tasks={soon.nodes} />
                  </Section>
                ) : null}
              </div>
              {studio ? <CheckCard studio={studio} late={overdue} /> : null}
            </div>
          </Page>
        );
      }}
    </AskedPage>
  );
}

function TaskRows({ tasks }: { tasks: readonly TaskPartsFragment[] }) {
  const t = useText(todayTexts);
  const { me, role } = useSession();
  return (
    <ul className="card today-rows">
      {tasks.map((task) => (
        <li key={task.id}>
          <div className="grow">
            <Go to={`/tasks/${task.id}`}>{task.title}</Go>
            <div className="small muted">
              <TaskDue task={task} /> · {task.ownerName ?? t('nobody')}
            </div>
          </div>
          {mayCloseTask(role, task, me.id) ? <CloseTaskButton task={task} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** What nobody has recorded yet, and what comes next. */
function SessionRows({ due, next }: TodaySessionsQuery) {
  const t = useText(todayTexts);
  const when = useWhen();
  const { role } = useSession();
  const rows = [...(due?.nodes ?? []), ...(next?.nodes ?? [])];
  const more = (due?.totalCount ?? 0) > (due?.nodes.length ?? 0);
  if (rows.length === 0) return null;
  return (
    <Section title={t('sessions')} extra={<Go to={more ? '/sessions?state=DUE' : '/sessions'}>{more ? t('dueSessions', { n: due?.totalCount }) : t('allSessions')}</Go>}>
      <ul className="card today-rows">
        {rows.map((session) => (
          <li key={session.id}>
            <div className="grow">
              <Go to={`/sessions/${session.id}`}>{session.title}</Go>
              <div className="small muted">
                {when(session)} <SessionState session={session} />
              </div>
            </div>
            {mayKeepSessions(role) && mayBeRecorded(sessionStandingOf(session, today())) ? (
              <Go to={`/sessions/${session.id}`} className="today-record" aria-label={t('recordOf', { title: session.title })}>
                {t('record')}
              </Go>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The studio's own figures in a look, and the one next step. */
function CheckCard({ studio, late }: { studio: string; late: number }) {
  const t = useText(todayTexts);
  const c = useText(checkTexts);
  const [period] = usePeriod();
  const { catalog } = useCatalogue();
  const { data } = useAsk(MyStudioFigures, { studio, period });
  const figures = data?.studio?.figures?.figures;
  if (!figures || catalog.indicators.length === 0) return null;
  const sheet = byMetric(figures);
  const standing = standingOf(catalog, sheet);
  const cleared = sheet.get('3.3.1.a');
  const after = shareAfter(cleared?.numerator, cleared?.denominator, late);
  const words = c('standing', { ...standing, na: standing.notApplicable });
  return (
    <Section title={t('check')} extra={<Go to={`/studios/${studio}`}>{t('items')}</Go>}>
      <div className="card today-check">
        <p className="small">{words}</p>
        <Strip catalog={catalog} figures={figures} label={words} />
        <p>
          <strong>{t('next')}</strong>
          {late > 0 && after !== null && typeof cleared?.value === 'number'
            ? t('clearLate', { n: late, from: valueText(cleared.value, 'PERCENT'), to: valueText(after, 'PERCENT') })
            : t('nothingNext')}
        </p>
        {late > 0 ? (
          <Go className="wide-button" to="/tasks?state=LATE">
            {t('openLate')}
          </Go>
        ) : null}
      </div>
    </Section>
  );
}

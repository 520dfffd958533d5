import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { ClassList, type ClassFilterInput, type ClassSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { schoolYearOf, today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker } from '@/shared/pickers/OrganisationPicker.tsx';
import { atBureau, mayImport, mayKeepClasses } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Page, Section } from '@/shared/ui/Page.tsx';
import { classTexts } from './texts.ts';
import { deputies, inCharge, vacantDays, type HomeroomClass } from './vacancy.ts';
import { Vacancies } from './Vacancies.tsx';
import './classes.css';

const sorts = ['NAME', 'COHORT', 'HEADCOUNT'] as const satisfies readonly ClassSort[];

/** Which classes have no homeroom teacher? */
export function Component() {
  const t = useText(classTexts);
  const dates = useDates();
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const list = useList<ClassSort>(sorts);
  const word = list.get('on');
  const on = word !== null && /^\d{4}-\d{2}-\d{2}$/.test(word) && word !== today() ? word : null;
  const day = on ?? today();
  const year = Number(list.get('cohort'));
  const filter: ClassFilterInput = {
    search: list.get('q'),
    school: list.get('school'),
    cohort: Number.isInteger(year) && year > 1990 ? year : null,
    vacant: list.flag('vacant'),
    includeClosed: list.flag('closed'),
  };
  const vacant: ClassFilterInput = { ...filter, vacant: true, includeClosed: null };
  const asked = useAsk(ClassList, { filter, vacant, sort: list.sort, direction: list.direction, asOf: on, first: 50, after: list.place.after }, { keep: true });
  const page = asked.data?.classes;
  const vacancies = asked.data?.vacancies;
  const filtered = Boolean(filter.search ?? filter.school ?? filter.cohort ?? filter.vacant ?? on);
  const years = Array.from({ length: 6 }, (_, index) => String(schoolYearOf(day) - index));
  if (filter.cohort && !years.includes(String(filter.cohort))) years.push(String(filter.cohort));

  const columns: Column<HomeroomClass, ClassSort>[] = [
    {
      key: 'name',
      title: t('name'),
      sort: 'NAME',
      cell: (one) => (
        <>
          <Go to={`/classes/${one.id}`}>{one.name}</Go> {one.closedOn && one.closedOn < day ? <span className="tag">{t('closed')}</span> : null}
        </>
      ),
    },
    ...(atBureau(role) ? [{ key: 'school', title: t('school'), cell: (one: HomeroomClass) => <Go to={`/schools/${one.school.id}`}>{one.school.name}</Go> }] : []),
    { key: 'teacher', title: t('teacher'), cell: (one) => <Teacher homeroom={one} day={day} /> },
    { key: 'cohort', title: t('cohort'), sort: 'COHORT', first: 'DESCENDING', cell: (one) => t('cohortOf', { year: String(one.cohort) }) },
    { key: 'programme', title: t('programme'), cell: (one) => one.programme },
    { key: 'headcount', title: t('headcount'), sort: 'HEADCOUNT', first: 'DESCENDING', number: true, cell: (one) => one.headcount },
  ];
  const counts = { n: page?.totalCount ?? 0, vacant: vacancies?.totalCount ?? 0, b: (words: ReactNode) => <span className="late">{words}</span> };
  const first = list.place.page === 1 && !filter.vacant;

  return (
    <Page
      title={t('classes')}
      {...(page ? { sentence: on ? t.rich('sentenceThen', { ...counts, day: dates.day(on) }) : t.rich('sentence', counts) } : {})}
      actions={
        mayKeepClasses(role) ? (
          <>
            {mayImport(role) ? <Button onClick={() => void navigate(keep('/imports?kind=classes'))}>{t('import')}</Button> : null}
            <Button type="primary" onClick={() => void navigate(keep(`/classes/new${filter.school ? `?school=${filter.school}` : ''}`))}>
              {t('add')}
            </Button>
          </>
        ) : null
      }
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      {first && vacancies && vacancies.nodes.length > 0 ? <Vacancies classes={vacancies.nodes} total={vacancies.totalCount} day={day} mayAssign={mayKeepClasses(role) && !on} onAll={() => list.set({ vacant: 'yes', closed: null })} /> : null}
      <Section title={first ? t('all') : t('classes')}>
        <DataTable
          caption={t('classes')}
          list={list}
          columns={columns}
          rows={page?.nodes ?? []}
          rowKey={(one) => one.id}
          loading={asked.loading}
          busy={asked.refreshing}
          {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
          search={t('search')}
          exportPath={exportPath('classes', filter, on)}
          filters={
            <>
              {atBureau(role) ? (
                <OrganisationPicker label={t('school')} placeholder={t('schoolAny')} value={filter.school ?? null} only={{ kind: 'SCHOOL' }} onChange={(id) => list.set({ school: id })} />
              ) : null}
              <Choice
                label={t('cohort')}
                none={t('cohortAny')}
                value={filter.cohort ? String(filter.cohort) : null}
                options={years.map((one) => ({ value: one, label: t('cohortOf', { year: one }) }))}
                onChange={(value) => list.set({ cohort: value })}
              />
              <Choice
                label={t('which')}
                none={t('livingOnly')}
                value={filter.vacant ? 'vacant' : filter.includeClosed ? 'closed' : null}
                options={[
                  { value: 'vacant', label: t('onlyVacant') },
                  { value: 'closed', label: t('closedToo') },
                ]}
                onChange={(value) => list.set({ vacant: value === 'vacant' ? 'yes' : null, closed: value === 'closed' ? 'yes' : null })}
              />
              <label className="class-day">
                <span>{t('onDay')}</span>
                <DayField value={day} clearable={false} label={t('onDay')} onChange={(next) => list.set({ on: next === today() ? null : next })} />
              </label>
            </>
          }
          empty={
            <Empty title={t(filtered ? 'emptyFiltered' : 'emptyTitle')} hint={t(filtered ? 'emptyFilteredHint' : 'emptyHint')}>
              {!filtered && mayKeepClasses(role) ? <Go to="/classes/new">{t('add')}</Go> : null}
            </Empty>
          }
        />
      </Section>
    </Page>
  );
}

/** Who is in charge of the class on the day; a vacancy says for how long. */
function Teacher({ homeroom, day }: { homeroom: HomeroomClass; day: string }) {
  const t = useText(classTexts);
  const now = inCharge(homeroom.assignments, day);
  const beside = deputies(homeroom.assignments, day).map((one) => one.personName);
  return (
    <>
      {now ? (
        <>
          {now.personName} {now.kind === 'ACTING' ? <span className="tag near">{t('acting')}</span> : null}
        </>
      ) : homeroom.vacant ? (
        <span className="tag far">{t('vacantSince', { days: vacantDays(homeroom, day) })}</span>
      ) : null}
      {beside.length > 0 ? <span className="muted small"> {t('deputy', { names: beside.join('、') })}</span> : null}
    </>
  );
}

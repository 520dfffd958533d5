import { Button } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { usePeriod } from '@/shared/address/period.ts';
import { byMetric, standingOf, useCatalogue } from '@/shared/figures/catalogue.ts';
import { FaceLegend } from '@/shared/figures/FigureFace.tsx';
import { SelfCheck } from '@/shared/figures/SelfCheck.tsx';
import { OneSchool, type OneSchoolQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { mayFoundStudios } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { AskedPage, Facts, Page, Section, type Step } from '@/shared/ui/Page.tsx';
import { schoolTexts } from './texts.ts';
import './schools.css';

type School = NonNullable<OneSchoolQuery['organisation']>;
type Studio = NonNullable<School['studios']>[number];

/** Where does this school stand, and what is missing before the bureau sees it? */
export function Component() {
  const t = useText(schoolTexts);
  const { id = '' } = useParams();
  const [period] = usePeriod();
  const asked = useAsk(OneSchool, { id, period }, { keep: true });
  return (
    <AskedPage asked={asked} title={t('school')}>
      {(data) =>
        data.organisation?.id === id ? (
          <SchoolView data={data} school={data.organisation} />
        ) : (
          <Page title={t('school')}>{asked.refreshing ? null : <ErrorNote problem={missing()} />}</Page>
        )
      }
    </AskedPage>
  );
}

function SchoolView({ data, school }: { data: OneSchoolQuery; school: School }) {
  const t = useText(schoolTexts);
  const dates = useDates();
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const { catalog } = useCatalogue();
  const standing = standingOf(catalog, byMetric(school.figures?.figures));
  const vacant = data.vacant?.totalCount ?? 0;
  const above: Step[] = school.authority ? [{ label: school.authority.name, to: `/schools?under=${school.authority.id}` }] : [];
  const some = standing.met + standing.near + standing.far + standing.plain > 0;
  const sentence = some
    ? t.rich('sentence', { name: school.name, ...standing, vacant, b: (words) => (standing.far > 0 ? <span className="late">{words}</span> : <span>{words}</span>) })
    : t('sentenceNone', { name: school.name, vacant });

  const columns: Column<Studio>[] = [
    { key: 'name', title: t('studios'), cell: (studio) => <Go to={`/studios/${studio.id}`}>{studio.name}</Go> },
    { key: 'lead', title: t('lead'), cell: (studio) => studio.leadName ?? <span className="muted">{t('none')}</span> },
    { key: 'members', title: t('members'), number: true, cell: (studio) => studio.memberCount },
    { key: 'open', title: t('openTasks'), number: true, cell: (studio) => studio.openTasks },
    { key: 'late', title: t('overdueTasks'), number: true, cell: (studio) => (studio.overdueTasks > 0 ? <Go to={`/studios/${studio.id}?tab=ledger&state=LATE`} className="late">{studio.overdueTasks}</Go> : 0) },
    { key: 'activity', title: t('lastActivity'), cell: (studio) => (studio.lastActivity ? dates.ago(studio.lastActivity) : <span className="muted">{t('never')}</span>) },
  ];

  return (
    <Page
      title={school.name}
      sentence={sentence}
      above={above}
      sub={school.closedOn ? t('merged', { day: dates.day(school.closedOn), into: school.mergedInto?.name ?? '–' }) : school.figures?.asOf ? t('asOf', { day: dates.day(school.figures.asOf) }) : null}
      actions={mayFoundStudios(role) && !school.closedOn ? <Button onClick={() => void navigate(keep(`/studios/new?owner=${school.id}`))}>{t('found')}</Button> : null}
    >
      <Section
        title={t('studios')}
        extra={
          (school.studios ?? []).length > 0 ? (
            <ExportRows
              title={`${school.name} ${t('studios')}`}
              head={columns.map((column) => column.title)}
              rows={school.studios ?? []}
              row={(studio) => [studio.name, studio.leadName ?? '', studio.memberCount, studio.openTasks, studio.overdueTasks, studio.lastActivity ?? '']}
            />
          ) : null
        }
      >
        <Table caption={t('studios')} columns={columns} rows={school.studios ?? []} rowKey={(studio) => studio.id} empty={<Empty title={t('noStudios')} hint={t('noStudiosHint')} />} />
      </Section>
      <Section
        title={t('classes')}
        extra={
          <>
            {vacant > 0 ? <Go to={`/classes?school=${school.id}&vacant=yes`}>{t('vacantClasses')}</Go> : null}
            <Go to={`/classes?school=${school.id}`}>{t('allClasses')}</Go>
          </>
        }
      >
        <div className="card school-classes">
          <p>{t('classesSentence', { n: data.classes?.totalCount ?? 0, vacant })}</p>
          {vacant > 0 ? (
            <ul className="row">
              {data.vacant?.nodes.map((one) => (
                <li key={one.id}>
                  <Go to={`/classes/${one.id}`} className="tag far">
                    {one.name}
                  </Go>
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </Section>
      <Section title={t('check')} extra={<FaceLegend />}>
        <SelfCheck subject={school.id} catalog={catalog} figures={school.figures?.figures} />
      </Section>
      <Section title={t('facts')} extra={<Go to={`/organisations/${school.id}`}>{t('organisation')}</Go>}>
        <Facts
          items={[
            [t('authority'), school.authority?.name ?? t('none')],
            [t('place'), school.placeName ?? t('none')],
            [t('code'), school.schoolCode ?? t('none')],
            [t('creditCode'), school.creditCode ?? t('none')],
            [t('founded'), dates.day(school.foundedOn)],
            ...(school.closedOn ? [[t('closed'), dates.day(school.closedOn)] as const] : []),
          ]}
        />
      </Section>
    </Page>
  );
}

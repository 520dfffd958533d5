import { Go } from '@/shared/address/keep.tsx';
import { useList, useWord } from '@/shared/address/list.ts';
import { usePeriod } from '@/shared/address/period.ts';
import { byMetric, leadingFace, useCatalogue } from '@/shared/figures/catalogue.ts';
import { FigureFace } from '@/shared/figures/FigureFace.tsx';
import { Bureaus, SchoolList, type OrganisationFilterInput, type OrganisationSort, type SchoolListQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { unitWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { schoolTexts } from './texts.ts';

type School = NonNullable<SchoolListQuery['organisations']>['nodes'][number];

const sorts = ['NUMBER', 'NAME', 'FOUNDED_ON'] as const satisfies readonly OrganisationSort[];

/** Which schools are there, and how does each stand? */
export function Component() {
  const t = useText(schoolTexts);
  const pick = usePick();
  const dates = useDates();
  const [period] = usePeriod();
  const [under, setUnder] = useWord('under');
  const { catalog } = useCatalogue();
  const list = useList<OrganisationSort>(sorts);
  const bureaus = useAsk(Bureaus, {}).data?.organisations?.nodes ?? [];
  const filter: OrganisationFilterInput = { kind: 'SCHOOL', search: list.get('q'), under: under || null, includeClosed: list.flag('closed') };
  const asked = useAsk(SchoolList, { filter, sort: list.sort, direction: list.direction, first: 50, after: list.place.after, period }, { keep: true });
  const page = asked.data?.organisations;
  const filtered = Boolean(filter.search ?? filter.under);

  const columns: Column<School, OrganisationSort>[] = [
    {
      key: 'name',
      title: t('name'),
      sort: 'NAME',
      cell: (school) => (
        <>
          <Go to={`/schools/${school.id}`}>{school.name}</Go> {school.closedOn ? <span className="tag">{dates.day(school.closedOn)}</span> : null}
        </>
      ),
    },
    { key: 'authority', title: t('authority'), cell: (school) => school.authority?.name ?? '' },
    { key: 'place', title: t('place'), wide: true, cell: (school) => school.placeName ?? '' },
    { key: 'code', title: t('code'), wide: true, cell: (school) => school.schoolCode ?? '' },
    { key: 'studios', title: t('studios'), number: true, cell: (school) => school.studios?.length ?? 0 },
    ...catalog.computed.map((indicator) => {
      const metric = catalog.leading(indicator);
      return {
        key: indicator.number,
        title: `${indicator.number} ${metric ? pick([metric.nameZh, metric.nameEn]) : ''}`,
        number: true,
        cell: (school: School) => (
          <Go to={`/figures/${school.id}/${metric?.id ?? ''}`}>
            <FigureFace face={leadingFace(catalog, indicator, byMetric(school.figures?.figures))} unit={metric ? pick(unitWords[metric.unit]) : ''} />
          </Go>
        ),
      };
    }),
  ];

  return (
    <Page title={t('schools')} {...(page ? { sentence: t('listSentence', { n: page.totalCount }) } : {})}>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      <DataTable
        caption={t('schools')}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(school) => school.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('search')}
        exportPath={exportPath('organisations', filter)}
        filters={
          <>
            {bureaus.length > 1 ? (
              <Choice label={t('authority')} none={t('allUnder')} value={under || null} options={bureaus.map((one) => ({ value: one.id, label: one.name }))} onChange={setUnder} />
            ) : null}
            <Choice label={t('life')} none={t('livingOnly')} value={list.get('closed')} options={[{ value: 'yes', label: t('closedToo') }]} onChange={(value) => list.set({ closed: value })} />
          </>
        }
        empty={<Empty title={t(filtered ? 'emptyFiltered' : 'emptyTitle')} hint={t(filtered ? 'emptyFilteredHint' : 'emptyHint')} />}
      />
    </Page>
  );
}

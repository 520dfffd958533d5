import { useMemo } from 'react';
import { Outlet } from 'react-router';
import { Go } from '@/shared/address/keep.tsx';
import { useWord } from '@/shared/address/list.ts';
import { usePeriod } from '@/shared/address/period.ts';
import { byMetric, useCatalogue, type Catalog } from '@/shared/figures/catalogue.ts';
import { faceOf } from '@/shared/figures/face.ts';
import { FaceLegend, FigureFace } from '@/shared/figures/FigureFace.tsx';
import { ofWhole } from '@/shared/figures/SelfCheck.tsx';
import { figureTexts } from '@/shared/figures/texts.ts';
import { BureauOverview, BureausBelow, Vacancies, type BureauOverviewQuery, type VacanciesQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { unitWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayImport } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { AskedPage, Page } from '@/shared/ui/Page.tsx';
import { Cards } from './Cards.tsx';
import { ExportButton } from './ExportButton.tsx';
import { Grid } from './Grid.tsx';
import { byIndicator, rowsOf, standsSo, type Finding } from './need.ts';
import { Sentence } from './Sentence.tsx';
import { overviewTexts } from './texts.ts';
import './overview.css';

export type OverviewData = NonNullable<BureauOverviewQuery['overview']>;
export type School = OverviewData['schools'][number];
export type VacantClasses = VacanciesQuery['classes'];

/** Who needs me this week? */
export function Component() {
  const t = useText(overviewTexts);
  const { hat } = useSession();
  const [period] = usePeriod();
  const [under] = useWord('under');
  const own = hat?.organisation.id ?? '';
  const organisation = under || own;
  const asked = useAsk(BureauOverview, { organisation, period }, { when: organisation !== '', keep: true });
  const { catalog } = useCatalogue();
  const vacancies = useAsk(Vacancies, {}, { when: organisation === own && own !== '' });

  if (organisation === '') {
    return (
      <Page title={t('title')}>
        <div className="card">
          <Empty title={t('noScope')} />
        </div>
      </Page>
    );
  }
  return (
    <>
      <AskedPage asked={asked} title={t('title')}>
        {({ overview }) =>
          overview ? (
            <View overview={overview} catalog={catalog} vacant={organisation === own ? vacancies.data?.classes : null} own={own} busy={asked.refreshing} />
          ) : (
            <Page title={t('title')}>
              <ErrorNote problem={missing()} />
            </Page>
          )
        }
      </AskedPage>
      <Outlet />
    </>
  );
}

interface ViewProps {
  readonly overview: OverviewData;
  readonly catalog: Catalog;
  readonly vacant: VacantClasses | null | undefined;
  readonly own: string;
  readonly busy: boolean;
}

function View({ overview, catalog, vacant, own, busy }: ViewProps) {
  const t = useText(overviewTexts);
  const f = useText(figureTexts);
  const pick = usePick();
  const dates = useDates();
  const { role, hat } = useSession();
  const [under, setUnder] = useWord('under');
  const [by, setBy] = useWord('by');
  const [focus, setFocus] = useWord('focus');
  const bureaus = useAsk(BureausBelow, { under: own }).data?.organisations?.nodes.filter((one) => one.id !== own) ?? [];

  const rows = useMemo(() => rowsOf(catalog, overview.schools), [catalog, overview.schools]);
  // `?focus=3.3.1:far`: the schools that a number of the sentence counts.
  const [focusNumber = '', focusKind = ''] = focus.split(':');
  const focused = catalog.indicator(focusNumber);
  const sortedBy = catalog.indicator(by);
  const shown = useMemo(() => {
    const at = focused ? catalog.indicators.indexOf(focused) : -1;
    const some = focused ? rows.filter((row) => standsSo(row.faces[at], focusKind as Finding['kind'])) : rows;
    return sortedBy ? byIndicator(catalog, some, sortedBy) : some;
  }, [catalog, focusKind, focused, rows, sortedBy]);

  if (overview.schools.length === 0) {
    return (
      <Page title={t('title')} sentence={`${overview.organisation.name}${t('colon')}${t('schools', { n: 0 })}${t('stop')}`}>
        <div className="card">
          <Empty title={t('emptyTitle')} hint={t('emptyHint')}>
            {mayImport(role) ? <Go to="/imports">{t('goImport')}</Go> : null}
          </Empty>
        </div>
      </Page>
    );
  }

  const asOf = overview.together?.asOf;
  const kindWord = focusKind === 'far' ? f('far') : focusKind === 'near' ? f('near') : f('insufficient');
  return (
    <Page
      title={overview.organisation.id === own ? (hat?.organisation.name ?? t('title')) : overview.organisation.name}
      {...(overview.organisation.id === own ? {} : { above: [{ label: hat?.organisation.name ?? '', to: '/overview?under=' }] })}
      sentence={<Sentence catalog={catalog} rows={rows} count={overview.schoolCount} vacant={vacant?.totalCount ?? 0} />}
      sub={
        <>
          {asOf ? `${t('asOf', { day: dates.day(asOf) })} · ` : ''}
          {sortedBy ? t('sortedBy', { name: `${sortedBy.number} ${pick([sortedBy.nameZh, sortedBy.nameEn])}` }) : t('sorted')}
          {sortedBy ? (
            <>
              {' '}
              <button type="button" className="link-button" onClick={() => setBy(null)}>
                {t('byNeed')}
              </button>
            </>
          ) : null}
        </>
      }
    >
      <section className="card grid-card" aria-busy={busy} aria-label={t('grid')}>
        <div className="grid-bar">
          <h2>{t('grid')}</h2>
          <FaceLegend />
          <span className="grow" />
          {bureaus.length > 0 ? (
            <Choice label={t('under')} none={t('allUnder')} value={under || null} options={bureaus.map((one) => ({ value: one.id, label: one.name }))} onChange={setUnder} />
          ) : null}
          <ExportButton catalog={catalog} rows={shown} name={overview.organisation.name} />
        </div>
        {focused ? (
          <p className="grid-note">
            {t('focused', { name: `${focused.number} ${pick([focused.nameZh, focused.nameEn])} `, kind: kindWord, n: shown.length })}{' '}
            <button type="button" className="link-button" onClick={() => setFocus(null)}>
              {t('showAll')}
            </button>
          </p>
        ) : null}
        {overview.truncated ? <p className="grid-note">{t('truncated', { all: overview.schoolCount, n: overview.schools.length })}</p> : null}
        <Grid catalog={catalog} rows={shown} sortedBy={sortedBy?.number ?? null} onSort={setBy} />
        <Together catalog={catalog} overview={overview} />
      </section>
      <Cards schools={overview.schools} vacant={vacant} />
    </Page>
  );
}

/** What the schools are together: counted facts summed, then divided. */
function Together({ catalog, overview }: { catalog: Catalog; overview: OverviewData }) {
  const t = useText(overviewTexts);
  const pick = usePick();
  const sheet = byMetric(overview.together?.figures);
  return (
    <div className="together">
      <strong>{t('together')}</strong>
      <ul className="row">
        {catalog.computed.map((indicator) => {
          const metric = catalog.leading(indicator);
          if (!metric) return null;
          const figure = sheet.get(metric.id);
          return (
            <li key={metric.id}>
              {indicator.number} {pick([metric.nameZh, metric.nameEn])} <FigureFace face={faceOf(figure, metric)} unit={pick(unitWords[metric.unit])} /> <span className="muted num">{ofWhole(figure)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

import { useList } from '@/shared/address/list.ts';
import { Standard, type Group, type StandardQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { groupWords, optionsOf, periodKindWords, unitNames, unitWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { valueText } from '@/shared/figures/face.ts';
import { Choice } from '@/shared/ui/Choice.tsx';
import { SearchField, Table, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { AskedPage, Page, Section } from '@/shared/ui/Page.tsx';
import { find, type Formula, type Indicator } from './find.ts';
import { standardTexts } from './texts.ts';
import './standard.css';

const orders = ['NUMBER'] as const;
const kinds: Readonly<Record<string, 'kindA' | 'kindM' | 'kindJ'>> = { A: 'kindA', M: 'kindM', J: 'kindJ' };

/** What does the standard ask, and how is each figure of it computed? */
export function Component() {
  const t = useText(standardTexts);
  const asked = useAsk(Standard, {}, { still: true });
  return (
    <AskedPage asked={asked} title={t('standard')}>
      {(data) => <Catalogue data={data} />}
    </AskedPage>
  );
}

function Catalogue({ data }: { data: StandardQuery }) {
  const t = useText(standardTexts);
  const pick = usePick();
  const list = useList(orders);
  const only = list.get('only');
  const found = find(data.indicators, { words: list.get('q') ?? '', group: list.get('heading'), computed: only === 'computed' ? true : only === 'missing' ? false : null });
  const rows = found.flatMap((indicator) => indicator.formulas.map((formula) => ({ indicator, formula })));
  const groups = [...new Set(found.map((one) => one.group))];
  const all = data.indicators.flatMap((one) => one.formulas);
  return (
    <Page
      title={t('standard')}
      sentence={t('sentence', { n: data.indicators.length, formulas: all.length, computed: all.filter((one) => one.computed).length })}
      sub={t('sub', { edition: data.standardEdition })}
    >
      <div className="list-tools row no-print" role="search" aria-label={t('standard')}>
        <SearchField list={list} label={t('search')} />
        <Choice label={t('heading')} none={t('headingAny')} value={list.get('heading')} options={optionsOf(groupWords, pick)} onChange={(heading) => list.set({ heading })} />
        <Choice
          label={t('only')}
          none={t('onlyAny')}
          value={only}
          options={[
            { value: 'computed', label: t('onlyComputed') },
            { value: 'missing', label: t('onlyMissing') },
          ]}
          onChange={(value) => list.set({ only: value })}
        />
        <ExportRows
          title={t('standard')}
          head={[t('indicator'), t('name'), t('requirement'), t('formula'), t('name'), t('counted'), t('unit'), t('target'), t('periods'), t('source'), t('state')]}
          rows={rows}
          row={({ indicator, formula }) => [
            indicator.number,
            pick([indicator.nameZh, indicator.nameEn]),
            pick([indicator.requirementZh, indicator.requirementEn]),
            formula.id,
            pick([formula.nameZh, formula.nameEn]),
            pick([formula.formulaZh, formula.formulaEn]),
            pick(unitNames[formula.unit]),
            formula.target ?? null,
            formula.periods.map((period) => pick(periodKindWords[period])).join(' · '),
            t(`source${formula.source}`),
            t(formula.computed ? 'computed' : 'notYet'),
          ]}
        />
      </div>
      {found.length === 0 ? (
        <div className="card">
          <Empty title={t('emptyTitle')} hint={t('emptyHint')} />
        </div>
      ) : null}
      {groups.map((group: Group) => (
        <Section key={group} title={pick(groupWords[group])}>
          {found
            .filter((one) => one.group === group)
            .map((indicator) => (
              <Asked key={indicator.number} indicator={indicator} />
            ))}
        </Section>
      ))}
    </Page>
  );
}

/** One indicator: what is asked, the terms that its text names, and its formulas. */
function Asked({ indicator }: { indicator: Indicator }) {
  const t = useText(standardTexts);
  const pick = usePick();
  const name = `${indicator.number} ${pick([indicator.nameZh, indicator.nameEn])}`;
  const columns: Column<Formula>[] = [
    {
      key: 'name',
      title: t('formula'),
      cell: (one) => (
        <>
          ({one.id.split('.').at(-1)}) {pick([one.nameZh, one.nameEn])}
        </>
      ),
    },
    { key: 'counted', title: t('counted'), cell: (one) => pick([one.formulaZh, one.formulaEn]) },
    { key: 'unit', title: t('unit'), cell: (one) => pick(unitNames[one.unit]) },
    { key: 'target', title: t('target'), cell: (one) => (typeof one.target === 'number' ? `${valueText(one.target, one.unit)}${pick(unitWords[one.unit])}` : '') },
    { key: 'source', title: t('source'), wide: true, cell: (one) => <span className="muted">{t(`source${one.source}`)}</span> },
    {
      key: 'state',
      title: t('state'),
      cell: (one) => (
        <>
          <span className={one.computed ? 'tag good' : 'tag'}>{t(one.computed ? 'computed' : 'notYet')}</span>
          {one.id === indicator.leadingMetric ? <div className="muted small">{t('leading')}</div> : null}
        </>
      ),
    },
  ];
  return (
    <article className="standard-one" aria-label={name}>
      <h3>
        {name} <span className="muted small standard-kind">{t(`subject${indicator.subject}`)} · {t(kinds[indicator.kind] ?? 'kindM')}</span>
      </h3>
      <p>{pick([indicator.requirementZh, indicator.requirementEn])}</p>
      {indicator.vocabularies.map((one) => (
        <p key={one.code} className="muted small">
          {t('terms', { name: pick([one.nameZh, one.nameEn]), terms: one.terms.map((term) => pick([term.nameZh, term.nameEn])).join(pick(['、', ', '])), open: String(one.open) })}
        </p>
      ))}
      <Table caption={name} columns={columns} rows={indicator.formulas} rowKey={(one) => one.id} empty={null} />
    </article>
  );
}

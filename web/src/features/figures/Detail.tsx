import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { usePeriod, periodText } from '@/shared/address/period.ts';
import { Trend } from '@/shared/charts/Trend.tsx';
import { faceOf, valueText } from '@/shared/figures/face.ts';
import { FigureFace, useFaceWords } from '@/shared/figures/FigureFace.tsx';
import { ofWhole } from '@/shared/figures/SelfCheck.tsx';
import { figureTexts } from '@/shared/figures/texts.ts';
import { OneFigure, type OneFigureQuery } from '@/shared/gql/documents.ts';
import { useAsk, type Asked } from '@/shared/gql/hooks.ts';
import { unitWords } from '@/shared/i18n/labels.ts';
import { useLanguage, usePick, useText } from '@/shared/i18n';
import { Facts, Section } from '@/shared/ui/Page.tsx';
import { save } from '@/shared/ui/xlsx.ts';
import { Records } from './Records.tsx';
import { subjectOf } from './subject.ts';
import { detailTexts } from './texts.ts';
import { compareLast } from './trend.ts';

export type FigureOf = NonNullable<OneFigureQuery['figure']>;

export function useFigure(subject: string, metric: string): Asked<OneFigureQuery> {
  const [period] = usePeriod();
  return useAsk(OneFigure, { ...subjectOf(subject), metric, period });
}

/** The figure in a sentence. */
export function useFigureSentence(): (figure: FigureOf) => ReactNode {
  const t = useText(detailTexts);
  const f = useText(figureTexts);
  const pick = usePick();
  return ({ metric, figure, school, studio }) => {
    const face = faceOf(figure, metric);
    const base = { who: school?.name ?? studio?.name ?? '', name: `${metric.id} ${pick([metric.nameZh, metric.nameEn])}`, b: (words: ReactNode) => <strong>{words}</strong> };
    switch (face.kind) {
      case 'value': {
        const of = ofWhole(figure ?? undefined);
        return t.rich('value', { ...base, value: `${face.text}${pick(unitWords[metric.unit])}`, of: of || 'none', standing: face.tone === 'plain' ? 'none' : f(face.tone) });
      }
      case 'not_applicable':
        return t.rich('notApplicable', base);
      case 'insufficient':
        return t.rich('insufficient', { ...base, n: face.missing });
      default:
        return t.rich('suppressed', base);
    }
  };
}

/** A figure opened: how it is computed, its way over the periods, and its records. */
export function Detail({ subject, figure: opened }: { subject: string; figure: FigureOf }) {
  const t = useText(detailTexts);
  const pick = usePick();
  const [language] = useLanguage();
  const { metric, figure, period } = opened;
  const unit = pick(unitWords[metric.unit]);
  const of = ofWhole(figure ?? undefined);
  return (
    <>
      <Facts
        items={[
          [t('period'), periodText(period, language)],
          ...(of ? [[t('counted'), of] as const] : []),
          [t('target'), typeof metric.target === 'number' && metric.moreIsBetter !== null ? `${valueText(metric.target, metric.unit)}${unit}` : t('noTarget')],
          [t('formula'), pick([metric.formulaZh, metric.formulaEn])],
          [t('asked'), <Go key="asked" to={`/standard?q=${metric.indicator}`}>{t('askedOf', { number: metric.indicator })}</Go>],
        ]}
      />
      <Section title={t('trend')}>
        <OverTime opened={opened} unit={unit} />
      </Section>
      <Section title={t('records')} extra={<span className="muted small">{t('recordsHint')}</span>}>
        <Records subject={subject} metric={metric.id} />
      </Section>
    </>
  );
}

function OverTime({ opened, unit }: { opened: FigureOf; unit: string }) {
  const t = useText(detailTexts);
  const f = useText(figureTexts);
  const words = useFaceWords();
  const { metric, trend } = opened;
  const points = useMemo(
    () => (trend ?? []).map((point) => ({ label: point.period, value: point.figure.state === 'VALUE' ? (point.figure.value ?? null) : null })),
    [trend],
  );
  const target = useMemo(
    () => (typeof metric.target === 'number' && metric.moreIsBetter !== null ? { value: metric.target, label: f('target', { value: valueText(metric.target, metric.unit) }) } : null),
    [f, metric],
  );
  const kind = opened.period.includes('.') ? t('semester') : opened.period.includes('-') ? t('schoolYear') : t('calendarYear');
  const change = compareLast(points.map((point) => point.value));
  const finding = change
    ? t(change.way, { kind, unit, from: valueText(change.from, metric.unit), to: valueText(change.to, metric.unit) })
    : t('trendNone');
  const saveData = () => {
    const rows = (trend ?? []).map(({ period, figure }) => [period, figure.state, figure.value ?? '', figure.numerator ?? '', figure.denominator ?? ''].join(','));
    save(`\uFEFFperiod,state,value,numerator,denominator\n${rows.join('\n')}\n`, 'text/csv', `${metric.id}.csv`);
  };
  return (
    <div className="card over-time">
      <p>{finding}</p>
      {points.some((point) => point.value !== null) ? <Trend finding={finding} points={points} target={target} unit={unit.trim()} share={metric.unit === 'PERCENT'} /> : null}
      <table>
        <caption className="visually-hidden">{t('trendTable')}</caption>
        <thead>
          <tr>
            {(trend ?? []).map((point) => (
              <th key={point.period} scope="col">
                {point.period}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {(trend ?? []).map((point) => (
              <td key={point.period} title={words(faceOf(point.figure, metric), unit)}>
                <FigureFace face={faceOf(point.figure, metric)} unit={unit} />
                <div className="muted small num">{ofWhole(point.figure)}</div>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <Button size="small" className="no-print" onClick={saveData}>
        {t('download')}
      </Button>
    </div>
  );
}

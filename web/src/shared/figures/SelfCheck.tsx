import { Fragment } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import type { FigurePartsFragment } from '@/shared/gql/documents.ts';
import { groupWords, unitWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { byMetric, leadingFace, type Catalog, type Indicator } from './catalogue.ts';
import { faceOf, valueText, type FigureFacts } from './face.ts';
import { FigureFace, faceClass } from './FigureFace.tsx';
import { checkTexts } from './texts.ts';
import './selfcheck.css';

/** `43 / 70`: a counted fact is shown as n of N. */
export function ofWhole(figure: FigureFacts | undefined): string {
  if (!figure || figure.state !== 'VALUE' || typeof figure.numerator !== 'number' || typeof figure.denominator !== 'number') return '';
  return `${valueText(figure.numerator, 'COUNT')} / ${valueText(figure.denominator, 'COUNT')}`;
}

interface Props {
  /** Whose figures: a school's or a studio's id. */
  readonly subject: string;
  readonly catalog: Catalog;
  readonly figures: readonly FigurePartsFragment[] | null | undefined;
}

/** 对标自查: the 32 indicators under their five headings, each with its figures, each of which opens. */
export function SelfCheck({ subject, catalog, figures }: Props) {
  const t = useText(checkTexts);
  const pick = usePick();
  const sheet = byMetric(figures);
  return (
    <div className="card selfcheck-card">
      <table className="selfcheck">
        <caption className="visually-hidden">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('indicator')}</th>
            <th scope="col">{t('figure')}</th>
            <th scope="col">{t('counted')}</th>
            <th scope="col">{t('target')}</th>
          </tr>
        </thead>
        <tbody>
          {catalog.groups.map(({ group, indicators }) => (
            <Fragment key={group}>
              <tr className="selfcheck-group">
                <th scope="rowgroup" colSpan={4}>
                  {pick(groupWords[group])}
                </th>
              </tr>
              {indicators.map((indicator) => (
                <Rows key={indicator.number} indicator={indicator} subject={subject} sheet={sheet} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rows({ indicator, subject, sheet }: { indicator: Indicator; subject: string; sheet: ReadonlyMap<string, FigurePartsFragment> }) {
  const t = useText(checkTexts);
  const pick = usePick();
  const name = `${indicator.number} ${pick([indicator.nameZh, indicator.nameEn])}`;
  if (indicator.metrics.length === 0) {
    return (
      <tr>
        <th scope="row">
          <Asked number={indicator.number}>{name}</Asked>
        </th>
        <td>
          <FigureFace face={{ kind: 'insufficient', missing: 0 }} />
        </td>
        <td className="muted" colSpan={2}>
          {t('notYet')}
        </td>
      </tr>
    );
  }
  return indicator.metrics.map((metric, index) => {
    const figure = sheet.get(metric.id);
    const unit = pick(unitWords[metric.unit]);
    return (
      <tr key={metric.id}>
        <th scope="row">
          {index === 0 ? (
            <div>
              <Asked number={indicator.number}>{name}</Asked>
            </div>
          ) : null}
          <Go to={`/figures/${subject}/${metric.id}`} className="selfcheck-metric">
            ({metric.id.split('.').at(-1)}) {pick([metric.nameZh, metric.nameEn])}
          </Go>
        </th>
        <td>
          <FigureFace face={faceOf(figure, metric)} unit={unit} />
        </td>
        <td className="num">{ofWhole(figure)}</td>
        <td className="num">{typeof metric.target === 'number' && metric.moreIsBetter !== null ? `${valueText(metric.target, metric.unit)}${unit}` : ''}</td>
      </tr>
    );
  });
}

/** An indicator's name, which leads to what the standard asks. */
function Asked({ number, children }: { number: string; children: string }) {
  return (
    <Go to={`/standard?q=${number}`} className="selfcheck-name">
      {children}
    </Go>
  );
}

/** The 32 indicators as a strip of 32 marks: a look, with its words beside it. */
export function Strip({ catalog, figures, label }: { catalog: Catalog; figures: readonly FigurePartsFragment[] | null | undefined; label: string }) {
  const sheet = byMetric(figures);
  return (
    <div className="strip" role="img" aria-label={label}>
      {catalog.indicators.map((indicator) => (
        <i key={indicator.number} className={faceClass(leadingFace(catalog, indicator, sheet))} />
      ))}
    </div>
  );
}

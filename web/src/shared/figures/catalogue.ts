import { useMemo } from 'react';
import { Catalogue, type CatalogueQuery, type FigurePartsFragment, type Group } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { faceOf, type Face } from './face.ts';

export type Indicator = CatalogueQuery['indicators'][number];
export type Metric = Indicator['metrics'][number];

/** The standard's indicators and the metrics computed so far, ready to look up. */
export interface Catalog {
  readonly indicators: readonly Indicator[];
  readonly groups: readonly { readonly group: Group; readonly indicators: readonly Indicator[] }[];
  /** Indicators whose leading figure is computed. */
  readonly computed: readonly Indicator[];
  readonly metric: (id: string) => Metric | undefined;
  readonly indicator: (number: string) => Indicator | undefined;
  /** The metric that stands for an indicator in a grid. */
  readonly leading: (indicator: Indicator) => Metric | undefined;
}

export function catalogOf(indicators: readonly Indicator[]): Catalog {
  const metrics = new Map(indicators.flatMap((one) => one.metrics.map((metric) => [metric.id, metric])));
  const byNumber = new Map(indicators.map((one) => [one.number, one]));
  const leading = (one: Indicator) => metrics.get(one.leadingMetric);
  const groups: { group: Group; indicators: Indicator[] }[] = [];
  for (const one of indicators) {
    const last = groups.at(-1);
    if (last?.group === one.group) last.indicators.push(one);
    else groups.push({ group: one.group, indicators: [one] });
  }
  return {
    indicators,
    groups,
    computed: indicators.filter((one) => leading(one) !== undefined),
    metric: (id) => metrics.get(id),
    indicator: (number) => byNumber.get(number),
    leading,
  };
}

const nothing: readonly Indicator[] = [];

/** The catalogue; it changes only with the program. */
export function useCatalogue() {
  const asked = useAsk(Catalogue, {}, { still: true });
  const indicators = asked.data?.indicators ?? nothing;
  const catalog = useMemo(() => catalogOf(indicators), [indicators]);
  return { asked, catalog };
}

/** The figures of a sheet by metric. */
export function byMetric(figures: readonly FigurePartsFragment[] | null | undefined): ReadonlyMap<string, FigurePartsFragment> {
  return new Map((figures ?? []).map((figure) => [figure.metricId, figure]));
}

/** The face that an indicator shows in a grid: its leading letter's, or "not enough evidence" where none is computed. */
export function leadingFace(catalog: Catalog, indicator: Indicator, sheet: ReadonlyMap<string, FigurePartsFragment>): Face {
  const metric = catalog.leading(indicator);
  if (!metric) return { kind: 'insufficient', missing: 0 };
  return faceOf(sheet.get(metric.id), metric);
}

/** How many indicators stand how, by their leading letters. */
export interface Standing {
  readonly met: number;
  readonly near: number;
  readonly far: number;
  readonly plain: number;
  readonly insufficient: number;
  readonly notApplicable: number;
  readonly suppressed: number;
}

export function standingOf(catalog: Catalog, sheet: ReadonlyMap<string, FigurePartsFragment>): Standing {
  const count = { met: 0, near: 0, far: 0, plain: 0, insufficient: 0, notApplicable: 0, suppressed: 0 };
  for (const indicator of catalog.indicators) {
    const face = leadingFace(catalog, indicator, sheet);
    if (face.kind === 'value') count[face.tone] += 1;
    else if (face.kind === 'not_applicable') count.notApplicable += 1;
    else count[face.kind] += 1;
  }
  return count;
}

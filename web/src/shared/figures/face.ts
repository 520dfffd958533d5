import type { MetricState, Unit } from '@/shared/gql/documents.ts';

/** What is known about a metric: its unit, its target and which way is better. */
export interface MetricFacts {
  readonly unit: Unit;
  readonly target?: number | null;
  readonly moreIsBetter?: boolean | null;
}

/** A figure as the gateway gives it. */
export interface FigureFacts {
  readonly state: MetricState;
  readonly value?: number | null;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  readonly missing: number;
}

/** How far a value is from its target: 达标, 接近, 较远; plain where a difference is information only. */
export type Tone = 'met' | 'near' | 'far' | 'plain';

/** The four faces of a figure, the value's with its tone. None looks like zero. */
export type Face =
  | { readonly kind: 'value'; readonly tone: Tone; readonly text: string; readonly value: number }
  | { readonly kind: 'not_applicable' }
  /** `missing` kinds of records; 0 where nothing of the indicator is computed yet. */
  | { readonly kind: 'insufficient'; readonly missing: number }
  | { readonly kind: 'suppressed' };

/** How far from the target still counts as near, in the metric's own unit; not at all where none is said. */
const nearWithin: Partial<Record<Unit, number>> = { PERCENT: 15, COUNT: 2, DAYS: 7, CLASS_DAYS: 5 };

/** By how much the value misses its target; 0 where it is met or nothing is asked. */
export function gap(value: number, { target, moreIsBetter }: MetricFacts): number {
  if (target === null || target === undefined || moreIsBetter === null || moreIsBetter === undefined) return 0;
  return Math.max(0, moreIsBetter ? target - value : value - target);
}

export function toneOf(value: number, metric: MetricFacts): Tone {
  if (metric.target === null || metric.target === undefined || metric.moreIsBetter === null || metric.moreIsBetter === undefined) return 'plain';
  const missed = gap(value, metric);
  if (missed === 0) return 'met';
  return missed <= (nearWithin[metric.unit] ?? 0) ? 'near' : 'far';
}

/** The number as it is read: no digits that say nothing, and never 100 for what is not whole. */
export function valueText(value: number, unit: Unit): string {
  if (unit === 'PERCENT') {
    const rounded = Math.round(value);
    if ((rounded === 100 && value < 100) || (rounded === 0 && value > 0)) return value.toFixed(1) === '100.0' ? '99.9' : value.toFixed(1) === '0.0' ? '0.1' : value.toFixed(1);
    return String(rounded);
  }
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

export function faceOf(figure: FigureFacts | null | undefined, metric: MetricFacts | null): Face {
  if (!figure) return { kind: 'insufficient', missing: 1 };
  switch (figure.state) {
    case 'NOT_APPLICABLE':
      return { kind: 'not_applicable' };
    case 'SUPPRESSED':
      return { kind: 'suppressed' };
    case 'VALUE':
      if (typeof figure.value === 'number' && metric) {
        return { kind: 'value', tone: toneOf(figure.value, metric), text: valueText(figure.value, metric.unit), value: figure.value };
      }
      return { kind: 'insufficient', missing: Math.max(1, figure.missing) };
    default:
      return { kind: 'insufficient', missing: Math.max(1, figure.missing) };
  }
}

import { leadingFace, type Catalog, type Indicator, type Metric } from '@/shared/figures/catalogue.ts';
import { gap, type Face } from '@/shared/figures/face.ts';
import type { FigurePartsFragment } from '@/shared/gql/documents.ts';

/** How much a school needs somebody, by the leading figures that are computed. */
export interface Need {
  /** Indicators far from their target. */
  readonly far: number;
  /** Computed indicators without evidence for this school. */
  readonly insufficient: number;
  readonly near: number;
  /** How far from the targets in all, each gap against its own target; breaks ties. */
  readonly distance: number;
}

export interface Row<School> {
  readonly school: School;
  /** One for each indicator, in the catalogue's order. */
  readonly faces: readonly Face[];
  readonly need: Need;
}

function distanceOf(face: Face, metric: Metric): number {
  if (face.kind !== 'value') return 0;
  const missed = gap(face.value, metric);
  const scale = metric.target ? Math.abs(metric.target) : 10;
  return Math.min(1, missed / scale);
}

export function needOf(catalog: Catalog, faces: readonly Face[]): Need {
  let [far, insufficient, near, distance] = [0, 0, 0, 0];
  catalog.indicators.forEach((indicator, index) => {
    const metric = catalog.leading(indicator);
    const face = faces[index];
    // An indicator that nobody's records reach yet says nothing about a school.
    if (!metric || !face) return;
    if (face.kind === 'insufficient') insufficient += 1;
    if (face.kind !== 'value') return;
    if (face.tone === 'far') far += 1;
    if (face.tone === 'near') near += 1;
    distance += distanceOf(face, metric);
  });
  return { far, insufficient, near, distance };
}

/** How many of the computed indicators ask for attention. */
export function needCount({ far, insufficient, near }: Need): number {
  return far + insufficient + near;
}

/** Who needs more comes first: far before missing evidence, that before near, then by distance. */
export function byNeed(a: Need, b: Need): number {
  return b.far - a.far || b.insufficient - a.insufficient || b.near - a.near || b.distance - a.distance;
}

interface SchoolLike {
  readonly name: string;
  readonly figures?: { readonly figures: readonly FigurePartsFragment[] } | null;
}

/** The grid's rows, by need. Equal need keeps the order in which the schools came. */
export function rowsOf<School extends SchoolLike>(catalog: Catalog, schools: readonly School[]): Row<School>[] {
  const rows = schools.map((school) => {
    const sheet = new Map((school.figures?.figures ?? []).map((figure) => [figure.metricId, figure]));
    const faces = catalog.indicators.map((indicator) => leadingFace(catalog, indicator, sheet));
    return { school, faces, need: needOf(catalog, faces) };
  });
  return rows.sort((a, b) => byNeed(a.need, b.need));
}

const rank = (face: Face | undefined): number => {
  if (!face) return 9;
  if (face.kind === 'value') return { far: 0, near: 2, plain: 3, met: 4 }[face.tone];
  return { insufficient: 1, suppressed: 5, not_applicable: 6 }[face.kind];
};

/** The rows by one indicator: the farthest first. */
export function byIndicator<School>(catalog: Catalog, rows: readonly Row<School>[], indicator: Indicator): Row<School>[] {
  const at = catalog.indicators.indexOf(indicator);
  const metric = catalog.leading(indicator);
  const missed = (face: Face | undefined) => (face?.kind === 'value' && metric ? gap(face.value, metric) : 0);
  return [...rows].sort((a, b) => rank(a.faces[at]) - rank(b.faces[at]) || missed(b.faces[at]) - missed(a.faces[at]));
}

/** One part of the sentence: so many schools stand so in an indicator. */
export interface Finding {
  readonly indicator: Indicator;
  readonly metric: Metric;
  readonly kind: 'far' | 'insufficient' | 'near';
  readonly schools: number;
}

/** What the sentence says of the figures: per indicator the worst that is true of any school; the largest number first. */
export function findingsOf<School>(catalog: Catalog, rows: readonly Row<School>[]): Finding[] {
  const findings: Finding[] = [];
  catalog.indicators.forEach((indicator, index) => {
    const metric = catalog.leading(indicator);
    if (!metric) return;
    const count = (kind: Finding['kind']) => rows.filter((row) => standsSo(row.faces[index], kind)).length;
    const kind = (['far', 'insufficient', 'near'] as const).find((one) => count(one) > 0);
    if (kind) findings.push({ indicator, metric, kind, schools: count(kind) });
  });
  const order = { far: 0, insufficient: 1, near: 2 };
  return findings.sort((a, b) => order[a.kind] - order[b.kind] || b.schools - a.schools);
}

export function standsSo(face: Face | undefined, kind: Finding['kind']): boolean {
  if (!face) return false;
  return kind === 'insufficient' ? face.kind === 'insufficient' : face.kind === 'value' && face.tone === kind;
}

/** After so many days without a change in its ledger a studio counts as silent. */
export const silentAfter = 60;

interface StudioLike {
  readonly foundedOn: string;
  readonly lastActivity?: string | null;
}

/** Days since a studio last did something in its ledger; since its foundation where it never did. */
export function silentDays(studio: StudioLike, now: Date): number {
  const last = Date.parse(studio.lastActivity ?? `${studio.foundedOn}T00:00:00+08:00`);
  return Math.floor((now.getTime() - last) / 86_400_000);
}

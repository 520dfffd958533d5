import { describe, expect, it } from 'vitest';
import { catalogOf, type Indicator } from '@/shared/figures/catalogue.ts';
import { byIndicator, findingsOf, needCount, rowsOf, silentDays } from './need.ts';

const metric = (id: string, over: object = {}) => ({ id, indicator: id.slice(0, 5), nameZh: id, nameEn: id, unit: 'PERCENT', target: 100, moreIsBetter: true, formulaZh: '', formulaEn: '', ...over });
const indicator = (number: string, metrics: object[] = []) =>
  ({ number, group: 'GENERAL', subject: 'SCHOOL', kind: 'A', nameZh: number, nameEn: number, leadingMetric: `${number}.a`, metrics }) as unknown as Indicator;

const catalog = catalogOf([
  indicator('1.1.1'),
  indicator('1.1.2', [metric('1.1.2.a'), metric('1.1.2.b', { unit: 'CLASS_DAYS', target: 0, moreIsBetter: false })]),
  indicator('3.3.1', [metric('3.3.1.a')]),
]);

const school = (name: string, vacancy: number | null, cleared: number | null) => {
  const figure = (metricId: string, value: number | null) => ({
    metricId,
    state: value === null ? ('INSUFFICIENT_EVIDENCE' as const) : ('VALUE' as const),
    value,
    numerator: null,
    denominator: null,
    missing: value === null ? 1 : 0,
  });
  return { name, figures: { figures: [figure('1.1.2.a', vacancy), figure('3.3.1.a', cleared)] } };
};

const schools = [school('好', 100, 100), school('近', 100, 90), school('缺', null, 100), school('远', 100, 40), school('更远', 70, 30)];
const rows = rowsOf(catalog, schools);

describe('who needs somebody', () => {
  it('comes first', () => {
    expect(rows.map((row) => row.school.name)).toEqual(['更远', '远', '缺', '近', '好']);
  });

  it('is counted by what is computed only', () => {
    expect(rows.map((row) => needCount(row.need))).toEqual([2, 1, 1, 1, 0]);
    expect(rows.at(-1)?.need).toMatchObject({ far: 0, insufficient: 0, near: 0 });
  });

  it('keeps the order of equals', () => {
    const twins = rowsOf(catalog, [school('甲', 100, 40), school('乙', 100, 40)]);
    expect(twins.map((row) => row.school.name)).toEqual(['甲', '乙']);
  });

  it('may be asked by one indicator', () => {
    const by = catalog.indicator('1.1.2') as Indicator;
    expect(byIndicator(catalog, rows, by).map((row) => row.school.name).slice(0, 2)).toEqual(['更远', '缺']);
  });
});

describe('the sentence', () => {
  it('names the worst of each indicator, the most schools first', () => {
    expect(findingsOf(catalog, rows).map((one) => [one.metric.id, one.kind, one.schools])).toEqual([
      ['3.3.1.a', 'far', 2],
      ['1.1.2.a', 'far', 1],
    ]);
    expect(findingsOf(catalog, rowsOf(catalog, [school('好', 100, 100)]))).toEqual([]);
    expect(findingsOf(catalog, rowsOf(catalog, [school('缺', null, 90)])).map((one) => one.kind)).toEqual(['insufficient', 'near']);
  });
});

it('a studio is silent since its last entry, or since it was founded', () => {
  const now = new Date('2026-05-18T12:00:00+08:00');
  expect(silentDays({ foundedOn: '2025-09-01', lastActivity: '2026-03-08T00:00:00+08:00' }, now)).toBe(71);
  expect(silentDays({ foundedOn: '2026-05-01', lastActivity: null }, now)).toBe(17);
});

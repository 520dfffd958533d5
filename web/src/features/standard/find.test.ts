import { describe, expect, it } from 'vitest';
import { find, type Formula, type Indicator } from './find.ts';

const formula = (id: string, nameZh: string, computed: boolean): Formula => ({ id, nameZh, nameEn: id, unit: 'PERCENT', target: null, periods: ['SEMESTER'], source: 'STANDARD', computed, formulaZh: '甲 ÷ 乙', formulaEn: 'a ÷ b' });
const indicators: Indicator[] = [
  {
    number: '3.3.1',
    group: 'PRACTICE',
    subject: 'STUDIO',
    kind: 'A',
    nameZh: '计划台账',
    nameEn: 'Plan and ledger',
    requirementZh: '逐项销账',
    requirementEn: 'clear item by item',
    leadingMetric: '3.3.1.a',
    formulas: [formula('3.3.1.a', '销账率', true), formula('3.3.1.d', '四环完整', false)],
    vocabularies: [{ code: 'ledger_steps', nameZh: '台账四环', nameEn: 'Four steps', open: false, terms: [{ code: 'plan', nameZh: '年初计划', nameEn: 'Plan' }] }],
  },
  { number: '5.0.1', group: 'SUPPORT', subject: 'SCHOOL', kind: 'M', nameZh: '政策', nameEn: 'Policy', requirementZh: '有保障', requirementEn: 'supported', leadingMetric: '5.0.1.a', formulas: [formula('5.0.1.a', '政策三要素', false)], vocabularies: [] },
];
const found = (words: string, more: { group?: string; computed?: boolean } = {}) => find(indicators, { words, group: more.group ?? null, computed: more.computed ?? null }).flatMap((one) => one.formulas.map(({ id }) => id));

describe('what is found in the standard', () => {
  it('everything, where nothing is sought', () => expect(found('')).toEqual(['3.3.1.a', '3.3.1.d', '5.0.1.a']));
  it('a number and a term bring the whole indicator', () => {
    expect(found('3.3.1')).toEqual(['3.3.1.a', '3.3.1.d']);
    expect(found('年初计划')).toEqual(['3.3.1.a', '3.3.1.d']);
  });
  it('a formula’s own name brings that formula', () => {
    expect(found('四环完整')).toEqual(['3.3.1.d']);
    expect(found('3.3.1.A')).toEqual(['3.3.1.a']);
  });
  it('all words must stand', () => expect(found('销账率 政策')).toEqual([]));
  it('filters narrow', () => {
    expect(found('', { group: 'SUPPORT' })).toEqual(['5.0.1.a']);
    expect(found('', { computed: true })).toEqual(['3.3.1.a']);
    expect(found('3.3.1', { computed: false })).toEqual(['3.3.1.d']);
  });
});

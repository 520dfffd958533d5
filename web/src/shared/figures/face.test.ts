import { describe, expect, it } from 'vitest';
import { faceOf, gap, toneOf, valueText } from './face.ts';

const share = { unit: 'PERCENT', target: 100, moreIsBetter: true } as const;
const days = { unit: 'DAYS', target: 0, moreIsBetter: false } as const;
const figure = (value: number | null, state = 'VALUE') => ({ state: state as 'VALUE', value, numerator: null, denominator: null, missing: 2 });

describe('a figure has four faces', () => {
  it('tells a value by its distance from the target', () => {
    expect(toneOf(100, share)).toBe('met');
    expect(toneOf(85, share)).toBe('near');
    expect(toneOf(84.9, share)).toBe('far');
    expect(toneOf(0, days)).toBe('met');
    expect(toneOf(7, days)).toBe('near');
    expect(toneOf(8, days)).toBe('far');
    expect(toneOf(3, { unit: 'COUNT', target: 5, moreIsBetter: null })).toBe('plain');
    expect(gap(61, share)).toBe(39);
    expect(gap(120, share)).toBe(0);
  });

  it('never shows what is missing as a number', () => {
    expect(faceOf(figure(0, 'NOT_APPLICABLE'), share)).toEqual({ kind: 'not_applicable' });
    expect(faceOf(figure(0, 'INSUFFICIENT_EVIDENCE'), share)).toEqual({ kind: 'insufficient', missing: 2 });
    expect(faceOf(figure(0, 'SUPPRESSED'), share)).toEqual({ kind: 'suppressed' });
    expect(faceOf(figure(null), share).kind).toBe('insufficient');
    expect(faceOf(undefined, share).kind).toBe('insufficient');
    expect(faceOf(figure(0), share)).toMatchObject({ kind: 'value', text: '0', tone: 'far' });
  });

  it('does not round a share to whole', () => {
    expect(valueText(99.7, 'PERCENT')).toBe('99.7');
    expect(valueText(99.97, 'PERCENT')).toBe('99.9');
    expect(valueText(0.02, 'PERCENT')).toBe('0.1');
    expect(valueText(100, 'PERCENT')).toBe('100');
    expect(valueText(61.4, 'PERCENT')).toBe('61');
    expect(valueText(4.5, 'DAYS')).toBe('4.5');
  });
});

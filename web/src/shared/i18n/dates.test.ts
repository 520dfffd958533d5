import { describe, expect, it } from 'vitest';
import { agoText, dayOf, daysAfter, daysBetween, dayText, momentOf, momentText, schoolYearOf, semesterOf, shortDayText, timeOf, today } from './dates.ts';

describe('dates', () => {
  it('are written as people write them', () => {
    expect(dayText('2026-09-01', 'zh')).toBe('2026年9月1日');
    expect(dayText('2026-09-01', 'en')).toBe('1 Sep 2026');
    expect(shortDayText('2026-09-01', 'zh', '2026-05-18')).toBe('9月1日');
    expect(shortDayText('2025-09-01', 'zh', '2026-05-18')).toBe('2025年9月1日');
  });

  it('are those of Shanghai', () => {
    expect(today(new Date('2026-05-17T16:00:00Z'))).toBe('2026-05-18');
    expect(momentText('2026-05-17T16:05:00Z', 'zh')).toBe('2026年5月18日 00:05');
    expect([dayOf('2026-05-17T16:05:00Z'), timeOf('2026-05-17T16:05:00Z')]).toEqual(['2026-05-18', '00:05']);
    expect(Date.parse(momentOf('2026-05-18', '00:05'))).toBe(Date.parse('2026-05-17T16:05:00Z'));
  });

  it('count days over months and years', () => {
    expect(daysAfter('2025-12-31', 1)).toBe('2026-01-01');
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2026-05-18', '2026-05-09')).toBe(-9);
  });

  it('say how long ago only within seven days', () => {
    const now = new Date('2026-05-18T04:00:00Z');
    expect(agoText('2026-05-18T03:58:00Z', 'zh', now)).toBe('2 分钟前');
    expect(agoText('2026-05-16T03:00:00Z', 'zh', now)).toBe('2 天前');
    expect(agoText('2026-05-11T03:00:00Z', 'zh', now)).toBe('2026年5月11日');
    expect(agoText('2026-05-19T03:00:00Z', 'en', now)).toBe('19 May 2026');
  });

  it('belong to school years and semesters', () => {
    expect([schoolYearOf('2026-08-31'), schoolYearOf('2026-09-01')]).toEqual([2025, 2026]);
    expect(['2025-09-01', '2026-01-31', '2026-02-01', '2026-08-15'].map(semesterOf)).toEqual(['2025-2026.1', '2025-2026.1', '2025-2026.2', '2025-2026.2']);
  });
});

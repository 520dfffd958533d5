import { describe, expect, it } from 'vitest';
import { firstPlace, nextPlace, previousPlace, readPlace, writePlace } from './cursors.ts';
import { withKept } from './keep.tsx';
import { isPeriod, periodsAround, periodText, schoolYearOfPeriod } from './period.ts';

describe('pages by previous and next', () => {
  it('go forth and back', () => {
    const second = nextPlace(firstPlace, 'a');
    const third = nextPlace(second, 'b');
    expect([second.page, third.page, third.after, third.before]).toEqual([2, 3, 'b', ['a']]);
    expect(previousPlace(third)).toEqual(second);
    expect(previousPlace(second)).toEqual(firstPlace);
  });

  it('lead from a sent link to the first page, whose way back nobody knows', () => {
    const place = readPlace(new URLSearchParams('after=z&page=7'), null);
    expect(place).toEqual({ after: 'z', page: 7, before: [] });
    expect(previousPlace(place)).toEqual(firstPlace);
  });

  it('keep the filters in the address', () => {
    const search = writePlace(new URLSearchParams('q=李&after=a&page=2'), nextPlace({ after: 'a', page: 2, before: [] }, 'b'));
    expect(search.toString()).toBe(new URLSearchParams({ q: '李', after: 'b', page: '3' }).toString());
    expect(writePlace(search, firstPlace).toString()).toBe(new URLSearchParams({ q: '李' }).toString());
    expect(readPlace(new URLSearchParams('after=a&page=x'), { before: [1, 'k'] })).toEqual({ after: 'a', page: 2, before: ['k'] });
  });
});

describe('a link', () => {
  it('keeps the period and the place, unless it says another', () => {
    const now = new URLSearchParams('period=2025&under=organisation_1&q=x');
    expect(withKept('/tasks', now)).toBe('/tasks?period=2025&under=organisation_1');
    expect(withKept('/tasks?period=2024&state=LATE', now)).toBe('/tasks?period=2024&state=LATE&under=organisation_1');
    expect(withKept('/tasks', new URLSearchParams())).toBe('/tasks');
    expect(withKept('/overview?under=', now)).toBe('/overview?period=2025');
  });
});

describe('a period', () => {
  it('is told from other texts', () => {
    expect(['2025', '2025-2026', '2025-2026.2'].every(isPeriod)).toBe(true);
    expect(['', '25', '2025-2027', '2025-2026.3', '2025.1'].some(isPeriod)).toBe(false);
  });

  it('has its name in both languages', () => {
    expect(periodText('2025-2026.2', 'zh')).toBe('2025–2026 学年第二学期');
    expect(periodText('2025-2026', 'en')).toBe('School year 2025–2026');
    expect(periodText('2025', 'zh')).toBe('2025 年');
    expect(schoolYearOfPeriod('2025-2026.2')).toBe(2025);
  });

  it('is offered once it has begun', () => {
    expect(periodsAround('2026-05-18').slice(0, 3)).toEqual(['2025-2026.2', '2025-2026.1', '2024-2025.2']);
    expect(periodsAround('2025-10-01')[0]).toBe('2025-2026.1');
    expect(periodsAround('2026-08-20')[0]).toBe('2025-2026.2');
  });
});

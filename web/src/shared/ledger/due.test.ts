import { describe, expect, it } from 'vitest';
import { dueOf, laneOf, shareAfter } from './due.ts';

const line = (dueOn: string, state: 'OPEN' | 'CLOSED' = 'OPEN', overdueDays = 0) => ({ dueOn, state, closedOn: null, overdueDays });

describe('a ledger line and its due date', () => {
  it('is late only the day after', () => {
    expect(dueOf(line('2026-05-18'), '2026-05-18')).toEqual({ kind: 'today' });
    expect(dueOf(line('2026-05-17'), '2026-05-18')).toEqual({ kind: 'late', days: 1 });
    expect(dueOf(line('2026-05-19'), '2026-05-18')).toEqual({ kind: 'tomorrow' });
    expect(dueOf(line('2026-06-19'), '2026-05-18')).toEqual({ kind: 'later' });
    expect(dueOf(line('2026-05-01', 'CLOSED', 3), '2026-05-18')).toEqual({ kind: 'closed', late: 3 });
  });

  it('has its place on the board', () => {
    expect(laneOf(line('2026-05-17'), '2026-05-18')).toBe('late');
    expect(laneOf(line('2026-05-25'), '2026-05-18')).toBe('week');
    expect(laneOf(line('2026-05-26'), '2026-05-18')).toBe('later');
    expect(laneOf(line('2026-05-01', 'CLOSED'), '2026-05-18')).toBe('closed');
  });

  it('says what closing would bring', () => {
    expect(shareAfter(43, 70, 10)).toBeCloseTo(75.7, 1);
    expect(shareAfter(43, 44, 10)).toBe(100);
    expect(shareAfter(0, 0, 3)).toBeNull();
    expect(shareAfter(null, 4, 3)).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { filterOf, mayBeRecorded, standingOf } from './standing.ts';

const day = '2026-05-18';
const at = (startsAt: string, state: 'PLANNED' | 'HELD' | 'CANCELLED' = 'PLANNED') => standingOf({ startsAt, state }, day);

it('a planned session is due the day after, by the days of Shanghai', () => {
  expect(at('2026-05-18T16:00:00Z')).toBe('ahead');
  expect(at('2026-05-17T16:00:00Z')).toBe('today');
  expect(at('2026-05-17T15:59:00Z')).toBe('due');
  expect([at('2026-05-01T01:00:00Z', 'HELD'), at('2026-06-01T01:00:00Z', 'CANCELLED')]).toEqual(['held', 'cancelled']);
  expect((['ahead', 'today', 'due', 'held', 'cancelled'] as const).map(mayBeRecorded)).toEqual([false, true, true, true, false]);
});

it('what is to be recorded ended yesterday at the latest', () => {
  expect(filterOf('DUE', null, null, day)).toEqual({ state: 'PLANNED', from: null, to: '2026-05-17' });
  expect(filterOf('DUE', '2026-05-01', '2026-05-10', day)).toEqual({ state: 'PLANNED', from: '2026-05-01', to: '2026-05-10' });
  expect(filterOf('DUE', null, '2026-06-01', day).to).toBe('2026-05-17');
  expect(filterOf('HELD', null, '2026-06-01', day)).toEqual({ state: 'HELD', from: null, to: '2026-06-01' });
});

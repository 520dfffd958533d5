import { expect, it } from 'vitest';
import { subjectOf } from './subject.ts';
import { compareLast } from './trend.ts';

it('compares only a period with the one just before', () => {
  expect(compareLast([70, 61])).toEqual({ way: 'trendDown', from: 70, to: 61 });
  expect(compareLast([61, 61])?.way).toBe('trendSame');
  expect(compareLast([null, 0, 5])?.way).toBe('trendUp');
  expect(compareLast([70, null])).toBeNull();
  expect(compareLast([70, null, 61])).toBeNull();
  expect(compareLast([])).toBeNull();
});

it('knows a school from a studio by the id', () => {
  expect(subjectOf('studio_1')).toEqual({ school: null, studio: 'studio_1' });
  expect(subjectOf('organisation_1')).toEqual({ school: 'organisation_1', studio: null });
});

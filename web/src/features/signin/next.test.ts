import { expect, it } from 'vitest';
import { safeNext } from './next.ts';

it('goes only to a path of the console', () => {
  expect(safeNext('/tasks?state=LATE')).toBe('/tasks?state=LATE');
  for (const bad of [null, '', 'https://example.org', '//example.org', '/\\example.org', '/signin?next=/signin']) expect(safeNext(bad)).toBe('/');
});

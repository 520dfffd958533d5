import { expect, it } from 'vitest';
import { typesTouchedBy } from './live.ts';

it('a change makes old what shows it, and everything where its kind is not known', () => {
  expect(typesTouchedBy(['task'])).toContain('Task');
  expect(typesTouchedBy(['figure', 'task'])).toEqual(expect.arrayContaining(['SubjectFigures', 'Task']));
  expect(typesTouchedBy(['task', 'all'])).toBeUndefined();
});

import { expect, test } from 'vitest';
import { classesOf, passwordRules } from './password.ts';

test('three of four classes, twelve characters', () => {
  expect(passwordRules('Abcdefgh1234')).toEqual({ length: true, classes: true });
  expect(passwordRules('abcdefgh1234')).toEqual({ length: true, classes: false });
  expect(passwordRules('Ab1!')).toEqual({ length: false, classes: true });
  expect(passwordRules('')).toEqual({ length: false, classes: false });
});

test('characters are counted, not code units; Chinese characters are signs', () => {
  expect(passwordRules('😀'.repeat(11)).length).toBe(false);
  expect(classesOf('班a1')).toBe(3);
});

import { expect, it } from 'vitest';
import { moveIn } from './move.ts';

it('stays within the grid', () => {
  const move = (row: number, column: number, key: string, ctrl = false) => moveIn({ row, column }, key, ctrl, 35, 31);
  expect(move(0, 0, 'ArrowUp')).toEqual({ row: 0, column: 0 });
  expect(move(0, 0, 'ArrowDown')).toEqual({ row: 1, column: 0 });
  expect(move(35, 31, 'ArrowRight')).toEqual({ row: 35, column: 31 });
  expect(move(30, 4, 'PageDown')).toEqual({ row: 35, column: 4 });
  expect(move(30, 4, 'Home')).toEqual({ row: 30, column: 0 });
  expect(move(30, 4, 'End', true)).toEqual({ row: 35, column: 31 });
  expect(move(1, 1, 'a')).toBeNull();
});

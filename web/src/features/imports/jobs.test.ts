import { expect, test } from 'vitest';
import { fileFault, isOver, kindOf, percentOf, serviceOf, sizeText } from './jobs.ts';

test('a kind knows its service', () => {
  expect(serviceOf('people')).toBe('TENANCY');
  expect(serviceOf('plan_items')).toBe('STUDIOS');
  expect(kindOf('secrets')).toBeNull();
});

test('progress stays within its bounds and is unknown until the rows are counted', () => {
  expect(percentOf({ state: 'QUEUED', rows: 10, rowsDone: 0 })).toBeNull();
  expect(percentOf({ state: 'RUNNING', rows: 0, rowsDone: 0 })).toBeNull();
  expect(percentOf({ state: 'RUNNING', rows: 3, rowsDone: 2 })).toBe(66);
  expect(percentOf({ state: 'RUNNING', rows: 3, rowsDone: 9 })).toBe(100);
  expect(isOver({ state: 'FAULTY' })).toBe(true);
  expect(isOver({ state: 'RUNNING' })).toBe(false);
});

test('a file that cannot be taken is found out before it is sent', () => {
  expect(fileFault({ name: '人员.XLSX', size: 10 })).toBeNull();
  expect(fileFault({ name: '人员.xls', size: 10 })).toBe('notXlsx');
  expect(fileFault({ name: '人员.xlsx', size: 0 })).toBe('emptyFile');
  expect(fileFault({ name: '人员.xlsx', size: 21 * 1024 * 1024 })).toBe('tooLarge');
  expect(sizeText(10)).toBe('1 KB');
  expect(sizeText(4.2 * 1024 * 1024)).toBe('4.2 MB');
});

import { expect, it } from 'vitest';
import { crc32, letters, workbook } from './xlsx.ts';

it('names columns', () => {
  expect([0, 25, 26, 33, 701, 702].map(letters)).toEqual(['A', 'Z', 'AA', 'AH', 'ZZ', 'AAA']);
});

it('has the checksum of the standard', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

it('writes texts as texts, numbers as numbers', () => {
  const text = new TextDecoder().decode(workbook('总览', [['学校', '3.3.1'], ['青禾 <县> & =1+1', 61]]));
  expect(text).toContain('青禾 &lt;县&gt; &amp; =1+1');
  expect(text).toContain('<c r="B2"><v>61</v></c>');
  expect(text.startsWith('PK')).toBe(true);
});

import { expect, it } from 'vitest';
import { inflateRawSync } from 'node:zlib';
import { workbook } from './xlsx.ts';

/** The texts of a zip's files, each found by its local header. */
function unzipped(bytes: Buffer): string {
  const texts: string[] = [];
  for (let at = bytes.indexOf('PK\u0003\u0004'); at >= 0; at = bytes.indexOf('PK\u0003\u0004', at + 4)) {
    const data = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const packed = bytes.readUInt16LE(at + 8) === 8;
    texts.push((packed ? inflateRawSync(bytes.subarray(data)) : bytes.subarray(data, data + bytes.readUInt32LE(at + 18))).toString());
  }
  return texts.join('\n');
}

it('writes texts as texts and numbers as numbers', async () => {
  const blob = await workbook('总览', [['学校', '3.3.1'], ['青禾 <县> & =1+1\u0001', 61]]);
  const text = unzipped(Buffer.from(await blob.arrayBuffer()));
  expect(text).toContain('青禾 &lt;县&gt; &amp; =1+1<');
  expect(text).toContain('<v>61</v>');
  expect(text).not.toContain('<f>');
});

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** A column's letter; no sheet here has more than 26. */
const letter = (column: number) => String.fromCharCode(65 + column);
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const plain = (xml: string) => xml.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

function part(files: Record<string, Uint8Array>, name: string): string {
  const file = files[name];
  if (!file) throw new Error(`${name} is missing: no workbook`);
  return strFromU8(file);
}

/** The first sheet of a workbook, its rows as texts. */
export function rowsOf(workbook: Uint8Array): string[][] {
  const files = unzipSync(workbook);
  const shared = files['xl/sharedStrings.xml'] ? [...part(files, 'xl/sharedStrings.xml').matchAll(/<si>([^]*?)<\/si>/g)].map(([, one = '']) => textOf(one)) : [];
  return [...part(files, 'xl/worksheets/sheet1.xml').matchAll(/<row [^>]*?(?:\/>|>([^]*?)<\/row>)/g)].map(([, cells = '']) => {
    const row: string[] = [];
    for (const [, attributes = '', inner = ''] of cells.matchAll(/<c ([^>]*?)(?:\/>|>([^]*?)<\/c>)/g)) {
      const column = (/r="([A-Z])/.exec(attributes)?.[1]?.charCodeAt(0) ?? 65) - 65;
      const value = /<v>([^<]*)<\/v>/.exec(inner)?.[1];
      row[column] = /t="s"/.test(attributes) ? (shared[Number(value)] ?? '') : value === undefined ? textOf(inner) : plain(value);
    }
    return Array.from(row, (one) => one ?? '');
  });
}

const textOf = (xml: string) => [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text)).join('');

/** The downloaded template with rows below its headings, as somebody fills it. */
export function filled(template: Uint8Array, rows: readonly (readonly string[])[]): Buffer {
  const files = unzipSync(template);
  const cells = (row: readonly string[], at: number) => row.map((text, column) => (text ? `<c r="${letter(column)}${at}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>` : '')).join('');
  const more = rows.map((row, index) => `<row r="${index + 2}">${cells(row, index + 2)}</row>`).join('');
  files['xl/worksheets/sheet1.xml'] = strToU8(part(files, 'xl/worksheets/sheet1.xml').replace('</sheetData>', `${more}</sheetData>`));
  return Buffer.from(zipSync(files));
}

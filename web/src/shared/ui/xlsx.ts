/* An .xlsx of what a page has put together itself and no service exports: one sheet of texts and numbers with a bold head. */

export type Cell = string | number | null;

/** The characters that XML, and with it a sheet, cannot hold. */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** A workbook with one sheet; the first row is its head. The writer is loaded when somebody exports. */
export async function workbook(sheet: string, rows: readonly (readonly Cell[])[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  const cell = (value: Cell, head: boolean) => {
    const bold = head ? { fontWeight: 'bold' as const } : {};
    if (value === null || value === '') return null;
    return typeof value === 'number' ? { value, type: Number, ...bold } : { value: value.replace(control, ''), type: String, ...bold };
  };
  const cells = rows.map((row, index) => row.map((value) => cell(value, index === 0)));
  const name = sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
  const columns = (rows[0] ?? []).map((_, index) => ({ width: index === 0 ? 28 : 14 }));
  return write(cells, { sheet: name, columns, stickyRowsCount: 1, stickyColumnsCount: 1 }).toBlob();
}

/** Saves bytes under a name. */
export function save(bytes: BlobPart, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell of the grid; row 0 is the head. Null for a key that does not move. */
export function moveIn({ row, column }: Place, key: string, ctrl: boolean, lastRow: number, lastColumn: number): Place | null {
  const clamp = (value: number, last: number) => Math.max(0, Math.min(last, value));
  switch (key) {
    case 'ArrowRight':
      return { row, column: clamp(column + 1, lastColumn) };
    case 'ArrowLeft':
      return { row, column: clamp(column - 1, lastColumn) };
    case 'ArrowDown':
      return { row: clamp(row + 1, lastRow), column };
    case 'ArrowUp':
      return { row: clamp(row - 1, lastRow), column };
    case 'PageDown':
      return { row: clamp(row + 10, lastRow), column };
    case 'PageUp':
      return { row: clamp(row - 10, lastRow), column };
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? lastRow : row, column: lastColumn };
    default:
      return null;
  }
}

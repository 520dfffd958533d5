/** How the last value stands to the last one before it; null where there are no two. */
export function compareLast(values: readonly (number | null)[]): { readonly way: 'trendUp' | 'trendDown' | 'trendSame'; readonly from: number; readonly to: number } | null {
  const to = values.at(-1);
  const from = values.at(-2);
  if (typeof to !== 'number' || typeof from !== 'number') return null;
  return { way: to > from ? 'trendUp' : to < from ? 'trendDown' : 'trendSame', from, to };
}

/** Where a reader stands in a list: the cursor of this page, and those of the pages before it (the first has none). */
export interface Place {
  readonly after: string | null;
  readonly page: number;
  /** Cursors of the earlier pages, first page left out; kept beside the address, since a link needs only its own page. */
  readonly before: readonly string[];
}

export const firstPlace: Place = { after: null, page: 1, before: [] };

/** The page after this one. */
export function nextPlace(place: Place, end: string): Place {
  return {
    after: end,
    page: place.page + 1,
    before: place.after === null ? place.before : [...place.before, place.after],
  };
}

/** The page before this one; the first page where the way back is not known (an address that a colleague sent). */
export function previousPlace(place: Place): Place {
  const last = place.before.at(-1);
  if (last === undefined || place.page <= 2) return firstPlace;
  return { after: last, page: place.page - 1, before: place.before.slice(0, -1) };
}

/** Whether `previous` leads to the page just before, and not to the first. */
export function knowsWayBack(place: Place): boolean {
  return place.page === 2 || place.before.length === place.page - 2;
}

export function readPlace(search: URLSearchParams, state: unknown): Place {
  const after = search.get('after');
  if (after === null) return firstPlace;
  const page = Math.max(2, Number(search.get('page')) || 2);
  const before = (state as { before?: unknown } | null)?.before;
  return { after, page, before: Array.isArray(before) ? before.filter((one) => typeof one === 'string') : [] };
}

export function writePlace(search: URLSearchParams, place: Place): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('after');
  next.delete('page');
  if (place.after !== null) {
    next.set('after', place.after);
    next.set('page', String(place.page));
  }
  return next;
}

import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { nextPlace, previousPlace, readPlace, writePlace, type Place } from './cursors.ts';

export type Direction = 'ASCENDING' | 'DESCENDING';

/** A list whose filters, sorting and page are in the address. */
export interface ListAddress<Sort extends string> {
  readonly sort: Sort;
  readonly direction: Direction;
  readonly place: Place;
  /** A filter's word; null where it is not set. */
  readonly get: (name: string) => string | null;
  readonly flag: (name: string) => boolean | null;
  /** Sets filters (null takes one away) and goes back to the first page. */
  readonly set: (changes: Record<string, string | null>) => void;
  /** Sorts by this; a second time the other way. */
  readonly sortBy: (sort: Sort, first?: Direction) => void;
  readonly next: (end: string) => void;
  readonly previous: () => void;
}

/** `name` keeps two lists of one page apart in the address. */
export function useList<Sort extends string>(sorts: readonly Sort[], start: Direction = 'ASCENDING', name = ''): ListAddress<Sort> {
  const [search, setSearch] = useSearchParams();
  const { state } = useLocation();
  const key = useCallback((word: string) => (name ? `${name}.${word}` : word), [name]);

  return useMemo(() => {
    const asked = search.get(key('sort')) as Sort | null;
    const sort = asked !== null && sorts.includes(asked) ? asked : (sorts[0] as Sort);
    const way = search.get(key('way'));
    const direction: Direction = way === 'down' ? 'DESCENDING' : way === 'up' ? 'ASCENDING' : start;
    const place = readPlace(search, state);
    const go = (to: Place) => setSearch(writePlace(search, to), { state: { before: to.before }, preventScrollReset: true });
    const change = (changes: Record<string, string | null>) => {
      const next = new URLSearchParams(search);
      for (const word of ['after', 'page']) next.delete(word);
      for (const [word, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(key(word));
        else next.set(key(word), value);
      }
      setSearch(next, { replace: true, preventScrollReset: true });
    };
    return {
      sort,
      direction,
      place,
      get: (word) => search.get(key(word)),
      flag: (word) => (search.get(key(word)) === 'yes' ? true : null),
      set: change,
      sortBy: (by, first = 'ASCENDING') => {
        const down = by === sort ? direction === 'ASCENDING' : first === 'DESCENDING';
        change({ sort: by, way: down ? 'down' : 'up' });
      },
      next: (end) => go(nextPlace(place, end)),
      previous: () => go(previousPlace(place)),
    };
  }, [key, search, setSearch, sorts, start, state]);
}

/** One word of the address. */
export function useWord(name: string, otherwise = ''): [string, (value: string | null) => void] {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (value: string | null) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [name, setSearch],
  );
  return [search.get(name) ?? otherwise, set];
}

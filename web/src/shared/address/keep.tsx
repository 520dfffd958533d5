import { forwardRef, useCallback } from 'react';
import { Link, useSearchParams, type LinkProps } from 'react-router';

/** What stays in the address from page to page: the period, and the bureau under which one looks. */
const kept = ['period', 'under'] as const;

/** Adds what stays to a path; what the path says itself wins. */
export function withKept(to: string, current: URLSearchParams): string {
  const [path = '', query = ''] = to.split('?');
  const [search = '', hash] = query.split('#');
  const next = new URLSearchParams(search);
  for (const name of kept) {
    const value = current.get(name);
    if (value !== null && !next.has(name)) next.set(name, value);
    // An empty word takes it away.
    if (next.get(name) === '') next.delete(name);
  }
  const text = next.toString();
  return `${path}${text ? `?${text}` : ''}${hash ? `#${hash}` : ''}`;
}

export function useKept(): (to: string) => string {
  const [search] = useSearchParams();
  return useCallback((to: string) => withKept(to, search), [search]);
}

/** A link that keeps the period. */
export const Go = forwardRef<HTMLAnchorElement, Omit<LinkProps, 'to'> & { to: string }>(function Go({ to, ...rest }, ref) {
  const keep = useKept();
  return <Link ref={ref} to={keep(to)} {...rest} />;
});

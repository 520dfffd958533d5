import { readFileSync } from 'node:fs';
import type { RouteObject } from 'react-router';

const features = import.meta.glob<Record<string, RouteObject | RouteObject[]>>('../../src/features/*/routes.ts', { eager: true });

/** Every route of the console, as the features declare them, with what app itself adds; `routes.tsx` needs a window. */
export function everyRoute(): string[] {
  const app = readFileSync(new URL('../../src/app/routes.tsx', import.meta.url), 'utf8');
  const own = [...app.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path ?? '');
  if (/\bindex: true/.test(app)) own.push('');
  const declared = Object.values(features).flatMap((module) => Object.entries(module)).flatMap(([name, routes]) => [routes].flat().map(({ path = '' }) => (name === 'panel' ? `overview/${path}` : path)));
  return [...new Set([...own, ...declared])].map((path) => `/${path}`).sort();
}

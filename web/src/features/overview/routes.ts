import type { RouteObject } from 'react-router';

export const overview = { path: 'overview', lazy: () => import('./Overview.tsx') } satisfies RouteObject;

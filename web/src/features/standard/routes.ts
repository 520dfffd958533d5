import type { RouteObject } from 'react-router';

/** What the standard asks, and how each figure is computed. */
export const routes: RouteObject[] = [{ path: 'standard', lazy: () => import('./StandardPage.tsx') }];

import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [{ path: 'today', lazy: () => import('./Today.tsx') }];

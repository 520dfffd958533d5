import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'sessions', lazy: () => import('./SessionList.tsx') },
  { path: 'sessions/:id', lazy: () => import('./SessionPage.tsx') },
  { path: 'studios/:studio/sessions/new', lazy: () => import('./NewSession.tsx') },
];

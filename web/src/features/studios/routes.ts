import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'studios', lazy: () => import('./StudioList.tsx') },
  { path: 'studios/new', lazy: () => import('./NewStudio.tsx') },
  { path: 'studios/:id', lazy: () => import('./StudioPage.tsx') },
];

import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'classes', lazy: () => import('./ClassList.tsx') },
  { path: 'classes/new', lazy: () => import('./AddPage.tsx') },
  { path: 'classes/:id', lazy: () => import('./ClassPage.tsx') },
];

import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'schools', lazy: () => import('./SchoolList.tsx') },
  { path: 'schools/:id', lazy: () => import('./SchoolPage.tsx') },
];

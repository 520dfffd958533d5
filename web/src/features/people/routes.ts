import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'people', lazy: () => import('./PeopleList.tsx') },
  { path: 'people/new', lazy: () => import('./AddPage.tsx') },
  { path: 'people/:id', lazy: () => import('./PersonPage.tsx') },
];

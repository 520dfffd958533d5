import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'organisations', lazy: () => import('./Organisations.tsx') },
  { path: 'organisations/new', lazy: () => import('./FoundPage.tsx') },
  { path: 'organisations/:id', lazy: () => import('./OrganisationPage.tsx') },
];
